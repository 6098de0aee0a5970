import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findValueType, readTemplate, valueTypes } from '../../../src/wechat/template/content.ts'

const oldContent =
  '{{first.DATA}}\n姓名：{{keyword1.DATA}}\n公司：{{keyword2.DATA}}\n时间：{{keyword3.DATA}}\n{{remark.DATA}}'
const classContent =
  '通知内容:{{thing1.DATA}}\n姓名:{{thing2.DATA}}\n公司:{{thing3.DATA}}\n时间:{{time4.DATA}}\n'

describe('reading a template', () => {
  it('finds an old template’s names and labels in order, and no types', () => {
    expect(readTemplate(oldContent)).toEqual({
      style: 'old',
      fields: [
        { name: 'first', label: '', type: null },
        { name: 'keyword1', label: '姓名', type: null },
        { name: 'keyword2', label: '公司', type: null },
        { name: 'keyword3', label: '时间', type: null },
        { name: 'remark', label: '', type: null },
      ],
    })
  })

  it('finds a class template’s names, labels and types in order', () => {
    expect(readTemplate(classContent)).toEqual({
      style: 'class',
      fields: [
        { name: 'thing1', label: '通知内容', type: 'thing' },
        { name: 'thing2', label: '姓名', type: 'thing' },
        { name: 'thing3', label: '公司', type: 'thing' },
        { name: 'time4', label: '时间', type: 'time' },
      ],
    })
  })

  it.each([
    { content: '', fields: [] },
    { content: '没有占位符\n', fields: [] },
    { content: '{{first}} {{first.data}} {{.DATA}} {first.DATA}', fields: [] },
    { content: '工号 : {{a.DATA}}', fields: [['a', '工号']] },
    {
      content: '面试：\r\n岗位：{{a.DATA}}\r\n{{b.DATA}}',
      fields: [
        ['a', '岗位'],
        ['b', ''],
      ],
    },
    {
      content: '{{a.DATA}}：{{b.DATA}}',
      fields: [
        ['a', ''],
        ['b', ''],
      ],
    },
    {
      content: '共{{a.DATA}}天，余{{b.DATA}}天',
      fields: [
        ['a', '共'],
        ['b', '天，余'],
      ],
    },
    {
      content: '{{a.DATA}}\n{{a.DATA}}',
      fields: [
        ['a', ''],
        ['a', ''],
      ],
    },
    { content: '时间：2:30：{{姓名.DATA}}', fields: [['姓名', '时间：2:30']] },
    { content: '{{__proto__.DATA}}', fields: [['__proto__', '']] },
  ])('reads $content', ({ content, fields }) => {
    const read = readTemplate(content).fields.map(({ name, label }) => [name, label])
    expect(read).toEqual(fields)
  })

  it('takes a bare remark for one of the class keywords only in a template without first', () => {
    expect(readTemplate('{{thing1.DATA}}{{remark.DATA}}').fields[1]?.type).toBe('remark')
    expect(readTemplate('{{keyword1.DATA}}{{remark.DATA}}').fields[1]?.type).toBeNull()
    expect(readTemplate('{{first.DATA}}{{thing1.DATA}}{{remark.DATA}}')).toMatchObject({
      style: 'old',
      fields: [{ type: null }, { type: 'thing' }, { type: null }],
    })
  })

  it.each(valueTypes)('knows %s by its number, and not without one', (type) => {
    expect(findValueType(`${type}15`)).toBe(type)
    expect(findValueType(type)).toBeNull()
    expect(findValueType(`${type}1a`)).toBeNull()
    expect(findValueType(`a${type}1`)).toBeNull()
  })

  it.each(['first', 'keyword1', 'pay', 'address', 'device', 'thing_1', '1', ''])(
    'knows no type of %s',
    (name) => {
      expect(findValueType(name)).toBeNull()
    },
  )

  it('reads back whatever names and labels a content was made of', () => {
    const name = fc.stringMatching(/^[a-z_]{1,12}\d{0,2}$/)
    const label = fc.stringMatching(/^[一-龥a-z]{0,8}$/)
    fc.assert(
      fc.property(
        fc.array(fc.record({ name, label })),
        fc.constantFrom(':', '：'),
        (fields, colon) => {
          const lines = fields.map((field) =>
            field.label === ''
              ? `{{${field.name}.DATA}}`
              : `${field.label}${colon}{{${field.name}.DATA}}`,
          )
          const read = readTemplate(lines.join('\n')).fields
          expect(read.map((field) => ({ name: field.name, label: field.label }))).toEqual(fields)
        },
      ),
    )
  })
})
