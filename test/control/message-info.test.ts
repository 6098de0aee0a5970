import { expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'

onEither('message.info', (database) => {
  it('answers one message by its key or msgid, with whose phone it is on and what the platform did about it', async () => {
    const { world, platform, acme, wang } = await startSim({ database })
    const sent = await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入' })
    const { msgid_str } = sent as unknown as { msgid_str: string }
    const info = await world.call('message.info', { message: msgid_str })
    expect(info).toMatchObject({
      msgid_str,
      state: 'delivered',
      account: 'acme',
      person: wang.id,
      judged: 'not_needed',
      fall_backs: [],
    })
    const { message } = info as { message: string }
    expect(await world.call('message.info', { message })).toEqual(info)
  })

  it('of a mobile that nobody registered answers nobody; a later attempt under its client_msg_id counts', async () => {
    const { world, platform, acme, wang } = await startSim({ database })
    const again = { message: '欢迎加入', client_msg_id: 'order-1' }
    await platform.sends(acme, { mobile: '13900139000', ...again })
    const newest = async () =>
      ((await world.call('message.search')) as { items: { message: string }[] }).items[0]
    const first = await newest()
    expect(await world.call('message.info', { message: first?.message })).toMatchObject({
      person: null,
      judged: 'pending',
    })
    await world.register('13900139000')
    await platform.sends(acme, { mobile: '13900139000', ...again })
    expect(await world.call('message.info', { message: first?.message })).toMatchObject({
      judged: 'retried',
    })
    await wang.unfollows(acme)
    await platform.sends(acme, { mobile: wang.mobile, message: '二' })
    const refused = await newest()
    expect(await world.call('message.info', { message: refused?.message })).toMatchObject({
      state: 'refused',
      name: '王小雨',
      person: wang.id,
    })
  })
})

it('a message that there is not is told with those that there are', async () => {
  const { http, platform, acme, wang } = await startSim()
  await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入' })
  const { status, json } = await http('GET', '/_sim/v1/worlds/test/messages/1')
  expect(status).toBe(404)
  expect(json).toMatchObject({ field: 'message', fix: expect.stringContaining('use one of') })
})
