import { expect, it } from 'vitest'
import { isSigned, startReceiver } from '../callback-receiver.ts'
import { startSim } from '../sim.ts'
import { breaks, faultsOf } from './breaks.ts'

const secret = 'a-secret-of-callbacks'

/** A platform that is told of everything; `tells` sends and lets the clock go on. */
async function start() {
  const sim = await startSim()
  const receiver = await startReceiver()
  const callback = { url: receiver.url, secret }
  await sim.world.call('account.update', { eid: 'acme', callback })
  const sends = async (mobile = sim.wang.mobile) => {
    await sim.platform.sends(sim.acme, { mobile })
  }
  const tells = async (by: string) => {
    const { ran } = (await sim.world.advance(by)) as unknown as { ran: { outcome: string }[] }
    return ran.map(({ outcome }) => outcome)
  }
  const states = async () => {
    const { items } = (await sim.world.call('callback.list')) as {
      items: { state: string; tries: number; callback: string }[]
    }
    return items
  }
  return { ...sim, receiver, sends, tells, states }
}

const how = (fault: object) => ({ surface: 'callback', times: 1, ...fault })

it.each([
  { fault: { delivery: 'drop' }, outcomes: ['dropped'], received: 0, state: 'delivered' },
  { fault: { delivery: 'twice' }, outcomes: ['delivered'], received: 2, state: 'delivered' },
  {
    fault: { transport: 'reset' },
    outcomes: ['tried: reset', 'delivered'],
    received: 1,
    state: 'delivered',
  },
  {
    fault: { transport: 'reset', stage: 'after' },
    outcomes: ['tried: reset', 'delivered'],
    received: 2,
    state: 'delivered',
  },
  {
    fault: { answer: { status: 500 } },
    outcomes: ['tried: 500', 'delivered'],
    received: 1,
    state: 'delivered',
  },
  {
    fault: { transport: 'garbage', stage: 'after' },
    outcomes: ['delivered'],
    received: 1,
    state: 'delivered',
  },
  { fault: { delay: '20ms' }, outcomes: ['delivered'], received: 1, state: 'delivered' },
])(
  'a callback with $fault: the platform hears $received',
  async ({ fault, outcomes, received, state }) => {
    const { world, receiver, sends, tells, states } = await start()
    await breaks(world, how({ endpoint: 'message.delivered', account: 'acme', ...fault }))
    await sends()
    expect(await tells('PT10S')).toEqual(outcomes)
    expect(receiver.received).toHaveLength(received)
    expect(new Set(receiver.events).size).toBe(Math.min(received, 1))
    expect(await states()).toMatchObject([{ state }])
    expect(await faultsOf(world)).toMatchObject([{ hits: 1 }])
    const { items } = (await world.call('exchange.list', { surface: 'callback' })) as {
      items: { decision: { rule: string }[] }[]
    }
    const first = items.at(-1)?.decision.map(({ rule }) => rule)
    expect(first).toEqual(['fault.applied', 'callback.acknowledged'])
  },
)

it('a second one comes whatever the first was answered', async () => {
  const { world, receiver, sends, tells } = await start()
  receiver.manner = 500
  await breaks(world, how({ delivery: 'twice' }))
  await sends()
  expect(await tells('PT1S')).toEqual(['tried: 500'])
  expect(receiver.received).toHaveLength(2)
})

it('a bad signature and an old timestamp are what they say, and only those', async () => {
  const { world, receiver, sends, tells } = await start()
  await breaks(world, {
    surface: 'callback',
    sequence: [{ delivery: 'bad_signature' }, { delivery: 'old_timestamp' }],
  })
  for (let n = 0; n < 3; n++) {
    await sends()
    await tells('PT1S')
  }
  const seen = receiver.received.map((one) => {
    const age = Date.now() / 1000 - Number(one.headers['x-tupu-timestamp'])
    return { isSigned: isSigned(one, secret), isOld: age > 600 }
  })
  expect(seen).toEqual([
    { isSigned: false, isOld: false },
    { isSigned: true, isOld: true },
    { isSigned: true, isOld: false },
  ])
})

it('swapped, a callback comes behind the next one; when there is none, ten seconds later', async () => {
  const { world, receiver, sends, tells, states } = await start()
  await breaks(world, { surface: 'callback', delivery: 'swap', times: 2 })
  for (let n = 0; n < 3; n++) await sends()
  expect(await tells('PT1S')).toEqual(['swapped', 'delivered', 'delivered', 'delivered'])
  const [first, second, third] = (await states()).map(({ callback }) => callback)
  expect(receiver.events).toEqual([second, first, third])
  await breaks(world, how({ delivery: 'swap' }))
  await sends()
  expect(await tells('PT9S')).toEqual(['swapped'])
  await sends()
  expect(await tells('PT1S')).toEqual(['delivered', 'delivered'])
  const all = (await states()).map(({ callback }) => callback)
  expect(receiver.events.slice(3)).toEqual([all[4], all[3]])
  await breaks(world, how({ delivery: 'swap' }))
  await sends()
  expect(await tells('PT10S')).toEqual(['swapped', 'delivered'])
})
