import { expect, it } from 'vitest'
import type { ProfileData } from '../../src/simulator.ts'
import { startReceiver } from '../callback-receiver.ts'
import { startSim } from '../sim.ts'
import { held, send_path, startFakeWechat } from './fake-wechat.ts'
import { startAt } from './through.ts'

const sent = { eid: 'acme-e1', mobile: '13800138002', message: '欢迎加入' }

/** A world whose account Acme speaks by a profile, and a send by it. */
async function startWith(
  profile: Partial<ProfileData>,
  { options = {}, callback }: { options?: object; callback?: { url: string } } = {},
) {
  const sim = await startSim({
    ...options,
    profiles: [{ name: 'own', base: '/own', ...profile }],
    world: {
      accounts: [{ key: 'acme', eid: 'acme-e1', profile: 'own', ...(callback && { callback }) }],
    },
  })
  const send = (more: object = {}, headers?: Record<string, string>) =>
    sim.http('POST', '/own/messages', { ...sent, ...more }, headers)
  return { ...sim, send }
}

it('takes calls from the addresses of its profile alone, as the trusted proxy has seen them', async () => {
  const profile = { allowed_ips: ['203.0.113.0/24', '2001:db8::7'] }
  const { send, world, wang } = await startWith(profile, { options: { trustProxy: true } })
  const from = (seen: string) => send({}, { 'X-Forwarded-For': seen })
  for (const seen of [
    '203.0.113.9',
    '2001:db8::7',
    '::ffff:203.0.113.1',
    '198.51.100.1, 203.0.113.4',
  ])
    expect((await from(seen)).json).toMatchObject({ errcode: 0 })
  const other = { errcode: 100006, errmsg: 'ip address not allowed: 198.51.100.1' }
  expect((await from('198.51.100.1')).json).toEqual(other)
  // What a caller writes before the proxy's own word is not believed.
  expect((await from('203.0.113.9, 198.51.100.1')).json).toEqual(other)
  expect((await send()).json).toMatchObject({ errcode: 100006 })
  expect(await wang.inbox()).toHaveLength(4)
  expect((await world.messages()).at(-1)).toMatchObject({
    state: 'refused',
    answer: { errcode: 100006 },
  })

  const plain = await startWith({ allowed_ips: ['203.0.113.9'] })
  const said = await plain.send({}, { 'X-Forwarded-For': '203.0.113.9' })
  expect(said.json).toMatchObject({ errmsg: 'ip address not allowed: 127.0.0.1' })
})

it('takes messages up to the length of its profile, and refuses or cuts what is longer', async () => {
  const place = (message: object) => ({ endpoints: { 'message.send': { fields: { message } } } })
  const short = await startWith(place({ at: '/message', max: 4 }) as never)
  expect((await short.send()).json).toMatchObject({ errcode: 0 })
  expect((await short.send({ message: '欢迎加入我' })).json).toEqual({
    errcode: 100013,
    errmsg: 'message too long: 5 of 4 characters',
  })
  const long = await startWith(place({ at: '/message', max: 300, cut: 250 }) as never)
  expect((await long.send({ message: '字'.repeat(301) })).json).toMatchObject({ errcode: 0 })
  expect(await long.wang.inbox()).toMatchObject([{ line: '字'.repeat(250) }])
})

it('gives a client_msg_id that came before the same answer, refuses it, or sends a second message', async () => {
  const twice = async (duplicates: NonNullable<ProfileData['duplicates']>) => {
    const { send, wang } = await startWith({ duplicates })
    const id = { client_msg_id: 'order-1' }
    const [first, second] = [(await send(id)).json, (await send(id)).json]
    const other = (await send({ ...id, message: '另一条' })).json
    return { first, second, other: other['errcode'], shown: (await wang.inbox()).length }
  }
  const same = await twice('same_answer')
  expect(same).toEqual({ first: same.second, second: same.first, other: 100015, shown: 1 })
  expect(await twice('refuse')).toMatchObject({
    second: { errcode: 100021, errmsg: 'client_msg_id was sent before' },
    ...{ other: 100015, shown: 1 },
  })
  const again = await twice('send')
  expect(again).toMatchObject({ second: { errcode: 0 }, other: 0, shown: 3 })
  expect(again.second['msgid_str']).not.toBe(again.first['msgid_str'])
})

it('accepts a send first, and tells by the callback what WeChat said of it', async () => {
  const receiver = await startReceiver()
  const { send, wang, acme, world, http } = await startWith(
    {
      result: 'callback',
      callback: { by_state: { refused: { no: '{errcode}', of: '{msgid_str}' } } },
    },
    { callback: { url: receiver.url } },
  )
  const told = async () => {
    await world.advance('PT1S')
    return JSON.parse(receiver.received.at(-1)?.text ?? '')
  }
  const { json: good } = await send({ client_msg_id: 'order-1' })
  expect(good).toEqual({ errcode: 0, errmsg: 'ok', msgid_str: expect.stringMatching(/^\d+$/) })
  const name = { msgid_str: good['msgid_str'], client_msg_id: 'order-1' }
  const result = { errcode: 0, errmsg: 'ok' }
  expect(await told()).toMatchObject({ event: 'message.delivered', ...name, ...result })
  const found = await http('GET', `/own/messages/${name.msgid_str}?eid=acme-e1`)
  expect(found.json).toMatchObject({ state: 'delivered', ...name, msgid: null })
  expect((await send({ client_msg_id: 'order-1' })).json).toEqual(good)

  await wang.unfollows(acme)
  const { json: refused } = await send()
  expect(refused).toMatchObject({ errcode: 0, errmsg: 'ok' })
  expect(await told()).toEqual({ no: 43004, of: refused['msgid_str'] })
  expect((await world.messages()).at(-1)).toMatchObject({ state: 'refused' })
  // What the partner refuses itself, it refuses at once.
  expect((await send({ mobile: '13900139000' })).json).toMatchObject({ errcode: 100011 })
  expect(receiver.received).toHaveLength(2)
})

it('answers before another WeChat does, and hears of it later; of a list, for each by itself', async () => {
  const later = held('{"errcode":43004,"errmsg":"require subscribe"}')
  const { url } = await startFakeWechat({ [send_path]: later.fake })
  const receiver = await startReceiver()
  const { http, world } = await startAt(url, {
    profiles: [
      {
        ...{ name: 'own', base: '/own', result: 'callback' },
        endpoints: { 'message.send': { fields: { mobile: '/to/*' } } },
        answers: {
          success: { status: 202, body: { ids: '{rows}' } },
          rows: { success: '{msgid_str}', refusal: '{errcode}' },
        },
      },
    ],
  })
  await world.call('account.update', {
    eid: 'acme',
    profile: 'own',
    callback: { url: receiver.url },
  })
  const { eid } = (await world.call('account.get', { eid: 'acme' })) as { eid: string }
  const send = (...to: string[]) => http('POST', '/own/messages', { eid, to, message: '欢迎加入' })
  const answer = await send('13800138002', '13900139000')
  expect(answer).toMatchObject({
    status: 202,
    json: { ids: [expect.stringMatching(/^\d+$/), 100011] },
  })
  const { ids = [] } = answer.json as { readonly ids?: readonly unknown[] }
  await later.asked
  expect(await world.messages()).toMatchObject([{ state: 'sending' }, { state: 'refused' }])
  later.release()
  await world.call('wait.run', { for: { callback: { account: 'acme' } } })
  await world.advance('PT1S')
  expect(receiver.received.map(({ text }) => JSON.parse(text))).toMatchObject([
    {
      event: 'message.refused',
      errcode: 43004,
      msgid_str: ids[0],
    },
  ])
})
