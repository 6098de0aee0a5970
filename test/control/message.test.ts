import { describe, expect, it } from 'vitest'
import type { MessageInfo } from '../../src/world-handle.ts'
import { onBoth } from '../database.ts'
import { first_instant, type Http, startSim } from '../sim.ts'

const messages = '/_sim/v1/worlds/test/messages'

interface Page {
  readonly items: readonly MessageInfo[]
  readonly next_cursor: string
  readonly dropped: number
}

async function page(http: Http, query = ''): Promise<Page> {
  const { status, json } = await http('GET', `${messages}?${query}`)
  expect(status).toBe(200)
  return json as unknown as Page
}

/** Reads on from a cursor until there is nothing more. */
async function readOn(http: Http, from?: string, query = ''): Promise<[MessageInfo[], string]> {
  const all: MessageInfo[] = []
  let cursor = from
  for (;;) {
    const after = cursor === undefined ? '' : `&after=${cursor}`
    const { items, next_cursor } = await page(http, query + after)
    all.push(...items)
    cursor = next_cursor
    if (items.length === 0) return [all, cursor]
  }
}

onBoth('GET /_sim/v1/worlds/{world}/messages', (database) => {
  it('shows what TUPU got and what stands on the phone, oldest first', async () => {
    const { http, acme, wang, platform } = await startSim({ database })
    const body = {
      mobile: wang.mobile,
      message: '欢迎\n加入',
      url: 'https://hr.example.com/t/1',
      client_msg_id: 'order-17',
    }
    const sent = await platform.post('/messages', { eid: acme.eid, ...body })
    const refused = await platform.post('/messages', { eid: acme.eid, mobile: 'x', message: 'y' })
    expect(await page(http)).toEqual({
      items: [
        {
          message: expect.stringMatching(/^\d{24}$/),
          msgid_str: sent.json['msgid_str'],
          eid: acme.eid,
          state: 'delivered',
          reason: null,
          answer: { errcode: 0, errmsg: 'ok' },
          mobile: wang.mobile,
          text: '欢迎 加入',
          title: '入职通知',
          line: '欢迎 加入',
          keywords: { keyword1: '王小雨', keyword2: '晨光科技', keyword3: '2026年1月5日 09:00' },
          url: body.url,
          on_phone: true,
          client_msg_id: 'order-17',
          trace: sent.headers.get('x-sim-trace'),
          at: first_instant,
        },
        expect.objectContaining({
          msgid_str: null,
          state: 'refused',
          answer: { errcode: 100010, errmsg: 'invalid mobile' },
          mobile: 'x',
          title: null,
          line: null,
          on_phone: false,
          trace: refused.headers.get('x-sim-trace'),
        }),
      ],
      next_cursor: expect.any(String),
      dropped: 0,
    })
  })

  it('shows what was asked also where nothing stands on the phone', async () => {
    const { http, acme, wang, platform } = await startSim({ database })
    await wang.blocks(acme)
    await platform.sends(acme, { mobile: wang.mobile, message: '欢迎' })
    expect((await page(http)).items).toMatchObject([
      { text: '欢迎', line: null, title: null, keywords: {}, on_phone: false },
    ])
  })

  it('never skips nor repeats a message, also of two accounts that send in turns on a frozen clock', async () => {
    const { http, acme, wang, platform, world } = await startSim({
      database,
      world: { accounts: [{ key: 'acme' }, { key: 'other' }] },
    })
    await world.register(wang.mobile, { account: 'other' })
    const other = world.accounts[1]?.eid
    let cursor: string | undefined
    const read: string[] = []
    const sent: string[] = []
    for (let round = 0; round < 6; round++) {
      const eids =
        round % 3 === 0 ? [other, acme.eid] : round % 3 === 1 ? [acme.eid] : [other, other]
      for (const [i, eid] of eids.entries()) {
        const message = `${round} ${i}`
        sent.push(message)
        await platform.sends(acme, { eid, mobile: wang.mobile, message })
      }
      const [found, next] = await readOn(http, cursor)
      read.push(...found.map(({ line }) => String(line)))
      cursor = next
      expect(read.toSorted()).toEqual(sent.toSorted())
      if (round === 3) await world.advance('PT1S')
    }
  })
})

describe('a list of messages', () => {
  it('has pages of 200, which together are the whole, however many stand at one instant', async () => {
    const { http, acme, wang, platform, world } = await startSim()
    const n = 1300
    const send = (i: number) => platform.sends(acme, { mobile: wang.mobile, message: `m${i}` })
    await Promise.all(Array.from({ length: n }, (_, i) => send(i)))
    const { items } = await page(http)
    expect(items).toHaveLength(200)
    const [all, cursor] = await readOn(http)
    expect(new Set(all.map(({ msgid_str }) => msgid_str)).size).toBe(n)
    expect(all).toHaveLength(n)
    expect(await world.messages()).toHaveLength(n)
    await send(n)
    expect((await page(http, `after=${cursor}`)).items).toMatchObject([{ line: `m${n}` }])
  })

  it('is filtered by mobile in any spelling, by account, and by state', async () => {
    const { http, acme, globex, wang, platform } = await startSim()
    await platform.sends(acme, { mobile: wang.mobile, message: 'a' })
    await platform.sends(acme, { mobile: '13900139000', message: 'b' })
    await platform.sends(globex, { mobile: wang.mobile, message: 'c' })
    const texts = async (query: string) => (await page(http, query)).items.map(({ text }) => text)
    expect(await texts(`mobile=${encodeURIComponent('138 0013 8002')}`)).toEqual(['a', 'c'])
    expect(await texts('account=acme')).toEqual(['a', 'b'])
    expect(await texts(`account=${globex.eid}`)).toEqual(['c'])
    expect(await texts('state=refused')).toEqual(['b', 'c'])
    expect(await texts('state=delivered&mobile=13900139000')).toEqual([])
  })

  it('lists by state also what comes into it only later', async () => {
    const { http, acme, wang, platform, world } = await startSim()
    await world.call('official_account.update', { appid: acme.appid, delivery: 'PT1M' })
    await platform.sends(acme, { mobile: wang.mobile, message: 'a' })
    const [none, cursor] = await readOn(http, undefined, 'state=delivered')
    expect(none).toEqual([])
    await platform.sends(acme, { mobile: wang.mobile, message: 'b' })
    await world.advance('PT1M')
    await platform.sends(acme, { mobile: wang.mobile, message: 'c' })
    const [delivered, after] = await readOn(http, cursor, 'state=delivered')
    expect(delivered.map(({ text }) => text)).toEqual(['a', 'b'])
    await world.advance('PT1M')
    const [last] = await readOn(http, after, 'state=delivered')
    expect(last.map(({ text }) => text)).toEqual(['c'])
  })

  it('begins anew for a cursor from before a reset', async () => {
    const { http, acme, wang, platform, world } = await startSim()
    for (const message of ['a', 'b']) await platform.sends(acme, { mobile: wang.mobile, message })
    const { next_cursor } = await page(http)
    await world.reset()
    await platform.sends(acme, { mobile: wang.mobile, message: 'c' })
    expect((await page(http, `after=${next_cursor}`)).items).toMatchObject([{ text: 'c' }])
  })

  it.each([
    { query: 'mobile=12', status: 422, field: 'mobile' },
    { query: 'account=nobody', status: 422, field: 'account' },
    { query: 'wait=61s', status: 422, field: 'wait' },
    { query: 'state=lost', status: 422, field: 'state' },
    { query: 'after=x', status: 422, field: 'after' },
    { query: 'after=e30', status: 422, field: 'after' },
    { query: 'wait=5', status: 422, field: 'wait' },
    { query: 'limit=5', status: 422, field: 'limit' },
  ])('is refused for $query', async ({ query, status, field }) => {
    const { http } = await startSim()
    expect((await http('GET', `${messages}?${query}`)).json).toMatchObject({ status, field })
  })
})
