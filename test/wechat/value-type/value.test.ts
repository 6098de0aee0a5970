import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkValue } from '../../../src/wechat/template/value-type.ts'

const times = [
  '15:01',
  '15:01:30',
  '2019年10月1日 15:01',
  '2023-07-26 10:45:00',
  '2024-07-24 08:00~12:00',
  '2021年10月25日 09:00~09:30',
  '2018/01/01',
  '2018.01.01',
  '2018-01',
  '01-01',
  '2024-05-29',
  '2026年11月30日 09:30',
  '2026年12月2日 14:00~15:00',
  '2026-12-05 18:00',
  '2019年10月1日',
  '08:00~12:00',
  '2026-12-05 18:00~2026-12-06 09:00',
  '2026-12-05~2026-12-09',
  '9:05',
  '23:59:59',
  '1月5日',
]
const noTimes = [
  '2024-07-24 08~12',
  '2022-01-27 15:00-16:00',
  '2024-07-24 08:00～12:00',
  '1609459200000',
  '1609459200',
  '：2024-07-24 08:00',
  ':2024-07-24 08:00',
  '时间：2024-07-24 08:00',
  '2024-06-2116: 34: 24',
  '2024-07-2408:00',
  '2024-07-24T08:00:00',
  '24:00',
  '15:60',
  '2024-13-01',
  '2024-00-01',
  '2024-01-32',
  '2024-01/02',
  '08:00~',
  '~12:00',
  '08:00~10:00~12:00',
  '下午3点',
  '明天',
]

/** Values by placeholder: those that WeChat takes, and those that it refuses. */
const table: Record<string, { takes: string[]; refuses: string[] }> = {
  thing1: {
    takes: ['字'.repeat(20), 'a'.repeat(20), '😀'.repeat(20), '入职 Welcome, №1！', '①报名', '<b>'],
    refuses: ['字'.repeat(21), 'a'.repeat(21), '第一行\n第二行', 'a\tb', '结尾\n', 'a\u0000'],
  },
  short_thing5: { takes: ['事假', '同意A1', '字'.repeat(5)], refuses: ['字'.repeat(6), 'abcdef'] },
  character_string9: {
    takes: ['HR-20261201-007', 'a'.repeat(32), '#(+86)@x_y.z~', 'AB 12'],
    refuses: ['a'.repeat(33), '编号7', 'A-7号', 'HR\n7'],
  },
  time4: { takes: times, refuses: noTimes },
  date2: {
    takes: times.filter((form) => /[-/.日]/.test(form)),
    refuses: [...noTimes, '15:01', '15:01:30', '08:00~12:00'],
  },
  amount3: {
    takes: ['¥100', '￥100.50元', '100', '100.00元', '$9', '€999999999999', '999999999999.99元'],
    refuses: [
      '1234567890123',
      '¥¥1',
      '100块',
      '1,000',
      '-5',
      '¥',
      '元',
      '1.',
      '.5',
      '¥ 100',
      '一百',
    ],
  },
  phone_number8: {
    takes: ['13800138000', '021-55550123', '+86-0766-66888866', '138****8000', '(021) 5555-0123'],
    refuses: ['123456789012345678', '1380013800o', '电话13800138000', '138001380００'],
  },
  car_number7: {
    takes: ['粤A8Z888挂', '京A12345', 'A123456', '粤AD12345', '挂', 'a1'],
    refuses: ['粤A8Z8888挂', '粤粤A1234', 'A1港澳B', '粤A·12345', '粤A 1234'],
  },
  const10: { takes: ['', '待处理', '字'.repeat(20)], refuses: ['字'.repeat(21), '待\n处理'] },
  phrase6: {
    takes: ['同意', '字'.repeat(5)],
    refuses: ['字'.repeat(6), '同意1', 'ok', '同意！', '7'],
  },
  name1: {
    takes: ['王小雨', '字'.repeat(10), 'a'.repeat(20), "Conan O'Brien", '李Lei', '买买提·艾力'],
    refuses: ['字'.repeat(11), 'a'.repeat(21), `李${'a'.repeat(10)}`, '王5', '123'],
  },
  number2: {
    takes: ['0', '3.14', '9'.repeat(32)],
    refuses: ['9'.repeat(33), '1e3', '三', '1.', 'x'],
  },
  letter2: { takes: ['abcXYZ', 'a'.repeat(32)], refuses: ['a'.repeat(33), 'a1', 'a b', 'é', '字'] },
  symbol2: { takes: ['!', '+-*/%', '，。！？、', '¥'], refuses: ['!!!!!!', 'a', '1', '字', '! !'] },
}

describe('a value of a class template', () => {
  for (const [name, { takes, refuses }] of Object.entries(table)) {
    it.each(takes)(`is taken for ${name}: %j`, (value) => {
      expect(checkValue(name, value)).toBe('ok')
    })
    it.each(refuses)(`is invalid for ${name}: %j`, (value) => {
      expect(checkValue(name, value)).toBe('invalid')
    })
  }

  const names = Object.keys(table).filter((name) => name !== 'const10')
  it.each(names)('is empty for %s when nothing can be shown of it', (name) => {
    for (const value of ['', ' ', '\u3000', '①', '①②\n', '\n', '\t ', '\u0000']) {
      expect(checkValue(name, value), JSON.stringify(value)).toBe('empty')
    }
  })

  it.each(['', '备注', '点击查看', '①'])('is never taken for a remark: %j', (value) => {
    expect(checkValue('remark5', value)).toBe('invalid')
  })

  it.each(['first', 'keyword1', 'pay', 'address', 'device', 'time', 'name', 'remark', 'enum1'])(
    'is not looked at under the name %s',
    (name) => {
      for (const value of ['', '字'.repeat(300), 'a\nb']) expect(checkValue(name, value)).toBe('ok')
    },
  )

  it('is taken for a const when it is one of the approved values, or empty', () => {
    const approved = ['待入职', '已入职', '字'.repeat(21)]
    expect(checkValue('const4', '待入职', approved)).toBe('ok')
    expect(checkValue('const4', '', approved)).toBe('ok')
    for (const value of ['已取消', '待入职 ', ' ', '①', '字'.repeat(21)]) {
      expect(checkValue('const4', value, approved), value).toBe('invalid')
    }
    expect(checkValue('const4', '待入职', [])).toBe('invalid')
  })

  it('is taken for a thing exactly up to twenty characters, whatever they are', () => {
    const character = fc.constantFrom('字', 'a', '7', '!', '😀', '，', 'é')
    fc.assert(
      fc.property(fc.array(character, { minLength: 1, maxLength: 40 }), (characters) => {
        const wanted = characters.length <= 20 ? 'ok' : 'invalid'
        expect(checkValue('thing1', characters.join(''))).toBe(wanted)
      }),
    )
  })

  it('is taken for a time at every minute of every day, however it is written', () => {
    const two = (n: number) => String(n).padStart(2, '0')
    const moment = fc.record({
      year: fc.integer({ min: 2020, max: 2034 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.integer({ min: 0, max: 59 }),
    })
    fc.assert(
      fc.property(moment, ({ year, month, day, hour, minute }) => {
        const clock = `${two(hour)}:${two(minute)}`
        for (const form of [
          `${year}年${month}月${day}日 ${clock}`,
          `${year}-${two(month)}-${two(day)} ${clock}:00`,
          `${year}/${two(month)}/${two(day)} ${clock}~23:59`,
          clock,
        ]) {
          expect(checkValue('time4', form), form).toBe('ok')
          expect(checkValue('time4', `:${form}`), form).toBe('invalid')
        }
      }),
    )
  })
})
