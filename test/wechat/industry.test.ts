import { describe, expect, it } from 'vitest'
import { findIndustry, industries } from '../../src/wechat/industry/industry.ts'

describe('the industries', () => {
  it('have the codes 1 to 41', () => {
    expect(industries.map(({ code }) => code)).toEqual(
      Array.from({ length: 41 }, (_, at) => at + 1),
    )
  })

  it('have two names each, in three spellings', () => {
    for (const { code, documented, live, en } of industries) {
      for (const name of [documented, live]) {
        expect(name.first_class, String(code)).toMatch(/\p{Script=Han}/u)
        expect(name.second_class, String(code)).toMatch(/\p{Script=Han}/u)
      }
      expect(`${en.first_class} ${en.second_class}`, String(code)).toMatch(/^[A-Za-z,&/\- ]+$/)
    }
  })

  it('are each found by both names together', () => {
    const pairs = industries.map(({ live }) => `${live.first_class} ${live.second_class}`)
    expect(new Set(pairs).size).toBe(41)
  })

  it.each([
    { code: 2, first: 'IT科技', second: 'IT软件与服务' },
    { code: 34, first: '商业服务', second: '中介服务' },
    { code: 1, first: 'IT科技', second: '互联网|电子商务' },
    { code: 8, first: '金融业', second: '证券|基金|理财|信托' },
    { code: 21, first: '政府与公共事业', second: '公共事业|非盈利机构' },
    { code: 22, first: '医疗护理', second: '医药医疗' },
    { code: 23, first: '医疗护理', second: '护理美容' },
    { code: 24, first: '医疗护理', second: '保健与卫生' },
    { code: 29, first: '房地产', second: '房地产|建筑' },
    { code: 41, first: '其他', second: '其他' },
  ])('answer $code as $first / $second', ({ code, first, second }) => {
    expect(findIndustry(code)?.live).toEqual({ first_class: first, second_class: second })
  })

  it('are spelled otherwise in the documentation in eight cases only', () => {
    const differing = industries.filter(
      ({ documented, live }) =>
        documented.first_class !== live.first_class ||
        documented.second_class !== live.second_class,
    )
    expect(differing.map(({ code }) => code)).toEqual([1, 8, 21, 22, 23, 24, 29, 41])
    expect(findIndustry(1)?.documented.second_class).toBe('互联网/电子商务')
    expect(findIndustry(41)?.documented.first_class).toBe('其它')
  })

  it.each([0, 42, -1, 1.5, Number.NaN])('do not include %s', (code) => {
    expect(findIndustry(code)).toBeUndefined()
  })
})
