import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RefusalEntry } from '../../src/core/refusal.ts'
import { tupuErrors } from '../../src/tupu/errors.ts'
import { magicMobiles, readMagic } from '../../src/tupu/message/magic.ts'
import { readMobile } from '../../src/tupu/mobile.ts'

const wechatErrors = [
  entry(43004, 'require subscribe'),
  entry(-1, 'system busy'),
  entry(0, 'done'),
  entry(47001, 'another text'),
  entry(9001001, 'a code of seven digits'),
]
const table = [...tupuErrors.values(), ...wechatErrors]
const known = new Set(table.map((error) => error.code))
const isKnownCode = (code: number) => known.has(code)

describe('readMagic', () => {
  it.each([
    { mobile: '19900000000', errcode: 0 },
    { mobile: '19900043004', errcode: 43004 },
    { mobile: '19900047001', errcode: 47001 },
    { mobile: '19900100011', errcode: 100011 },
    { mobile: '199 0010 0032', errcode: 100032 },
    { mobile: '+86 19900999999', errcode: -1 },
  ])('answers $mobile with $errcode', ({ mobile, errcode }) => {
    expect(readMagic(readMobile(mobile) ?? 'unread', isKnownCode)).toEqual({ errcode })
  })

  it.each([
    { mobile: '+8619900000001', what: 'a code of neither table' },
    { mobile: '+8619900900100', what: 'the beginning of a longer code' },
    { mobile: '+8619905043004', what: 'another family' },
    { mobile: '+8619901060001', what: 'a longer delay than there is' },
    { mobile: '+8619902000005', what: 'no way to lose an answer' },
    { mobile: '+8619903000000', what: 'no receipt' },
    { mobile: '+8613800138000', what: 'an ordinary mobile' },
    { mobile: '19900043004', what: 'a spelling that is not E.164' },
    { mobile: '+85219900043004', what: 'another country' },
    { mobile: '+86199000430040', what: 'a digit too many' },
    { mobile: '', what: 'nothing' },
  ])('sees no magic in $what', ({ mobile }) => {
    expect(readMagic(mobile, isKnownCode)).toBeUndefined()
  })

  it('accepts and fails even if the tables hold neither code', () => {
    const nothing = () => false
    expect(readMagic('+8619900000000', nothing)).toEqual({ errcode: 0 })
    expect(readMagic('+8619900999999', nothing)).toEqual({ errcode: -1 })
    expect(readMagic('+8619900043004', nothing)).toBeUndefined()
  })

  it('answers only with codes that are known', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_998 }), (code) => {
        const magic = readMagic(`+8619900${String(code).padStart(6, '0')}`, isKnownCode)
        expect(magic).toEqual(isKnownCode(code) ? { errcode: code } : undefined)
      }),
    )
  })
})

describe('magicMobiles', () => {
  it('lists each code once, in the order of the mobiles', () => {
    const listed = magicMobiles(table).map(({ mobile, errcode }) => [mobile, errcode])
    expect(listed).toHaveLength(known.size - 1)
    expect(listed.slice(0, 4)).toEqual([
      ['19900000000', 0],
      ['19900043004', 43004],
      ['19900047001', 47001],
      ['19900100001', 100001],
    ])
    expect(listed.at(-1)).toEqual(['19900999999', -1])
  })

  it('gives the text and meaning of the first table that has the code', () => {
    const found = magicMobiles(table).find(({ errcode }) => errcode === 47001)
    const { en, zh } = tupuErrors.get(47001) ?? entry(0, '')
    expect(found).toEqual({
      mobile: '19900047001',
      errcode: 47001,
      errmsg: 'data format error',
      en,
      zh,
    })
  })

  it('says of 0 that it is accepted and delivered', () => {
    expect(magicMobiles(table)[0]).toMatchObject({ errmsg: 'ok', en: 'accepted and delivered' })
  })

  it('lists success and system error without any table', () => {
    expect(magicMobiles([]).map(({ errcode }) => errcode)).toEqual([0, -1])
  })

  it('lists only what is read back as magic with the same code', () => {
    for (const { mobile, errcode } of magicMobiles(table)) {
      expect(readMagic(readMobile(mobile) ?? 'unread', isKnownCode)).toEqual({ errcode })
    }
  })
})

function entry(code: number, text: string): RefusalEntry {
  return { code, text, en: 'a meaning', zh: '含义', fidelity: 'reported' }
}
