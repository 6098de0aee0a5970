import { describe, expect, it } from 'vitest'
import type { SendAnswer } from '../platform.ts'
import { startSim } from '../sim.ts'
import { lastStep } from './journal.ts'

/** A JSON text with escapes that JSON.stringify would not write. */
const json = (fields: string) =>
  `{"eid":"acme-e1","mobile":"13800138002","message":"欢迎加入",${fields}}`
const accounts = [{ key: 'acme', eid: 'acme-e1' }]

async function send(body: string | Uint8Array) {
  const sim = await startSim({ world: { accounts } })
  const answer = await sim.http('POST', '/tupu/v1/messages', body)
  return { ...sim, answer: JSON.parse(answer.text) as SendAnswer }
}

describe('the fields of a send', () => {
  it('count as absent when they are optional and null', async () => {
    const nulls = '"name":null,"email":null,"keywords":null,"url":null,"client_msg_id":null'
    const { answer, wang } = await send(json(nulls))
    expect(answer.errcode).toBe(0)
    expect(await wang.inbox()).toMatchObject([
      { keywords: { keyword1: '王小雨' }, url: '', client_msg_id: null },
    ])
  })

  it('are taken from the last of duplicate keys', async () => {
    const { answer, wang } = await send(json('"message":"the first","message":"the last"'))
    expect(answer.errcode).toBe(0)
    expect(await wang.inbox()).toMatchObject([{ line: 'the last' }])
  })

  it.each([
    { name: '__proto__', fields: '"__proto__":{"name":"Mallory","client_msg_id":"x"}' },
    { name: 'constructor', fields: '"constructor":{"prototype":{"name":"Mallory"}}' },
    {
      name: 'half a surrogate pair',
      fields: '"\\ud800":"\\udc00","nested":{"\\udfff":["\\ud801"]}',
    },
    { name: 'NUL', fields: '"\\u0000":"\\u0000"' },
    { name: 'anything', fields: '"to":[1,2],"priority":1e400,"deep":{"a":{"b":null}}' },
  ])('may have $name among the unknown ones, which means nothing', async ({ fields }) => {
    const { answer, wang } = await send(json(fields))
    expect(answer.errcode).toBe(0)
    expect(await wang.inbox()).toMatchObject([
      { keywords: { keyword1: '王小雨' }, client_msg_id: null },
    ])
  })

  it('do not come from the prototype of the body', async () => {
    const { answer } = await send(
      '{"__proto__":{"eid":"acme-e1","mobile":"13800138002","message":"欢迎加入"}}',
    )
    expect(answer).toEqual({ errcode: 100001, errmsg: 'unknown eid' })
  })

  const halves = [
    { what: 'half a surrogate pair', text: '\\ud83d' },
    { what: 'NUL', text: '\\u0000' },
  ]
  it.each(
    halves.flatMap(({ what, text }) => [
      {
        what,
        field: 'the eid',
        fields: `"eid":"acme-e1${text}"`,
        errcode: 100001,
        rule: undefined,
      },
      {
        what,
        field: 'the mobile',
        fields: `"mobile":"13800138002${text}"`,
        errcode: 100010,
        rule: 'mobile.valid',
      },
      {
        what,
        field: 'the message',
        fields: `"message":"hi${text}"`,
        errcode: 100016,
        rule: 'message.valid',
      },
      {
        what,
        field: 'the client_msg_id',
        fields: `"client_msg_id":"a${text}"`,
        errcode: 47001,
        rule: 'client_msg_id.valid',
      },
      {
        what,
        field: "a keyword's name",
        fields: `"keywords":{"keyword1${text}":"x"}`,
        errcode: 47001,
        rule: 'keywords.valid',
      },
      {
        what,
        field: 'a keyword',
        fields: `"keywords":{"keyword1":"x${text}"}`,
        errcode: 47001,
        rule: 'keywords.valid',
      },
      { what, field: 'the name', fields: `"name":"王${text}"`, errcode: 47001, rule: 'name.valid' },
      {
        what,
        field: 'the email',
        fields: `"email":"w${text}@example.com"`,
        errcode: 47001,
        rule: 'email.valid',
      },
      {
        what,
        field: 'the url',
        fields: `"url":"https://hr.example.com/${text}"`,
        errcode: 47001,
        rule: 'url.valid',
      },
    ]),
  )('with $what in $field are refused with $errcode', async ({ fields, errcode, rule }) => {
    // With a client_msg_id, so that the body is compared with earlier ones too.
    const { answer, world } = await send(json(`"client_msg_id":"order-1",${fields}`))
    expect(answer.errcode).toBe(errcode)
    if (rule) expect((await lastStep(world)).rule).toBe(rule)
  })

  it('name an unknown keyword even if it is called __proto__', async () => {
    const { answer } = await send(json('"keywords":{"keyword1":"x","__proto__":"y"}'))
    expect(answer).toEqual({ errcode: 100014, errmsg: 'unknown keyword: __proto__' })
  })

  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  it.each([
    { field: 'eid', errcode: 100001 },
    { field: 'mobile', errcode: 100010 },
    { field: 'message', errcode: 100012 },
    { field: 'client_msg_id', errcode: 47001 },
    { field: 'keywords', errcode: 47001 },
    { field: 'name', errcode: 47001 },
    { field: 'unknown', errcode: 0 },
  ])('that are nested without end are $field’s matter: $errcode', async ({ field, errcode }) => {
    const { answer } = await send(json(`"client_msg_id":"order-1","${field}":${deep}`))
    expect(answer.errcode).toBe(errcode)
  })

  it('are kept as far as a row can hold them when the send is refused', async () => {
    const fields = `"mobile":"+86 139 0013 9000","name":"${'x'.repeat(5000)}","url":"https://x.cn/","client_msg_id":"a-1"`
    const { answer, world } = await send(json(`${fields},"keywords":{"keyword1":"Wang"}`))
    expect(answer.errcode).toBe(100011)
    const rows = (await world.call('world.export')) as { tables: { message: object[] } }
    expect(rows.tables.message).toMatchObject([
      {
        mobile: '+8613900139000',
        name: 'x'.repeat(2000),
        url: 'https://x.cn/',
        client_msg_id: 'a-1',
        remembered: null,
        keywords: '{"keyword1":"Wang"}',
        body: '欢迎加入',
        state: 'refused',
      },
    ])
  })
})
