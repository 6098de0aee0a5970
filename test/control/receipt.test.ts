import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'

/** A message that waits for its receipt, and the call that gives one. */
async function waiting(database: 'sqlite' | 'postgres' = 'sqlite') {
  const sim = await startSim({ database })
  const { acme, wang, platform, world, http } = sim
  await world.call('official_account.update', { appid: acme.appid, delivery: 'manual' })
  await platform.sends(acme, { mobile: wang.mobile })
  const message = await world.message()
  const give = (id: string, body: object) =>
    http('POST', `/_sim/v1/worlds/test/messages/${id}/receipt`, body)
  return { ...sim, message, give }
}

onEither('POST /_sim/v1/worlds/{world}/messages/{message}/receipt', (database) => {
  it('lets WeChat tell what became of a message, once', async () => {
    const { message, give, world, platform } = await waiting(database)
    expect(message).toMatchObject({ state: 'accepted', on_phone: true })
    await world.advance('P14D')
    expect(await world.message()).toMatchObject({ state: 'accepted' })
    const { status, json } = await give(message.message, { status: 'success' })
    expect(status).toBe(200)
    expect(json).toEqual({ ...message, state: 'delivered' })
    expect(await give(message.message, { status: 'user_block' })).toMatchObject({
      status: 409,
      json: { field: 'message', reason: 'its receipt has already arrived: success' },
    })
    const { json: looked } = await platform.get(`/messages/${message.msgid_str}?eid=${message.eid}`)
    expect(looked).toMatchObject({ state: 'delivered', state_at: '2026-01-19T01:00:00.000Z' })
  })
})

describe('a receipt', () => {
  it.each([
    { status: 'success', state: 'delivered', reason: null },
    { status: 'user_block', state: 'failed', reason: 'user_block' },
    { status: 'system_failed', state: 'failed', reason: 'system_failed' },
    { status: 'freq_limit', state: 'failed', reason: 'freq_limit' },
  ])('of $status makes a message $state', async ({ status, state, reason }) => {
    const { message, give } = await waiting()
    const { json } = await give(String(message.msgid_str), { status })
    expect(json).toMatchObject({ message: message.message, state, reason })
  })

  it('is refused for what WeChat has not accepted, and for what is not there', async () => {
    const { acme, platform, give, world, message } = await waiting()
    await platform.sends(acme, { mobile: '13900139000' })
    await platform.sends(acme, { mobile: '19900000000' })
    const [refused, magic] = (await world.messages()).slice(1)
    const success = { status: 'success' }
    expect((await give(String(refused?.message), success)).json).toMatchObject({
      status: 409,
      reason: 'WeChat has not accepted it',
    })
    expect((await give(String(magic?.message), success)).json).toMatchObject({
      status: 409,
      reason: expect.stringContaining('magic'),
    })
    expect((await give('1', success)).json).toMatchObject({ status: 404, field: 'message' })
    expect((await give('%00', success)).json).toMatchObject({ status: 422, field: 'message' })
    expect((await give(message.message, {})).json).toMatchObject({ status: 422, field: 'status' })
    expect((await give(message.message, { status: 'lost' })).json).toMatchObject({
      status: 422,
      field: 'status',
    })
  })
})
