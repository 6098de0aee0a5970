import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'

const strays_max = 20

/** Rules of the unclaimed calls, the newest first. */
async function rulesOf(world: Awaited<ReturnType<typeof startSim>>['world']) {
  const { items } = (await world.call('stray.list')) as { items: { rule: string }[] }
  return items.map(({ rule }) => rule)
}

it('a call that named an account is claimed, whatever became of it', async () => {
  const { world, http, platform, acme, wang } = await startSim()
  await http('POST', '/w/test/messages', { mobile: wang.mobile, message: 'x' })
  await http('POST', '/w/test/tupu/v1/messages', { eid: 'nobody-1', mobile: wang.mobile })
  await platform.sends(acme, { mobile: wang.mobile, message: '长'.repeat(250) })
  await platform.sends(acme, { mobile: wang.mobile, message: '' })
  await platform.sends(acme, { mobile: '12345' })
  await platform.sends(acme, { mobile: wang.mobile })
  await world.call('association.withdraw', { mobile: wang.mobile })
  expect(await rulesOf(world)).toEqual(['eid.known', 'path.served'])
})

it('is found behind any number of calls that a fault has met', async () => {
  const { world, http, platform, acme, wang } = await startSim()
  await http('POST', '/w/test/tupu/v1/messages', { eid: 'nobody-1', mobile: wang.mobile })
  await world.call('fault.create', { endpoint: 'message.send', errcode: -1 })
  for (let n = 0; n < strays_max + 5; n++) await platform.sends(acme, { mobile: wang.mobile })
  expect(await rulesOf(world)).toEqual(['eid.known'])
})
