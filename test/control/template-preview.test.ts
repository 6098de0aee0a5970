import { describe, expect, it } from 'vitest'
import { exampleValues, previewOf } from '../../src/control/template.ts'

const content =
  '{{first.DATA}}\n姓名：{{keyword1.DATA}}\n时间：{{date.DATA}} 至 {{end.DATA}}\n{{remark.DATA}}'

describe('the preview of a template', () => {
  it('puts the values of the example where they stand', () => {
    const example = '欢迎加入\n姓名：王小雨\n时间：1月5日 至 1月6日\n谢谢'
    expect(Object.fromEntries(exampleValues(content, example))).toEqual({
      first: '欢迎加入',
      keyword1: '王小雨',
      date: '1月5日',
      end: '1月6日',
      remark: '谢谢',
    })
    expect(previewOf({ content, example }, '2014').line).toBe('欢迎加入')
    expect(previewOf({ content, example }, '2023').line).toBeNull()
  })

  it.each([
    { of: 'no example', example: '' },
    { of: 'an example of another template', example: '欢迎\n公司：晨光科技' },
    { of: 'an example without what stands between', example: '欢迎\n姓名：王\n时间：1月5日\n' },
  ])('of $of names the places', ({ example }) => {
    expect(exampleValues(content, example).get('keyword1')).toBe('{keyword1}')
  })

  it('takes a line that is shorter than the text around its places for what it is', () => {
    expect(exampleValues('甲{{a.DATA}}甲', '甲').get('a')).toBe('{a}')
    expect(exampleValues('甲{{a.DATA}}甲', '甲甲').get('a')).toBe('')
  })
})
