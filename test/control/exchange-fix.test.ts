import { describe, expect, it } from 'vitest'
import { cast, type Sim, startSim } from '../sim.ts'
import { exchanges } from '../tupu/journal.ts'

interface Fix {
  readonly call: string
  readonly input: Readonly<Record<string, unknown>>
}

/** The fix of the newest decision that has one, as the list shows it. */
async function latestFix({ world }: Sim): Promise<Fix> {
  for (const { decision } of await exchanges(world, {})) {
    for (const step of decision as readonly (string | { fix?: Fix })[]) {
      if (typeof step === 'object' && step.fix) return step.fix
    }
  }
  throw new Error('no decision has a fix')
}

const refusals: readonly {
  readonly when: string
  readonly errcode: number
  readonly first: (sim: Sim) => Promise<unknown>
  readonly mobile?: string
}[] = [
  {
    when: 'nobody registered the mobile',
    errcode: 100011,
    first: async () => {},
    mobile: '139 0013 9000',
  },
  {
    when: 'the person does not follow',
    errcode: 43004,
    first: ({ acme, wang }) => wang.unfollows(acme),
  },
  { when: 'the person has muted', errcode: 43101, first: ({ acme, wang }) => wang.mutes(acme) },
  {
    when: 'the EID is suspended',
    errcode: 100004,
    first: ({ world }) => world.call('eid.suspend', { eid: 'acme' }),
  },
  {
    when: 'no call is left in the minute',
    errcode: 100018,
    first: async ({ acme, platform, wang, world }) => {
      await world.call('account.update', { eid: 'acme', minute_limit: 1 })
      await platform.sends(acme, { mobile: wang.mobile })
    },
  },
]

describe('the fix of a decision', () => {
  it.each(refusals)('can be sent as the journal shows it, when $when', async (of) => {
    const sim = await startSim()
    const { acme, platform, wang, world } = sim
    const { errcode, first, mobile = wang.mobile } = of
    await first(sim)
    expect(await platform.sends(acme, { mobile })).toMatchObject({ errcode })
    const { call, input } = await latestFix(sim)
    await world.call(call, input)
    expect(await platform.sends(acme, { mobile })).toMatchObject({ errcode: 0 })
  })

  it('is whole beside what is masked, in the list and in the exchange alone', async () => {
    const { acme, http, platform, world } = await startSim()
    await platform.sends(acme, { mobile: '13900139000' })
    const [latest] = await exchanges(world)
    const masked = '139****9000'
    const fix = {
      call: 'association.create',
      input: { account: acme.eid, mobile: '+8613900139000' },
    }
    const step = { actual: expect.stringContaining(masked.slice(-8)), fix }
    expect(latest?.decision.at(-1)).toMatchObject(step)
    const path = `/_sim/v1/worlds/test/exchanges/${latest?.seq}`
    expect((await http('GET', path)).json['decision']).toContainEqual(expect.objectContaining(step))
  })
})

describe('an EID that nobody has', () => {
  it.each([
    { sent: (eid: string) => eid.toUpperCase(), isMeant: true },
    { sent: (eid: string) => `${eid}x`, isMeant: true },
    { sent: (eid: string) => eid.slice(1), isMeant: true },
    { sent: () => 'something-else', isMeant: false },
    { sent: (eid: string) => eid.repeat(20), isMeant: false },
  ])('is told with the one that was probably meant: $isMeant', async ({ sent, isMeant }) => {
    const { acme, platform, world } = await startSim()
    const eid = sent(acme.eid)
    const { json } = await platform.post('/messages', { eid, mobile: '13800138002', message: 'x' })
    expect(json).toEqual({ errcode: 100001, errmsg: 'unknown eid' })
    const [latest] = await exchanges(world)
    expect(latest?.decision).toEqual([
      {
        rule: 'eid.known',
        actual: expect.anything(),
        expected: { profile: 'default', ...(isMeant && { nearest: acme.eid }) },
      },
    ])
  })

  it('is looked for in the default world, when neither path nor EID names one', async () => {
    const world = { ...cast, name: 'default' }
    const reused = { name: 'default', if_exists: 'reuse' } as const
    const { acme, http, sim } = await startSim({ worlds: [world], world: reused })
    await http('POST', '/tupu/v1/messages', { eid: `${acme.eid}x`, mobile: '1', message: 'x' })
    const answer = await sim.call('exchange.list', { world: '_unattributed', surface: 'tupu' })
    expect(answer).toMatchObject({
      items: [{ decision: [{ rule: 'eid.known', expected: { nearest: acme.eid } }] }],
    })
  })
})
