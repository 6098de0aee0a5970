import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeAliases } from '../../src/journal/alias.ts'
import { maskBody } from '../../src/journal/mask.ts'
import { readMobile } from '../../src/tupu/mobile.ts'

const aliasesOf = (known: Partial<Parameters<typeof makeAliases>[0]> = {}) =>
  makeAliases({ names: [], ids: [], secrets: [], ...known })

describe('an alias of a mobile', () => {
  it.each([
    [
      '+86 138 0013 8000',
      '86-13800138000',
      '138 0013 8000',
      '0138-0013-8000',
      '１３８００１３８０００',
    ],
    ['+852 5123 4567', '0085251234567', '5123 4567'],
    ['+1 (202) 555-0123', '12025550123', '202 555 0123'],
  ])('is the same in every spelling of %s', (...spellings) => {
    const { mobile } = aliasesOf()
    const digits = spellings.map((one) => mobile(one).replace(/\D/gu, '').slice(-8))
    expect(new Set(digits).size).toBe(1)
    expect(spellings.map((one) => one.replace(/\D/gu, '').slice(-8))).not.toContain(digits[0])
  })

  it('is a mobile where that was one, another for each, and the spelling stays', () => {
    const { mobile } = aliasesOf()
    const some = fc
      .integer({ min: 0, max: 99_999_999 })
      .map((n) => `138${String(n).padStart(8, '0')}`)
    fc.assert(
      fc.property(some, some, (one, other) => {
        const shown = mobile(one)
        expect(readMobile(shown)).toBe(`+86${shown}`)
        expect(shown === mobile(other)).toBe(one === other)
      }),
    )
    expect(mobile('(+86) 138-0013 8000')).toMatch(/^\(\+86\) 138-\d{4} \d{4}$/u)
  })

  it('leaves magic mobiles, which are nobody’s, and what is too short for one', () => {
    const { mobile } = aliasesOf()
    expect(['19900043004', '+86 199 0300 0001', '123'].map(mobile)).toEqual([
      '19900043004',
      '+86 199 0300 0001',
      '123',
    ])
  })
})

describe('an alias of a secret', () => {
  it('has the same form, and is found again by whoever has both', () => {
    const { secret, unknown } = aliasesOf()
    expect(secret('0123456789abcdef')).toMatch(/^[\da-f]{16}$/u)
    expect(secret('Bearer Abc-123_xyz')).toMatch(/^Bearer [A-Z][a-z]{2}-\d{3}_[a-z]{3}$/u)
    expect(secret('two words of it')).not.toMatch(/two|words/u)
    expect(secret('generated')).toBe('generated')
    expect(unknown()).toContain(secret('Abc-123_xyz'))
  })

  it('that is short stands in no other word', () => {
    const { plain, secret, unknown } = aliasesOf({ secrets: ['a', 'of'] })
    expect(plain('a word of it')).toBe('a word of it')
    expect(secret('of')).not.toBe('of')
    expect(unknown()).toEqual([])
  })
})

it('names are hidden wherever they stand whole, and nowhere else', () => {
  const as = aliasesOf({ names: ['王小雨', 'Li Lei', 'Li'] })
  const hide = (text: string) => maskBody(text, { reveal: false, as })
  const shown = hide(
    '{"a":"王小雨，你好","b":"Li Lei and Li","c":"Limit 100","d":"%E7%8E%8B%E5%B0%8F%E9%9B%A8"}',
  )
  expect(shown).not.toMatch(/王小雨|Lei|%E7%8E%8B/u)
  expect(shown).toMatch(
    /"a":"\p{Script=Han}{3}，你好","b":"[A-Z][a-z] [A-Z][a-z]{2} and [A-Z][a-z]","c":"Limit 100"/u,
  )
})
