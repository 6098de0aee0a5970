import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  keywordsByName,
  renderTemplate,
  type TemplateRules,
} from '../../../src/wechat/template/content.ts'

const oldContent =
  '{{first.DATA}}\n姓名：{{keyword1.DATA}}\n公司：{{keyword2.DATA}}\n时间：{{keyword3.DATA}}\n{{remark.DATA}}'
const classContent =
  '通知内容:{{thing1.DATA}}\n姓名:{{thing2.DATA}}\n公司:{{thing3.DATA}}\n时间:{{time4.DATA}}\n'

const oldData = {
  first: '欢迎加入',
  keyword1: '王小雨',
  keyword2: '晨光科技',
  keyword3: '2026年1月5日 09:00',
  remark: '点击查看',
}

function show(content: string, data: Record<string, string>, rules: TemplateRules) {
  const shown = renderTemplate({ content, data: new Map(Object.entries(data)), rules })
  return { line: shown.line, keywords: keywordsByName(shown.keywords) }
}

describe('an old template under the rules of 2014', () => {
  it('shows first as the line, then the keywords and the remark', () => {
    const shown = renderTemplate({
      content: oldContent,
      data: new Map(Object.entries(oldData)),
      rules: '2014',
    })
    expect(shown).toEqual({
      line: '欢迎加入',
      keywords: [
        { name: 'keyword1', label: '姓名', value: '王小雨' },
        { name: 'keyword2', label: '公司', value: '晨光科技' },
        { name: 'keyword3', label: '时间', value: '2026年1月5日 09:00' },
        { name: 'remark', label: '', value: '点击查看' },
      ],
    })
  })

  it('shows values as sent, however long', () => {
    const first = '字'.repeat(200)
    const keyword1 = `${'名'.repeat(50)}\n第二行`
    expect(show(oldContent, { ...oldData, first, keyword1 }, '2014')).toMatchObject({
      line: first,
      keywords: { keyword1 },
    })
  })

  it('prints a missing value as nothing and ignores what it has no placeholder for', () => {
    expect(show(oldContent, { first: '欢迎', keyword2: '晨光', keyword9: '?' }, '2014')).toEqual({
      line: '欢迎',
      keywords: { keyword1: '', keyword2: '晨光', keyword3: '' },
    })
    expect(show(oldContent, {}, '2014').line).toBe('')
  })

  it('shows the first keyword as the line where the template has no first', () => {
    const content = '姓名：{{name.DATA}}\n岗位：{{job.DATA}}\n{{remark.DATA}}'
    expect(show(content, { name: '李雷', job: '工程师', remark: '请准时' }, '2014')).toEqual({
      line: '李雷',
      keywords: { job: '工程师', remark: '请准时' },
    })
  })

  it('does not mistake names of objects for values', () => {
    expect(show('{{toString.DATA}}\n{{__proto__.DATA}}', {}, '2014')).toEqual({
      line: '',
      keywords: {},
    })
  })
})

describe('an old template under the rules of 2023', () => {
  it('shows neither first nor remark', () => {
    expect(show(oldContent, oldData, '2023')).toEqual({
      line: null,
      keywords: { keyword1: '王小雨', keyword2: '晨光科技', keyword3: '2026年1月5日 09:00' },
    })
  })

  it.each([
    { sent: '字'.repeat(20), shown: '字'.repeat(20) },
    { sent: '字'.repeat(21), shown: `${'字'.repeat(20)}…` },
    { sent: '😀'.repeat(21), shown: `${'😀'.repeat(20)}…` },
    { sent: '第一行\n第二行', shown: '第一行' },
    { sent: '第一行\r\n第二行\n第三行', shown: '第一行' },
    { sent: `${'字'.repeat(21)}\n第二行`, shown: `${'字'.repeat(20)}…` },
    { sent: '\n第二行', shown: '' },
    { sent: '', shown: '' },
  ])('shows $sent as $shown', ({ sent, shown }) => {
    expect(show(oldContent, { keyword1: sent }, '2023').keywords['keyword1']).toBe(shown)
  })

  it('shows the first keyword as the line where the template has no first', () => {
    const content = '{{remark.DATA}}\n姓名：{{name.DATA}}\n岗位：{{job.DATA}}'
    expect(show(content, { name: '李雷', job: '工程师', remark: '请准时' }, '2023')).toEqual({
      line: '李雷',
      keywords: { job: '工程师' },
    })
  })

  it('never shows more than twenty characters, the ellipsis and one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (keyword1) => {
        const value = show(oldContent, { keyword1 }, '2023').keywords['keyword1'] ?? '?\n'
        expect([...value].length).toBeLessThanOrEqual(21)
        expect(value).not.toMatch(/[\r\n]/)
        expect(keyword1.startsWith(value.replace(/…$/, ''))).toBe(true)
      }),
    )
  })
})

describe('a class template', () => {
  const data = {
    thing1: '欢迎加入',
    thing2: '王小雨',
    thing3: '晨光科技',
    time4: '2021年10月25日 09:00~09:30',
  }

  it.each<TemplateRules>(['2014', '2023'])(
    'shows its first keyword as the line and the others whole under the rules of %s',
    (rules) => {
      const { thing1, ...keywords } = data
      expect(show(classContent, data, rules)).toEqual({ line: thing1, keywords })
    },
  )

  it('folds a thing that nobody checked', () => {
    expect(show(classContent, { thing1: '字'.repeat(40) }, '2023').line).toBe(`${'字'.repeat(20)}…`)
  })
})

describe('a content without placeholders', () => {
  it('shows nothing', () => {
    expect(show('请及时处理', { first: '欢迎' }, '2014')).toEqual({ line: null, keywords: {} })
  })
})
