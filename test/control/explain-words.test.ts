import { describe, expect, it } from 'vitest'
import { languages } from '../../src/control/explain/endpoints.ts'
import { sentenceOf } from '../../src/control/explain/sentence.ts'
import { rulesInSource } from '../rules.ts'

/** A step of a rule with something to say wherever a sentence may look. */
function stepOf(rule: string) {
  const facts = new Proxy(
    { toJSON: undefined },
    {
      get: (_, key) => facts_of[String(key)],
      getOwnPropertyDescriptor: describeAll,
      has: () => true,
    },
  )
  return { rule, actual: 'the-actual', expected: 'the-expected', row: facts, answer: facts }
}

const facts_of: Readonly<Record<string, unknown>> = { errcode: 43004, errmsg: 'require subscribe' }
const describeAll = () => ({ value: 'a-fact', enumerable: true, configurable: true })

const rules = rulesInSource().map((rule) => rule.replace('{field}', 'nickname'))
const values = { code: 43004, text: 'require subscribe' }

describe('a sentence', () => {
  it.each(['en', 'zh'] as const)('of every rule that can decide is whole, in %s', (lang) => {
    const odd = rules.flatMap((rule) => {
      const why = stepOf(rule)
      const sentence = sentenceOf(languages[lang], { verdict: 'refused', values, why })
      const ends = lang === 'en' ? '.' : '。'
      const isWhole =
        sentence.endsWith(ends) && sentence.includes('43004') && !/[{}[\]]/.test(sentence)
      const isChinese = /[\u4e00-\u9fff]{4}/u.test(sentence)
      return isWhole && isChinese === (lang === 'zh') && !sentence.includes('undefined')
        ? []
        : [sentence]
    })
    expect(odd).toEqual([])
  })
})
