import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkTemplateData, readTemplateData } from '../../../src/wechat/template/value-type.ts'

describe('the data of a message', () => {
  const content =
    '车牌:{{car_number7.DATA}}\n部门:{{thing25.DATA}}\n状态:{{const4.DATA}}\n时间:{{time10.DATA}}\n'
  const good = {
    car_number7: { value: '京A12345' },
    thing25: { value: '人事部', color: '#173177' },
    const4: { value: '待处理' },
    time10: { value: '2026年1月5日 09:00' },
  }
  const constValues = new Map([['const4', ['待处理']]])

  function check(data: unknown) {
    return checkTemplateData({ content, data: readTemplateData(data), constValues })
  }

  it('is taken when every value fits', () => {
    expect(check(good)).toBeUndefined()
  })

  it('may leave a const out, and hold keys that the template has not', () => {
    const { const4: _, ...rest } = good
    expect(check({ ...rest, thing99: { value: '字'.repeat(99) }, first: { value: '' } })).toBe(
      undefined,
    )
  })

  it.each([
    { when: 'a key is missing', but: { thing25: undefined }, name: 'thing25', fault: 'is empty' },
    {
      when: 'a value is empty',
      but: { thing25: { value: '' } },
      name: 'thing25',
      fault: 'is empty',
    },
    {
      when: 'a value is null',
      but: { thing25: { value: null } },
      name: 'thing25',
      fault: 'is empty',
    },
    {
      when: 'there is no value object',
      but: { thing25: '人事部' },
      name: 'thing25',
      fault: 'is empty',
    },
    {
      when: 'only ① is there',
      but: { thing25: { value: '①' } },
      name: 'thing25',
      fault: 'is empty',
    },
    {
      when: 'a thing has 21 characters',
      but: { thing25: { value: '字'.repeat(21) } },
      name: 'thing25',
      fault: 'invalid',
    },
    {
      when: 'a time is a number of milliseconds',
      but: { time10: { value: 1609459200000 } },
      name: 'time10',
      fault: 'invalid',
    },
    {
      when: 'a const was not approved',
      but: { const4: { value: '已完成' } },
      name: 'const4',
      fault: 'invalid',
    },
  ])('names $name: $fault when $when', ({ but, name, fault }) => {
    expect(check({ ...good, ...but })).toEqual({ name, fault })
  })

  it.each([
    { when: 'keys have .DATA', data: keysWithData(good) },
    { when: 'it is a JSON string', data: JSON.stringify(good) },
    { when: 'it is an array', data: [{ name: 'car_number7', value: '京A12345' }] },
    { when: 'it is null', data: null },
    { when: 'it is missing', data: undefined },
    { when: 'it is empty', data: {} },
  ])('names the first placeholder as empty when $when', ({ data }) => {
    expect(check(data)).toEqual({ name: 'car_number7', fault: 'is empty' })
  })

  it('has one fault named, the first of the template whatever the order of the data', () => {
    const faults = { time10: { value: 'x' }, thing25: { value: '' }, car_number7: { value: '?' } }
    expect(check(faults)).toEqual({ name: 'car_number7', fault: 'invalid' })
    expect(check({ ...faults, car_number7: good.car_number7 })).toEqual({
      name: 'thing25',
      fault: 'is empty',
    })
  })

  it('is refused for a remark keyword, whatever else it holds', () => {
    const withRemark = '{{thing1.DATA}}\n{{remark7.DATA}}'
    const data = readTemplateData({
      first: { value: 'x' },
      thing1: { value: '好' },
      remark7: { value: '好' },
    })
    expect(checkTemplateData({ content: withRemark, data })).toEqual({
      name: 'remark7',
      fault: 'invalid',
    })
  })

  it('is not looked at in an old template', () => {
    const old =
      '{{first.DATA}}\n付款：{{pay.DATA}}\n{{keyword1.DATA}}{{time.DATA}}\n{{remark.DATA}}'
    expect(checkTemplateData({ content: old, data: new Map() })).toBeUndefined()
    const data = new Map([['keyword1', '字'.repeat(300)]])
    expect(checkTemplateData({ content: old, data })).toBeUndefined()
  })
})

describe('reading the data of a send', () => {
  it.each([
    { data: { thing1: { value: '好' } }, read: [['thing1', '好']] },
    { data: { thing1: { value: '', color: null } }, read: [['thing1', '']] },
    { data: { number1: { value: 7.5, color: '' } }, read: [['number1', '7.5']] },
    { data: { phone_number1: { value: 13800138000 } }, read: [['phone_number1', '13800138000']] },
    { data: { a: '好', b: null, c: ['好'], d: {}, e: 7, f: { color: '#fff' } }, read: [] },
    {
      data: { a: { value: true }, b: { value: {} }, c: { value: ['好'] }, d: { value: null } },
      read: [],
    },
    { data: JSON.parse('{"__proto__":{"value":"好"}}'), read: [['__proto__', '好']] },
    { data: JSON.parse('{"a":{"__proto__":{"value":"好"}}}'), read: [] },
    { data: '{"thing1":{"value":"好"}}', read: [] },
    { data: [{ value: '好' }], read: [] },
    { data: 7, read: [] },
    { data: null, read: [] },
    { data: undefined, read: [] },
  ])('reads $data as $read', ({ data, read }) => {
    expect([...readTemplateData(data)]).toEqual(read)
  })

  it('never fails, and holds text only', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        for (const value of readTemplateData(data).values()) expect(value).toBeTypeOf('string')
      }),
    )
  })

  it('reads back every text that is sent', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (values) => {
        const sent = Object.entries(values).map(([name, value]) => [name, { value }])
        expect([...readTemplateData(Object.fromEntries(sent))]).toEqual(Object.entries(values))
      }),
    )
  })
})

function keysWithData(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [`${name}.DATA`, value]))
}
