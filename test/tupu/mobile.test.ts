import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile'
import { describe, expect, it } from 'vitest'
import { type Region, readMobile, spellMobile } from '../../src/tupu/mobile.ts'

interface Case {
  spelled: string
  mobile: string | null
  what: string
}

const cases: Case[] = JSON.parse(
  readFileSync(new URL('../cases/mobiles.json', import.meta.url), 'utf8'),
)

describe('readMobile', () => {
  it.each(cases.filter((one) => one.mobile !== null))(
    'reads $spelled ($what) as $mobile',
    ({ spelled, mobile }) => expect(readMobile(spelled)).toBe(mobile),
  )

  it.each(cases.filter((one) => one.mobile === null))('refuses $spelled ($what)', ({ spelled }) =>
    expect(readMobile(spelled)).toBeUndefined(),
  )

  it('agrees with the library on every Chinese prefix of three to five digits', () => {
    const disagreed = chinesePrefixes().flatMap((prefix) => {
      const number = prefix.padEnd(11, '3')
      const spellings = [number, `+86${number}`, `86${number}`]
      return spellings.filter((spelled) => readMobile(spelled) !== readByLibrary(spelled))
    })
    expect(disagreed).toEqual([])
  })

  it('knows mobiles and other numbers among these prefixes', () => {
    const read = chinesePrefixes().filter((prefix) => readMobile(prefix.padEnd(11, '3')))
    expect(read).toEqual(expect.arrayContaining(['138', '199', '1349', '1610', '17405']))
    expect(read).not.toEqual(expect.arrayContaining(['100']))
    expect(read).not.toEqual(expect.arrayContaining(['1619']))
    expect(read).not.toEqual(expect.arrayContaining(['17406']))
  })

  it('gives undefined or one E.164 number that reads as itself, whatever it is handed', () => {
    fc.assert(
      fc.property(anything(), (text) => {
        const mobile = readMobile(text)
        if (mobile === undefined) return
        expect(mobile).toMatch(/^\+[1-9]\d{6,14}$/)
        expect(readMobile(mobile)).toBe(mobile)
      }),
      { numRuns: 2000 },
    )
  })

  it('reads a number the same however blanks, dashes and signs that nobody sees are strewn into it', () => {
    const mobile = fc
      .tuple(fc.constantFrom('138', '150', '166', '177', '199'), fc.nat(99_999_999))
      .map(([prefix, rest]) => prefix + String(rest).padStart(8, '0'))
    const start = fc.constantFrom('', '+86', '86', '0086', '0', '(+86)', '+(86)', '(0086)')
    const gap = ['', ' ', '-', '\t', '\u3000', '\u00a0', ' - ', '\u200b', '\u202d\ufe0f']
    const gaps = fc.array(fc.constantFrom(...gap), {
      minLength: 11,
      maxLength: 11,
    })
    fc.assert(
      fc.property(mobile, start, gaps, fc.boolean(), (digits, prefix, between, isWide) => {
        const spelled = prefix + [...digits].map((digit, at) => between[at] + digit).join('')
        expect(readMobile(isWide ? widen(spelled) : spelled)).toBe(`+86${digits}`)
      }),
    )
  })

  it('refuses a text of a megabyte', () => {
    expect(readMobile('1'.repeat(1_000_000))).toBeUndefined()
    expect(readMobile(`138${' '.repeat(1_000_000)}00138000`)).toBeUndefined()
  })
})

describe('readMobile with a region', () => {
  it.each<{ spelled: string; region: Region; mobile: string | undefined }>([
    { spelled: '5123 4567', region: 'HK', mobile: '+85251234567' },
    { spelled: '5123 4567', region: 'CN', mobile: undefined },
    { spelled: '138 0013 8000', region: 'HK', mobile: undefined },
    { spelled: '+86 138 0013 8000', region: 'HK', mobile: '+8613800138000' },
    { spelled: '００86 138 0013 8000', region: 'US', mobile: '+8613800138000' },
    { spelled: '852 5123 4567', region: 'HK', mobile: '+85251234567' },
    { spelled: '(202) 555-0123', region: 'US', mobile: '+12025550123' },
    { spelled: '+86 138 0013 8000', region: 'CN', mobile: '+8613800138000' },
    { spelled: '(13800138000)', region: 'CN', mobile: '+8613800138000' },
    { spelled: '((86))13800138000', region: 'CN', mobile: '+8613800138000' },
    { spelled: '(202)) 555-0123', region: 'US', mobile: undefined },
  ])('reads $spelled of $region as $mobile', ({ spelled, region, mobile }) =>
    expect(readMobile(spelled, region)).toBe(mobile),
  )

  it('reads what spellMobile has written as the same number', () => {
    fc.assert(
      fc.property(anything(), (text) => {
        const mobile = readMobile(text)
        if (mobile === undefined) return
        const { region, number } = spellMobile(mobile)
        expect(readMobile(number, region)).toBe(mobile)
      }),
      { numRuns: 2000 },
    )
  })
})

function chinesePrefixes(): string[] {
  const ofLength = (length: number) =>
    Array.from({ length: 10 ** (length - 1) }, (_, n) => `1${String(n).padStart(length - 1, '0')}`)
  return [3, 4, 5].flatMap(ofLength)
}

function readByLibrary(spelled: string): string | undefined {
  const number = parsePhoneNumberFromString(spelled, { defaultCountry: 'CN', extract: false })
  return number?.isValid() && number.getType() === 'MOBILE' ? number.number : undefined
}

function anything(): fc.Arbitrary<string> {
  const dialled = fc.string({ unit: fc.constantFrom(...'0123456789+- ()８６;x'), maxLength: 18 })
  const foreign = fc
    .tuple(
      fc.constantFrom(852, 853, 886, 44, 1, 49, 39, 54, 55, 52, 7, 290, 683),
      fc.bigInt(0n, 99_999_999_999n),
    )
    .map(([region, rest]) => `+${region}${rest}`)
  const chinese = fc.nat(999_999_999).map((rest) => `1${String(rest).padEnd(10, '3')}`)
  return fc.oneof(fc.string({ unit: 'binary' }), dialled, foreign, chinese)
}

function widen(text: string): string {
  return text.replace(/[0-9+()-]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
}
