import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram, start } from './program.ts'

const torture = resolve(fileURLToPath(import.meta.url), '../../../scripts/torture.ts')

let folder = ''
let built: Awaited<ReturnType<typeof buildProgram>>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tupu-sim-torture-'))
  built = await buildProgram()
})
afterAll(() => {
  built.remove()
  rmSync(folder, { recursive: true, force: true })
})

const play = (...args: string[]) =>
  start([torture, '--quick', '--main', built.main, ...args], {
    cwd: folder,
    env: { TMPDIR: tmpdir() },
  }).ended

const everywhere = [
  { name: 'kill', promise: 'keeps what it answered when it is killed under load' },
  { name: 'disk', promise: 'goes on when its disk is full, and when there is room again' },
  { name: 'fuzz', promise: 'answers hostile values as documented' },
  { name: 'soak', promise: 'serves phones, waits, slow readers and new worlds at once' },
]
const replicas = {
  name: 'postgres',
  promise: 'makes one message of what two replicas are told, whoever is killed',
}

/** A few seconds of `npm run torture`, each with chance of its own: a failure names its seed. */
describe('the built program', () => {
  const isWhole = process.env['TEST_DATABASES'] === 'all'

  it.each(isWhole ? [...everywhere, replicas] : everywhere)(
    '$promise',
    async ({ name }) => {
      const { code, stdout, stderr } = await play('--only', name)
      expect(stdout + stderr).toContain('every promise was kept')
      expect(code).toBe(0)
      expect(stdout).toMatch(new RegExp(`^${name}: \\S.* \\S+$`, 'mu'))
    },
    120_000,
  )

  it('is tortured by stages that exist', async () => {
    const { code, stderr } = await play('--only', 'water')
    expect(stderr).toContain('no stage water')
    expect(code).toBe(1)
  })
})
