import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type CoverageReport, mergeReports, reportOf } from '../../src/core/coverage-report.ts'
import { folderWith, runHere } from './in-process.ts'

const report = (...hits: number[]): CoverageReport =>
  reportOf(hits.map((n, i) => ({ outcome: `tupu.${100_011 + i}`, hits: n, advice: 'Fall back.' })))

/** Runs the command on these answers, each in a file of its own. */
function cover(answers: readonly unknown[], flags: readonly string[] = []) {
  const names = answers.map((_, i) => `${i}.json`)
  const texts = answers.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
  const folder = folderWith(Object.fromEntries(names.map((name, i) => [name, texts[i] ?? ''])))
  return runHere(['coverage', ...names.map((name) => join(folder, name)), ...flags])
}

describe('tupu-sim coverage', () => {
  it('adds up what several runs have met', async () => {
    const { code, stdout, stderr } = await cover([report(12, 0, 0), report(1, 3, 0)])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(
      [
        '2 of 3 outcomes met (66 %)',
        '',
        '✓ tupu.100011  13  Fall back.',
        '✓ tupu.100012   3  Fall back.',
        '  tupu.100013   -  Fall back.',
        '',
      ].join('\n'),
    )
  })

  it.each([
    { flags: ['--min', '66'], code: 0 },
    { flags: ['--min=66.6'], code: 0 },
    { flags: ['--min', '67'], code: 1 },
    { flags: ['--min', '100'], code: 1 },
  ])('ends with $code at $flags when two of three were met', async ({ flags, code }) => {
    const ended = await cover([report(1, 0, 0), report(0, 1, 0)], flags)
    expect(ended.code).toBe(code)
    const few = `tupu-sim: 66 % of the outcomes were met, not ${flags.at(-1)} %\n`
    expect(ended.stderr).toBe(code === 0 ? '' : few)
  })

  it('shows no sign of a file that moves or turns anything on the terminal', async () => {
    const hostile = '\u001b[2J\u202e\u009b'
    const { stdout } = await cover([reportOf([{ outcome: 'a.b', hits: 1, advice: hostile }])])
    expect(stdout).toContain('\\u001b[2J\\u202e\\u009b')
    const { stderr } = await cover([report(1)], [`--${hostile}=1`])
    expect(stderr).toContain('\\u202e')
    expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u)
  })

  it('knows an outcome that only a later version has', () => {
    expect(mergeReports([report(1), report(0, 2)])).toMatchObject({ met: 2, of: 2, percent: 100 })
  })

  it.each([
    { args: ['coverage'], says: /nothing to add up\. Name answers/ },
    { args: ['coverage', 'no-such.json'], says: /no-such\.json cannot be read: ENOENT/ },
    { args: ['coverage', '--min', '101', 'a.json'], says: /Flag --min is "101"\. Give a percent/ },
    {
      args: ['coverage', 'a.json', '--mim', '1'],
      says: /Flag --mim is unknown\. Did you mean --min/,
    },
  ])('says what is wrong with $args', async ({ args, says }) => {
    const { code, stderr } = await runHere(args)
    expect(code).toBe(1)
    expect(stderr).toMatch(says)
  })

  it.each(['', '{', '{}', '{"met":1}'])('takes no %j for an answer', async (text) => {
    const { code, stderr } = await cover([text])
    expect(code).toBe(1)
    expect(stderr).toMatch(/0\.json is no answer of coverage\.get\. Keep the answer of GET/)
  })
})
