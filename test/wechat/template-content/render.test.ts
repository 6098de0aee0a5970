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

/** The lines on the phone, a label as it is written. */
function draw(content: string, data: Record<string, string>, rules: TemplateRules) {
  const entries = Object.entries(data)
  const { line, keywords, drawn } = renderTemplate({ content, data: new Map(entries), rules })
  const below = (drawn ?? keywords).map(({ label, value }) => ({ label, value }))
  return [line, ...below.map(({ label, value }) => (label === '' ? value : `${label}：${value}`))]
}

function hasInOrder(all: readonly string[], some: readonly string[]): boolean {
  let at = 0
  for (const each of all) if (each === some[at]) at += 1
  return at === some.length
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

  it('shows the first line as it is where the template has no first', () => {
    const content = '姓名：{{name.DATA}}\n岗位：{{job.DATA}}\n{{remark.DATA}}'
    expect(show(content, { name: '李雷', job: '工程师', remark: '请准时' }, '2014')).toEqual({
      line: '姓名：李雷',
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
    { sent: '𠮷'.repeat(21), shown: `${'𠮷'.repeat(20)}…` },
    { sent: '字😀'.repeat(20), shown: '字'.repeat(20) },
    { sent: '1️⃣ 请带👩🏽‍💻、🇨🇳护照❤️和1张照片👨‍👩‍👧‍👦', shown: ' 请带、护照和1张照片' },
    { sent: '☎ 010-55550123 ©', shown: '☎ 010-55550123 ©' },
    { sent: '第一行\n第二行', shown: '第一行' },
    { sent: '第一行\r\n第二行\n第三行', shown: '第一行' },
    { sent: `${'字'.repeat(21)}\n第二行`, shown: `${'字'.repeat(20)}…` },
    { sent: '\n第二行', shown: '' },
    { sent: '', shown: '' },
  ])('shows $sent as $shown', ({ sent, shown }) => {
    expect(show(oldContent, { keyword1: sent }, '2023').keywords['keyword1']).toBe(shown)
  })

  it.each([
    {
      content: '{{remark.DATA}}\n姓名：{{a.DATA}}\n备注：{{remark.DATA}}',
      lines: [null, '姓名：甲', '备注：尾'],
    },
    {
      content: '您好，{{first.DATA}}\n姓名：{{a.DATA}}\n{{b.DATA}}',
      lines: ['您好，头', '姓名：甲'],
    },
    { content: '\n 🎉 {{a.DATA}}\n岗位：{{b.DATA}}\n请准时 🎉\n', lines: [null, '岗位：乙'] },
    {
      content: '{{a.DATA}}\n{{b.DATA}}\n{{a.DATA}}\n如有疑问请联系人事',
      lines: [null, '乙', '甲'],
    },
    { content: '{{a.DATA}}{{b.DATA}}', lines: ['甲乙'] },
    { content: '提示 😀：{{a.DATA}}', lines: ['提示 ：甲'] },
    { content: '{{😀.DATA}}\n岗位😀：{{😀.DATA}}', lines: [null, '岗位：笑'] },
    { content: '{{a.DATA}}', lines: [null] },
  ])('drops by its place and not by its name: $content', ({ content, lines }) => {
    const data = { first: '头', a: '甲', b: '乙', remark: '尾', '😀': '笑' }
    expect(draw(content, data, '2023')).toEqual(lines)
  })

  const character = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 1 }),
    fc.constantFrom('🎉', '👩‍💻', '7️⃣', '🇨🇳', '❤️', '🏽', '字'),
  )

  it('never shows more than twenty characters, the ellipsis and one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 60 }), (keyword1) => {
        const value = show(oldContent, { keyword1 }, '2023').keywords['keyword1'] ?? '?\n'
        expect([...value].length).toBeLessThanOrEqual(21)
        expect(value).not.toMatch(/[\r\n]/)
        expect(value).not.toMatch(/\p{Emoji_Presentation}/u)
        const kept = value.replace(/…$/, '')
        expect(hasInOrder([...keyword1], [...kept])).toBe(true)
        if (!/\p{Emoji_Presentation}|\ufe0f/u.test(keyword1)) {
          expect(keyword1.startsWith(kept)).toBe(true)
        }
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
    'shows its first line with its label and the others whole under the rules of %s',
    (rules) => {
      const { thing1, ...keywords } = data
      expect(show(classContent, data, rules)).toEqual({ line: `通知内容:${thing1}`, keywords })
    },
  )

  it('folds a thing that nobody checked', () => {
    expect(show(classContent, { thing1: '字'.repeat(40) }, '2023').line).toBe(
      `通知内容:${'字'.repeat(20)}…`,
    )
  })
})

describe('the text of a template', () => {
  it('stays: what stands before, between and behind its values, and whole lines', () => {
    const content =
      '部门：{{a.DATA}}\n请于{{b.DATA}}前回复\n\n {{a.DATA}}，共{{c.DATA}} 天 \n如有疑问请联系人事\n{{d.DATA}}'
    const data = { a: '研发部', b: '周五', c: '3' }
    expect(draw(content, data, '2014')).toEqual([
      '部门：研发部',
      '请于周五前回复',
      '研发部，共3 天',
      '如有疑问请联系人事',
    ])
    expect(draw('请及时处理', { first: '欢迎' }, '2014')).toEqual(['请及时处理'])
  })

  it('is not looked for in values', () => {
    const a = '{{b.DATA}}\n岗位：{{a.DATA}} $& $1'
    expect(draw('第{{a.DATA}}页\n岗位：{{b.DATA}}人', { a, b: '{{a.DATA' }, '2014')).toEqual([
      `第${a}页`,
      '岗位：{{a.DATA人',
    ])
  })

  it('is shown with its values whatever both are', () => {
    const fixed = fc.stringMatching(/^([一-龥a-z{}.]( [一-龥a-z{}.])?)?：?$/)
    const name = fc.constantFrom('first', 'remark', 'thing1', 'a', 'toString', '__proto__', '名')
    const place = fc.record({ before: fixed, name })
    const line = fc.record({ places: fc.array(place, { maxLength: 3 }), behind: fixed })
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('{{a.DATA}}', '\n', '：'))
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 5 }),
        fc.array(fc.tuple(name, value)),
        (lines, values) => {
          const data = new Map<string, string>(values)
          const written = (nameOf: (name: string) => string) =>
            lines.map(({ places, behind }) => {
              return places.map((at) => at.before + nameOf(at.name)).join('') + behind
            })
          const content = written((of) => `{{${of}.DATA}}`)
          const shown = written((of) => data.get(of) ?? '')
          const lineAt = content.findIndex((text) => text !== '')
          expect(draw(content.join('\n'), Object.fromEntries(values), '2014')).toEqual([
            shown[lineAt] ?? null,
            ...shown.slice(lineAt + 1).filter((text) => lineAt >= 0 && text !== ''),
          ])
        },
      ),
    )
  })
})
