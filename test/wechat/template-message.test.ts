import { describe, expect, it } from 'vitest'
import { onBoth } from '../database.ts'
import { first_instant, type StartOptions, startSim } from '../sim.ts'
import { acceptedIn, acmesClient, initechsClient, type Json, msgidOf } from './client.ts'

const path = '/cgi-bin/message/template/send'

/** Li follows Acme and gets its template. */
async function start(options: StartOptions = {}) {
  const sim = await startSim(options)
  const { acme, li, world } = sim
  const client = await acmesClient(sim)
  const message = { touser: li.openidAt(acme), template_id: acme.info.template_id }
  const sends = (more: Json = {}) => client.sends({ ...message, ...more })
  const newest = async () => (await acceptedIn(world)).at(-1)
  const deliver = (delivery: string) =>
    world.call('official_account.update', { appid: acme.appid, delivery })
  return { ...sim, client, message, sends, newest, deliver }
}

/** The nth send of an official account, by the rule of its digits. */
function msgidAt(instant: string, { n, ordinal }: { n: number; ordinal: number }): string {
  const ms = BigInt(Date.parse(instant)) - 1_509_592_270_000n
  return String(ms * 16_777_216n + BigInt(n) * 64n + BigInt(ordinal))
}

describe('a msgid', () => {
  it('is a bare number of nineteen digits that grows with each send, also on a frozen clock', async () => {
    const { sends } = await start()
    const msgids = [msgidOf(await sends()), msgidOf(await sends()), msgidOf(await sends())]
    expect(msgids).toEqual([1, 2, 3].map((n) => msgidAt(first_instant, { n, ordinal: 0 })))
    for (const msgid of msgids) expect(msgid).toMatch(/^\d{19}$/)
  })

  it('grows with the world’s time, and goes on counting over the account’s life', async () => {
    const { sends, world, client } = await start()
    msgidOf(await sends())
    await world.advance('P1D')
    await client.signsIn()
    const tomorrow = first_instant.replace('-05T', '-06T')
    expect(msgidOf(await sends())).toBe(msgidAt(tomorrow, { n: 2, ordinal: 0 }))
  })

  it('is unique among the official accounts of a world', async () => {
    const { sends, ...sim } = await start()
    const { client, openid } = await initechsClient(sim)
    const { template_id } = client.account.info
    const theirs = await client.sends({ touser: openid, template_id })
    expect(msgidOf(theirs)).toBe(msgidAt(first_instant, { n: 1, ordinal: 1 }))
    expect(msgidOf(await sends())).toBe(msgidAt(first_instant, { n: 1, ordinal: 0 }))
  })

  it('is not spent on a refused send', async () => {
    const { sends, li, acme } = await start()
    await li.mutes(acme)
    await sends()
    await li.unmutes(acme)
    expect(msgidOf(await sends())).toBe(msgidAt(first_instant, { n: 1, ordinal: 0 }))
  })

  it('is the same after a reset, for the same calls', async () => {
    const { sends, world, client } = await start()
    const before = msgidOf(await sends())
    await world.reset()
    await client.signsIn()
    expect(msgidOf(await sends())).toBe(before)
  })
})

describe('an accepted message', () => {
  it('stands on the phone at once, with its link', async () => {
    const { sends, newest, acme, li } = await start()
    const url = 'https://hr.example.com/t/1?a=1&b=2'
    const msgid = msgidOf(await sends({ url, data: { first: { value: '欢迎' } } }))
    expect(await newest()).toMatchObject({
      msgid,
      appid: acme.appid,
      openid: li.openidAt(acme),
      title: '入职通知',
      url,
      on_phone: 1,
      receipt: 'success',
      accepted_at: Date.parse(first_instant),
    })
  })

  it.each([undefined, null, '', 7])('has no link when its url is %j', async (url) => {
    const { sends, newest } = await start()
    msgidOf(await sends({ url }))
    expect(await newest()).toMatchObject({ url: '' })
  })

  it('never stands on the phone of whoever blocks the account, and its receipt says so', async () => {
    const { sends, newest, li, acme } = await start()
    await li.blocks(acme)
    msgidOf(await sends())
    expect(await newest()).toMatchObject({ on_phone: 0, receipt: 'user_block' })
    await li.unblocks(acme)
    msgidOf(await sends())
    expect(await newest()).toMatchObject({ on_phone: 1, receipt: 'success' })
  })
})

describe('a receipt', () => {
  it('comes after the duration that the account is set to, once', async () => {
    const { sends, newest, world, deliver } = await start()
    await deliver('PT2S')
    const msgid = msgidOf(await sends())
    expect(await newest()).toMatchObject({ on_phone: 1, receipt: null, receipt_at: null })
    expect(await world.advance('PT1.999S')).toMatchObject({ ran: [] })
    const { ran } = await world.advance('PT1H')
    expect(ran).toMatchObject([{ kind: 'receipt', subject: msgid, outcome: 'success' }])
    const receipt_at = Date.parse(first_instant) + 2000
    expect(await newest()).toMatchObject({ receipt: 'success', receipt_at, due_at: null })
    expect(await world.advance('P1D')).toMatchObject({ ran: [] })
  })

  it('tells what was true when WeChat accepted the message', async () => {
    const { sends, world, deliver, li, acme } = await start()
    await deliver('PT2S')
    msgidOf(await sends())
    await li.blocks(acme)
    msgidOf(await sends())
    const { ran } = await world.advance('PT2S')
    expect(ran.map(({ outcome }) => outcome)).toEqual(['success', 'user_block'])
  })

  it('never comes by itself when the account is set to manual', async () => {
    const { sends, newest, world, deliver } = await start()
    await deliver('manual')
    msgidOf(await sends())
    expect(await world.advance('P14D')).toMatchObject({ ran: [], due_next: null })
    expect(await newest()).toMatchObject({ on_phone: 1, receipt: null })
  })
})

describe('client_msg_id', () => {
  it('stands for one message to one openid for ten minutes', async () => {
    const { sends, world, message, client } = await start()
    const { openid } = await world.register('13800138009')
    const first = msgidOf(await sends({ client_msg_id: 'a' }))
    await world.advance('PT9M59.999S')
    expect(msgidOf(await sends({ client_msg_id: 'a', url: 'https://else.example' }))).toBe(first)
    expect(msgidOf(await sends({ client_msg_id: 'b' }))).not.toBe(first)
    expect(
      msgidOf(await client.sends({ ...message, touser: openid, client_msg_id: 'a' })),
    ).not.toBe(first)
    expect(await acceptedIn(world)).toHaveLength(3)
    await world.advance('PT0.001S')
    const again = msgidOf(await sends({ client_msg_id: 'a' }))
    expect(again).not.toBe(first)
    expect(msgidOf(await sends({ client_msg_id: 'a' }))).toBe(again)
  })

  it.each([undefined, null, '', 7])('is none when it is %j', async (client_msg_id) => {
    const { sends } = await start()
    const first = msgidOf(await sends({ client_msg_id }))
    expect(msgidOf(await sends({ client_msg_id }))).not.toBe(first)
  })

  it('does not make a refused send pass', async () => {
    const { sends, li, acme } = await start()
    msgidOf(await sends({ client_msg_id: 'a' }))
    await li.unfollows(acme)
    expect((await sends({ client_msg_id: 'a' })).text).toContain('"errcode":43004')
  })
})

onBoth('client_msg_id', (database) => {
  it('is one message too when many send it at once', async () => {
    const { client, message, world } = await start({ database })
    const body = { ...message, client_msg_id: 'order-17' }
    const sends = await Promise.all(Array.from({ length: 20 }, () => client.post(path, body)))
    expect(new Set(sends.map(msgidOf)).size).toBe(1)
    expect(await acceptedIn(world)).toHaveLength(1)
  })

  it('may be longer than any key of a database', async () => {
    const { sends } = await start({ database })
    // Hardly compressible, so that no database can store it in a short key after all.
    const client_msg_id = Array.from({ length: 9000 }, (_, i) => (i * 7919).toString(36)).join('')
    const first = msgidOf(await sends({ client_msg_id }))
    expect(msgidOf(await sends({ client_msg_id }))).toBe(first)
    expect(msgidOf(await sends({ client_msg_id: `${client_msg_id}x` }))).not.toBe(first)
  })
})
