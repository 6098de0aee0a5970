import { expect, it } from 'vitest'
import { onBoth } from '../database.ts'
import { dump, startErasing } from '../journal/erasure.ts'
import type { StartOptions } from '../sim.ts'

const mobile = '13900139000'
const send = { mobile, message: '请于周五入职', client_msg_id: 'order-17' }

async function startWithdrawn(database: 'sqlite' | 'postgres', options: StartOptions = {}) {
  const sim = await startErasing(database, options)
  const { acme, platform, world } = sim
  await world.register(mobile, { name: '陈大文' })
  const answer = await platform.sends(acme, send)
  expect(answer).toMatchObject({ errcode: 0 })
  await world.call('association.withdraw', { mobile })
  return { ...sim, answer }
}

onBoth('the client_msg_id of a message whose receiver has withdrawn', (database) => {
  it('gives the same answer for the 24 hours, also when the mobile is registered anew', async () => {
    const { acme, answer, platform, world } = await startWithdrawn(database)
    expect(await platform.sends(acme, send)).toEqual(answer)
    await world.register(mobile)
    expect(await platform.sends(acme, send)).toEqual(answer)
    expect(await platform.sends(acme, { ...send, message: 'other' })).toMatchObject({
      errcode: 100015,
    })
    const again = await platform.sends(acme, { ...send, client_msg_id: 'order-18' })
    expect(again).toMatchObject({ errcode: 0 })
    expect(again.msgid_str).not.toBe(answer.msgid_str)
  })

  it('finds no message, and stands nowhere', async () => {
    const { acme, other, platform } = await startWithdrawn(database)
    const found = await platform.get(`/messages?eid=${acme.eid}&client_msg_id=order-17`)
    expect(found.json).toMatchObject({ errcode: 100017 })
    const rows = (await dump(other)).filter(({ table }) => !table.startsWith('exchange'))
    expect(rows.filter(({ text }) => /order-17|周五/.test(text))).toEqual([])
  })

  it('is forgotten when they are over', async () => {
    const { acme, platform, world, other } = await startWithdrawn(database)
    const { ran } = await world.advance('P1D')
    expect(ran).toMatchObject([{ kind: 'forget', outcome: 'forgotten' }])
    expect(await platform.sends(acme, send)).toMatchObject({ errcode: 100011 })
    const kept = await other.rows(
      'select remembered, body_hash from message where erased_at is not null',
    )
    expect(kept).toEqual([{ remembered: null, body_hash: null }])
  })
})
