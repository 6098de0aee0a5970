import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lengthen, shorten } from '../../db/exchange-text.ts'
import { int64 } from '../../src/core/int64.ts'

const long = '您好，恭喜您通过面试！请于下周一上午九点携带身份证到公司一楼前台办理“入职”手续。'
/** With the signs around it as long as a text that is referred to. */
const long_name = 'a'.repeat(40)
const url = 'https://hr.example.com/onboarding/tasks/8f14e45f?source=wechat'

it.each([
  {
    what: 'texts of two members',
    texts: { message: long, url },
    facts: [{ a: long }, { b: [url] }],
  },
  { what: 'one text twice', texts: { message: long }, facts: [long, { actual: long }] },
  { what: 'a text that two members are', texts: { first: long, second: long }, facts: [long] },
  {
    what: 'signs that JSON escapes',
    texts: { message: `"\\\n\u0001${long}` },
    facts: [`"\\\n\u0001${long}`],
  },
  {
    what: 'the dollar of a replacement',
    texts: { message: `$&$1${long}` },
    facts: [`$&$1${long}`],
  },
  { what: 'a text inside another', texts: { message: long }, facts: [`${long} ${long}`] },
  { what: 'a name that is no plain one', texts: { '1,2': long, Ä: url }, facts: [long, url] },
  {
    what: 'short texts, and what is no text',
    texts: { a: 'a', b: 1, c: null },
    facts: ['a', 1, null],
  },
  { what: 'nothing that the body says', texts: {}, facts: [long] },
  {
    what: 'a text that looks like a reference',
    texts: { [long_name]: long },
    facts: [`\u0001${long_name}\u0001`, long],
  },
  {
    what: 'what JSON leaves out, and what it writes in its own way',
    texts: { message: long },
    facts: [
      { a: undefined, b: [undefined, Symbol.iterator], c: Number.NaN, d: -0, e: 1e21, f: true },
      { at: new Date(0), n: int64('4805838482528272448'), none: {}, empty: [], half: '\ud800' },
      Object.assign(Object.create(null), { message: long }),
      new URL(url),
      { '"': 1, [long]: [[long]] },
    ],
  },
])('a decision comes back as it was: $what', ({ texts, facts }) => {
  const decision = JSON.stringify(facts)
  const short = shorten(facts, { texts })
  expect(lengthen(short, Buffer.from(JSON.stringify(texts)))).toBe(decision)
})

it('says a long text of the body by the name of its member', () => {
  const facts = [{ rule: 'wechat.accepted', request: { url, data: { first: { value: long } } } }]
  const short = shorten(facts, { texts: { message: long, url } })
  expect(short).not.toContain('hr.example.com')
  expect(short).not.toContain('恭喜')
})

it('a decision of an older file says where in the body its texts stand', () => {
  const body = Buffer.from(JSON.stringify({ message: long, url }))
  const at = body.toString().indexOf(JSON.stringify(url))
  const kept = `[{"url":\u0001${at},${JSON.stringify(url).length}\u0001}]`
  expect(JSON.parse(lengthen(kept, body))).toEqual([{ url }])
})

it('a decision comes back as it was, whatever it says', () => {
  const texts = { message: long, url, [long_name]: `${url}"\u0001` }
  const values = fc.oneof(fc.constantFrom(...Object.values(texts)), fc.jsonValue({ maxDepth: 2 }))
  const facts = fc.array(fc.oneof(values, fc.dictionary(fc.string({ unit: 'binary' }), values)))
  fc.assert(
    fc.property(facts, (some) => {
      const short = shorten(some, { texts })
      const whole = lengthen(short, Buffer.from(JSON.stringify(texts)))
      expect(whole).toBe(JSON.stringify(some))
    }),
  )
})
