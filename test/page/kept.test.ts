import { describe, expect, it } from 'vitest'
import { keptAround, keptOf } from '../../src/page/kept.ts'

describe('what is drawn of a subject', () => {
  function startDrawing() {
    const drawn: unknown[] = []
    const draw = keptOf((subject: { n: number }, props: object) => {
      drawn.push(props)
      return `${subject.n} ${JSON.stringify(props)}`
    })
    return { drawn, draw }
  }

  it('is drawn once for data that read the same', () => {
    const { drawn, draw } = startDrawing()
    const subject = { n: 1 }
    const first = draw(subject, { a: 'x', deep: { b: null } })
    expect(draw(subject, { a: 'x', deep: { b: null } })).toBe(first)
    expect(String(first)).toBe('1 {"a":"x","deep":{"b":null}}')
    expect(drawn).toHaveLength(1)
  })

  it.each([
    { a: 'y', deep: { b: null } },
    { a: 'x', deep: { b: 'null' } },
    { a: 'x', deep: null },
    { a: 'x', deep: { b: null }, more: undefined },
    { a: 'x' },
  ])('is drawn anew for others: %j', (other) => {
    const { drawn, draw } = startDrawing()
    const subject = { n: 1 }
    draw(subject, { a: 'x', deep: { b: null } })
    expect(String(draw(subject, other))).toBe(`1 ${JSON.stringify(other)}`)
    expect(drawn).toHaveLength(2)
  })

  it('is drawn for each subject by itself, though they look the same', () => {
    const { drawn, draw } = startDrawing()
    for (const n of [1, 1]) draw({ n }, {})
    expect(drawn).toHaveLength(2)
  })
})

describe('what is drawn around others', () => {
  it('stands around whatever comes into it, and is drawn once for data that read the same', () => {
    let times = 0
    const draw = keptAround((subject: { n: number }, { a }: { a: string }) => {
      times++
      return `<p>${subject.n}${a}<slot></slot>!</p>`
    })
    const subject = { n: 1 }
    const inside = (...texts: string[]) => texts.map((text) => Buffer.from(text))
    expect(String(draw(subject, { a: '你' }, inside('x', 'y')))).toBe('<p>1你xy!</p>')
    expect(String(draw(subject, { a: '你' }, inside()))).toBe('<p>1你!</p>')
    expect(times).toBe(1)
    expect(String(draw(subject, { a: '好' }, inside('z')))).toBe('<p>1好z!</p>')
    expect(String(draw({ n: 2 }, { a: '你' }, inside('z')))).toBe('<p>2你z!</p>')
  })

  it('is whole where nothing has a place in it', () => {
    const draw = keptAround((_: object, { a }: { a: string }) => a)
    expect(String(draw({}, { a: 'all' }, []))).toBe('all')
  })
})
