import { describe, expect, it } from 'vitest'
import { onBoth } from '../database.ts'
import { startSim } from '../sim.ts'
import { lastStep, tables } from './journal.ts'

const conflict = { errcode: 100015, errmsg: 'client_msg_id was used for another message' }

onBoth('a client_msg_id', (database) => {
  it('gives the same answer to the same body again, and sends nothing', async () => {
    const { acme, wang, platform } = await startSim({ database })
    const body = { mobile: wang.mobile, name: '王小雨', client_msg_id: 'order-17' }
    const answer = await platform.sends(acme, body)
    expect(answer.errcode).toBe(0)
    expect(await platform.sends(acme, body)).toEqual(answer)
    expect(await platform.sends(acme, body)).toEqual(answer)
    expect(await wang.inbox()).toMatchObject([{ client_msg_id: 'order-17' }])
  })

  it('gives one answer to two calls at once', async () => {
    const { acme, wang, platform } = await startSim({ database })
    const body = { mobile: wang.mobile, client_msg_id: 'order-17' }
    const answers = await Promise.all([1, 2, 3, 4].map(() => platform.sends(acme, body)))
    expect(new Set(answers.map((answer) => answer.msgid_str)).size).toBe(1)
    expect(await wang.inbox()).toHaveLength(1)
  })
})

describe('a client_msg_id', () => {
  it('does not mind the order of keys, unknown fields, or null for nothing', async () => {
    const { acme, wang, http, world } = await startSim()
    const send = async (text: string) => (await http('POST', '/tupu/v1/messages', text)).text
    const { eid } = acme
    const { mobile } = wang
    const first = await send(
      JSON.stringify({
        eid,
        mobile,
        message: 'hi',
        keywords: { keyword1: 'a', keyword2: 'b' },
        client_msg_id: 'x',
      }),
    )
    const again = await send(
      JSON.stringify({
        client_msg_id: 'x',
        keywords: { keyword2: 'b', keyword1: 'a' },
        url: null,
        attempt: 2,
        message: 'hi',
        mobile,
        eid,
      }),
    )
    expect(JSON.parse(first)).toMatchObject({ errcode: 0 })
    expect(again).toBe(first)
    expect((await lastStep(world)).rule).toBe('client_msg_id.repeated')
  })

  it.each([
    { what: 'message', but: { message: 'hi there' } },
    { what: 'spelling of the mobile', but: { mobile: '138 0013 8002' } },
    { what: 'mobile', but: { mobile: '13800138004' } },
    { what: 'name', but: { name: '王' } },
    { what: 'empty name', but: { name: '' } },
    { what: 'email', but: { email: 'w@example.com' } },
    { what: 'url', but: { url: 'https://hr.example.com' } },
    { what: 'keyword', but: { keywords: { keyword1: 'a', keyword2: 'c' } } },
    { what: 'set of keywords', but: { keywords: { keyword1: 'a' } } },
    { what: 'spelling of the message', but: { message: 'hi\t' } },
  ])('is refused for another $what', async ({ but }) => {
    const { acme, wang, platform } = await startSim()
    const body = {
      mobile: '13800138002',
      message: 'hi ',
      keywords: { keyword1: 'a', keyword2: 'b' },
      client_msg_id: 'order-17',
    }
    expect((await platform.sends(acme, body)).errcode).toBe(0)
    expect(await platform.sends(acme, { ...body, ...but })).toEqual(conflict)
    expect(await wang.inbox()).toHaveLength(1)
  })

  it('belongs to one account', async () => {
    const { platform, world, acme } = await startSim()
    const other = (await world.call('account.create', { key: 'hooli' })) as { eid: string }
    await world.register('13800138009', { account: 'hooli' })
    await world.register('13800138009', { account: 'acme' })
    const body = { mobile: '13800138009', client_msg_id: 'order-17' }
    expect((await platform.sends(acme, body)).errcode).toBe(0)
    expect((await platform.sends(acme, { ...body, eid: other.eid })).errcode).toBe(0)
    expect(await world.messages({ mobile: '13800138009' })).toHaveLength(2)
  })

  it('is free again after a refusal, for any body', async () => {
    const { acme, li, platform, world } = await startSim()
    const body = { mobile: li.mobile, client_msg_id: 'order-17' }
    expect((await platform.sends(acme, body)).errcode).toBe(100011)
    expect((await platform.sends(acme, body)).errcode).toBe(100011)
    await li.registers(acme)
    expect((await platform.sends(acme, { ...body, message: '另一条' })).errcode).toBe(0)
    expect(await platform.sends(acme, body)).toEqual(conflict)
    const states = (await world.messages()).map(({ state, answer }) => [state, answer.errcode])
    expect(states).toEqual([
      ['refused', 100011],
      ['refused', 100011],
      ['delivered', 0],
      ['refused', 100015],
    ])
  })

  it('keeps an unknown end: whoever repeats it gets the same answer, and no second message', async () => {
    const { acme, platform, world } = await startSim()
    const body = { mobile: '19900100031', client_msg_id: 'order-17' }
    const answer = await platform.sends(acme, body)
    expect(answer).toEqual({ errcode: 100031, errmsg: 'wechat did not answer' })
    expect(await platform.sends(acme, body)).toEqual(answer)
    expect(await platform.sends(acme, { ...body, message: '另一条' })).toEqual(conflict)
    const states = (await world.messages()).map(({ state }) => state)
    expect(states).toEqual(['unknown', 'refused'])
  })

  it('is remembered for 24 hours of the world’s own time', async () => {
    const { acme, wang, platform, world } = await startSim()
    const body = { mobile: wang.mobile, client_msg_id: 'order-17' }
    const first = await platform.sends(acme, body)
    await world.advance('PT23H59M59.999S')
    expect(await platform.sends(acme, body)).toEqual(first)
    await world.advance('PT0.001S')
    const second = await platform.sends(acme, { ...body, message: '新的一天' })
    expect(second.errcode).toBe(0)
    expect(second.msgid_str).not.toBe(first.msgid_str)
    expect(await platform.sends(acme, { ...body, message: '新的一天' })).toEqual(second)
    expect(await platform.sends(acme, body)).toEqual(conflict)
  })

  it('repeats what was answered, whatever has become of the message', async () => {
    const { acme, wang, platform, world } = await startSim()
    await wang.blocks(acme)
    const body = { mobile: wang.mobile, client_msg_id: 'order-17' }
    const first = await platform.sends(acme, body)
    expect(await world.messages()).toMatchObject([{ state: 'failed' }])
    expect(await platform.sends(acme, body)).toEqual(first)
  })

  it('is forgotten by a reset', async () => {
    const { acme, wang, platform, world } = await startSim()
    const body = { mobile: wang.mobile, client_msg_id: 'order-17' }
    await platform.sends(acme, body)
    await world.reset()
    expect((await platform.sends(acme, { ...body, message: '另一条' })).errcode).toBe(0)
  })

  it('is not handed on to WeChat', async () => {
    const { acme, wang, platform, world } = await startSim()
    await platform.sends(acme, { mobile: wang.mobile, client_msg_id: 'order-17' })
    expect((await tables(world))['template_message']).toMatchObject([{ client_msg_id: null }])
  })

  it.each([
    { what: 'empty', id: '' },
    { what: 'too long', id: 'x'.repeat(65) },
    { what: 'too long in emoji', id: '😀'.repeat(65) },
    { what: 'a number', id: 17 },
    { what: 'an object', id: {} },
  ])('is refused with 47001 when it is $what', async ({ id }) => {
    const { acme, wang, platform } = await startSim()
    const answer = await platform.sends(acme, { mobile: wang.mobile, client_msg_id: id })
    expect(answer).toEqual({ errcode: 47001, errmsg: 'data format error' })
  })

  it.each(['x', 'x'.repeat(64), '😀'.repeat(64), '订单 17', ' '])(
    'may be any text of up to 64 characters: %s',
    async (client_msg_id) => {
      const { acme, wang, platform } = await startSim()
      const answer = await platform.sends(acme, { mobile: wang.mobile, client_msg_id })
      expect(answer.errcode).toBe(0)
    },
  )
})
