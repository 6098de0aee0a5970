import { describe, expect, it } from 'vitest'
import { languages } from '../../src/control/explain/endpoints.ts'
import { sentenceOf } from '../../src/control/explain/sentence.ts'
import { rulesInSource } from '../rules.ts'

/** Whatever a sentence may say of a row, of an answer, or of what was found and expected. */
const names =
  'eid state who path per fault name hit message ended_at replaced_at expires_at missing kind kinds verified world profile nearest errcode errmsg'
const facts = Object.fromEntries(names.split(' ').map((name) => [name, 'a-fact']))
const common = { row: facts, answer: facts, nearest: [{ method: 'POST', path: '/a-fact' }] }
const steps = [
  { ...common, actual: 'a-fact', expected: 'another-fact' },
  { ...common, actual: facts, expected: facts },
]

const rules = rulesInSource().map((rule) => rule.replace('{field}', 'nickname'))
const values = { code: 43004, text: 'require subscribe' }

/** What is wrong with a sentence: it ends nowhere, says nothing of what was found, or is in the other language. */
function isOdd(sentence: string, lang: 'en' | 'zh'): boolean {
  const isWhole =
    sentence.endsWith(lang === 'en' ? '.' : '。') && !/[{}[\]]|undefined/.test(sentence)
  const isChinese = /[\u4e00-\u9fff]{4}/u.test(sentence)
  const { nothing } = languages[lang].explain
  return !isWhole || isChinese !== (lang === 'zh') || new RegExp(`\\b${nothing}\\b`).test(sentence)
}

/** Rules that say all there is to say by themselves. */
const speechless = ['association.erased', 'client_msg_id.repeated', 'world.same_epoch']

describe('the sentence of every rule that can decide', () => {
  it.each(['en', 'zh'] as const)('is whole, and names what was found, in %s', (lang) => {
    const told = rules.map((rule) =>
      steps.map((step) => {
        const telling = { verdict: 'refused', values, why: { rule, ...step } } as const
        return sentenceOf(languages[lang], telling)
      }),
    )
    const odd = told.filter((both) => both.every((sentence) => isOdd(sentence, lang)))
    expect(odd).toEqual([])
    const silent = rules.filter((_, n) => !told[n]?.some((sentence) => sentence.includes('a-fact')))
    expect(silent).toEqual(speechless)
  })

  it('is none’s that no decision has', () => {
    const known = new Set([...rulesInSource(), 'fault.applied'])
    for (const { explain } of Object.values(languages)) {
      const left = Object.keys(explain.because).filter((rule) => !known.has(rule))
      // The source has it as {field}.valid.
      expect(left).toEqual(['client_msg_id.valid'])
    }
  })
})
