import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Erasing,
  eraseBytes,
  eraseDecision,
  eraseText,
} from '../../../src/tupu/association/erase/eraser.ts'
import { fold } from '../../../src/tupu/association/erase/reading.ts'
import { searchFor } from '../../../src/tupu/association/erase/search.ts'
import type { Scope } from '../../../src/tupu/association/erase/terms.ts'

interface Person {
  readonly mobile?: string
  readonly email?: string
  readonly name?: string
}

/** What goes of a person of whom nobody else has anything. */
function erasing({ mobile, email, name }: Person, scope: Scope = 'everywhere'): Erasing {
  const list = (value?: string) => (value === undefined ? [] : [{ value, scope }])
  const { patterns, values } = searchFor({
    appid: 'wx1234567890abcdef',
    openid: 'oAbCdEfGhIjKlMnOpQrStUvWxYz0',
    eids: ['acme-7f3k2m9q'],
    mobiles: list(mobile),
    emails: list(email),
    names: list(name),
    begun: null,
    msgid_after: '',
    session_after: '',
    awaited: [],
  })
  return { patterns: [...patterns.everywhere, ...patterns.own], values }
}

const without = (person: Person, text: string) => eraseText(text, erasing(person))

const cases: { spelled: string; mobile: string | null; what: string }[] = JSON.parse(
  readFileSync(new URL('../../cases/mobiles.json', import.meta.url), 'utf8'),
)

describe('a mobile', () => {
  const spellings = cases.flatMap(({ spelled, mobile, what }) => {
    return mobile === null ? [] : [{ spelled, mobile, what }]
  })

  it.each(spellings)('goes when it is written as $spelled ($what)', ({ spelled, mobile }) => {
    const encodings = [
      spelled,
      JSON.stringify({ mobile: spelled }),
      JSON.stringify({ actual: `(${spelled})` }).replaceAll(/[^\0-\x7f]/g, escaped),
      `mobile=${encodeURIComponent(spelled)}&x=1`,
      new URLSearchParams({ mobile: spelled }).toString(),
      `/people?m=${encodeURIComponent(encodeURIComponent(spelled))}`,
    ]
    for (const text of encodings) {
      const left = without({ mobile }, text)
      expect(left).toContain('***')
      expect(digitsIn(left)).not.toContain(mobile.slice(-8))
    }
  })

  it.each([
    ['another number', '13800138001'],
    ['the same digits in another order', '13800138010'],
    ['a msgid', '4795131072512000064'],
    ['an instant', '1767574800123'],
    ['a list of its digits', '[1,3,8,0,0,1,3,8,0,0,0]'],
    ['fields with its digits', '{"a":138,"b":"00138","c":"000"}'],
  ])('stays when it is %s', (_, text) => {
    expect(without({ mobile: '+8613800138000' }, text)).toBe(text)
  })

  it('goes as its country writes it, and as a number of JSON', () => {
    const hong_kong = { mobile: '+85291234567' }
    expect(without(hong_kong, 'region=HK&mobile=9123+4567')).toBe('region=HK&mobile=***')
    expect(without({ mobile: '+447911123456' }, 'call 07911 123456 now')).toBe('call *** now')
    expect(without({ mobile: '+8613800138000' }, '{"mobile":13800138000,"n":1}')).toBe(
      '{"mobile":"***","n":1}',
    )
  })
})

describe('an e-mail address', () => {
  it.each([
    ['w@example.com', '***'],
    ['W@Example.COM', '***'],
    ['ｗ＠example.com', '***'],
    ['<w@example.com>, aw@example.com', '<***>, aw@example.com'],
    ['w@example.com.cn', 'w@example.com.cn'],
    ['x+w@example.com', 'x+w@example.com'],
    ['mailto:w%40example.com', 'mailto:***'],
    ['text=hello+w%40example.com', 'text=hello+***'],
    ['邮箱w@example.com。', '邮箱***。'],
  ])('of %s leaves %s', (text, left) => {
    expect(without({ email: 'w@example.com' }, text)).toBe(left)
  })
})

describe('a name', () => {
  it.each([
    { name: '王小雨', text: '欢迎王小雨加入', left: '欢迎***加入' },
    { name: '王小雨', text: 'name=%E7%8E%8B%E5%B0%8F%E9%9B%A8&x=1', left: 'name=***&x=1' },
    { name: 'Li Lei', text: 'Li  Lei, Li Leif, "Li+Lei"', left: '***, Li Leif, "Li+Lei"' },
    { name: 'Li Lei', text: 'name=Li+Lei&x=Li%20Lei', left: 'name=***&x=***' },
    { name: 'Zoë', text: 'Zoe\u0308 and Zo\u00eb', left: '*** and ***' },
    { name: "O'Neil", text: 'O&#39;Neil <b>O&apos;Neil</b>', left: '*** <b>***</b>' },
    { name: '😀😀', text: '{"a":"\\ud83d\\ude00😀"}', left: '{"a":"***"}' },
    { name: 'a"b\\n', text: JSON.stringify({ x: 'hi a"b\\n!' }), left: '{"x":"hi ***!"}' },
    { name: 'message', text: '{"message":"a message"}', left: '{"message":"a ***"}' },
    { name: '李', text: '李先生，李，行李', left: '李先生，***，行李' },
    { name: '","', text: '{"a":"b","c":"\\",\\""}', left: '{"a":"b","c":"***"}' },
  ])('$name goes from $text', ({ name, text, left }) => {
    expect(without({ name }, text)).toBe(left)
  })
})

/** The digits that somebody reads in an address that was encoded twice. */
function digitsIn(text: string): string {
  return fold(decodeURIComponent(decodeURIComponent(text))).replace(/\D/g, '')
}

const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

const encodings: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  percent: (text) => `x?q=${encodeURIComponent(text)}`,
  form: (text) => new URLSearchParams({ a: '1', name: text, b: '2' }).toString(),
  json: (text) => JSON.stringify({ a: 1, list: [text], b: 'c' }),
  json_escaped: (text) => JSON.stringify([text]).replaceAll(/[^\0-\x7f]/g, escaped),
  html: (text) => `<p>${text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)}</p>`,
  nfd: (text) => text.normalize('NFD'),
}

describe('whatever somebody is called', () => {
  /** Of some length: the rest are words, too, or go as whole values only. */
  const name = fc
    .string({ unit: 'grapheme', minLength: 5, maxLength: 30 })
    .map((text) => text.normalize('NFC').trim())
    .filter((text) => [...text].length >= 5 && /[\p{L}\p{N}]/u.test(text))
    .filter((text) => !text.includes('\0') && text.isWellFormed())
  const encoding = fc.constantFrom(...Object.keys(encodings))

  it('it goes from a text, however that was encoded, twice even, and the rest stays', () => {
    fc.assert(
      fc.property(name, encoding, encoding, (called, inner, outer) => {
        const encode = (text: string) => encodings[outer]?.(encodings[inner]?.(text) ?? '') ?? ''
        expect(without({ name: called }, encode(called))).toBe(encode('***').replaceAll('%2A', '*'))
      }),
      { numRuns: 500 },
    )
  })

  it('JSON stays JSON, with its own names of fields and its big numbers', () => {
    fc.assert(
      fc.property(name, fc.json({ stringUnit: 'grapheme' }), (called, json) => {
        const text = `{"msgid":4795131072512000064,"n":${JSON.stringify(called)},"x":${json}}`
        const left = without({ name: called }, text)
        expect(() => JSON.parse(left)).not.toThrow()
        expect(left).toMatch(/^\{"msgid":4795131072512000064,"n":"\*\*\*","x":/)
      }),
    )
  })
})

describe('bytes', () => {
  it('that are no UTF-8 go whole when they have something of it, else stay', () => {
    const gbk = Buffer.concat([Buffer.from('mobile=13800138000&name='), Buffer.from([0xcd, 0xf5])])
    expect(eraseBytes(gbk, erasing({ mobile: '+8613800138000' })).toString()).toBe('***')
    expect(eraseBytes(gbk, erasing({ mobile: '+8613800138001' }))).toBe(gbk)
  })
})

describe('a decision', () => {
  it('keeps the names of its rules, whatever somebody is called', () => {
    const json = '["eid.known",{"rule":"mobile.valid","saw":"eid.known, mobile.valid"}]'
    const left = eraseDecision(json, erasing({ name: 'mobile.valid' }))
    expect(left).toBe('["eid.known",{"rule":"mobile.valid","saw":"eid.known, ***"}]')
    expect(eraseDecision(json, erasing({ name: 'eid.known' }))).toContain('["eid.known",')
  })
})
