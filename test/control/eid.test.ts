import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { type Sim, startSim } from '../sim.ts'
import { tables } from '../tupu/journal.ts'
import { life, stepOf } from '../tupu/life.ts'

const eid_path = '/_sim/v1/worlds/test/accounts/acme/eid'

/** Calls one of the EID's verbs. */
function turn({ http }: Sim, verb: string, body: object = {}) {
  return http('POST', `${eid_path}/${verb}`, body)
}

onEither('an account’s EID', (database) => {
  it('is issued once, confirmed once, and each is written down with its instant', async () => {
    const { world } = await startSim({ database })
    await world.advance('P1D')
    for (let i = 0; i < 2; i++) await world.call('eid.issue', { eid: 'globex' })
    await world.advance('P1D')
    for (let i = 0; i < 2; i++) await world.call('eid.confirm', { eid: 'globex' })
    const { eid, events } = await life(world, 'globex')
    expect(events).toEqual([
      { at: '2026-01-05T01:00:00.000Z', verb: 'enquired', detail: {} },
      { at: '2026-01-06T01:00:00.000Z', verb: 'eid_issued', detail: { eid } },
      { at: '2026-01-07T01:00:00.000Z', verb: 'eid_confirmed', detail: { eid } },
    ])
  })

  it('is confirmed by the platform in the same way, as often as it likes', async () => {
    const { world, http, globex } = await startSim({ database })
    const path = `/tupu/v1/accounts/${globex.eid}/confirm`
    const first = await http('POST', path)
    expect(first.json).toMatchObject({ errcode: 0, eid: globex.eid, live: false })
    expect(first.json['checklist']?.[8]).toEqual({
      step: 'eid_confirmed',
      done: true,
      at: '2026-01-05T01:00:00.000Z',
    })
    await world.advance('P1D')
    expect((await http('POST', path, '[1]')).json).toEqual(first.json)
    const { events } = await life(world, 'globex')
    expect(events.filter(({ verb }) => verb === 'eid_confirmed')).toHaveLength(1)
  })

  it('is suspended, works again, and is revoked; the page of candidates says so', async () => {
    const sim = await startSim({ database })
    const { acme, wang, platform, http } = sim
    const seen = async () => [
      (await platform.sends(acme, { mobile: wang.mobile })).errcode,
      (await http('GET', `/as/li/register/${acme.eid}`)).status,
    ]
    expect(await seen()).toEqual([0, 302])
    expect((await turn(sim, 'suspend')).json).toMatchObject({
      state: 'suspended',
      live: false,
      sendable: { ok: false, errcode: 100004, errmsg: 'eid suspended' },
    })
    expect(await seen()).toEqual([100004, 403])
    expect((await turn(sim, 'resume')).json).toMatchObject({ state: 'active' })
    expect(await seen()).toEqual([0, 302])
    expect((await turn(sim, 'revoke')).json).toMatchObject({ state: 'revoked' })
    expect(await seen()).toEqual([100005, 410])
  })
})

/** From a state, what each verb leads to; `null`: it is refused. */
const turns = [
  { from: [], verb: 'suspend', state: 'suspended', news: ['eid_suspended'] },
  { from: [], verb: 'resume', state: 'active', news: [] },
  { from: [], verb: 'revoke', state: 'revoked', news: ['eid_revoked'] },
  { from: [], verb: 'issue', state: 'active', news: [] },
  { from: [], verb: 'confirm', state: 'active', news: [] },
  { from: [], verb: 'rotate', state: 'active', news: ['eid_rotated'] },
  { from: ['suspend'], verb: 'suspend', state: 'suspended', news: [] },
  { from: ['suspend'], verb: 'resume', state: 'active', news: ['eid_resumed'] },
  { from: ['suspend'], verb: 'revoke', state: 'revoked', news: ['eid_revoked'] },
  { from: ['suspend'], verb: 'rotate', state: 'suspended', news: ['eid_rotated'] },
  { from: ['revoke'], verb: 'revoke', state: 'revoked', news: [] },
  { from: ['revoke'], verb: 'suspend', state: null, news: [] },
  { from: ['revoke'], verb: 'resume', state: null, news: [] },
  { from: ['revoke'], verb: 'issue', state: null, news: [] },
  { from: ['revoke'], verb: 'confirm', state: null, news: [] },
  { from: ['revoke'], verb: 'rotate', state: null, news: [] },
]

it.each(turns)('after $from, $verb leads to $state and writes down $news', async (row) => {
  const sim = await startSim()
  for (const verb of row.from) await turn(sim, verb)
  const before = await tables(sim.world)
  const { events } = await life(sim.world, 'acme')
  const answer = await turn(sim, row.verb)
  if (row.state === null) {
    expect(answer).toMatchObject({ status: 409, json: { type: 'conflict', field: 'eid' } })
    expect(await tables(sim.world)).toEqual(before)
    return
  }
  expect(answer).toMatchObject({ status: 200, json: { state: row.state } })
  const { events: after } = await life(sim.world, 'acme')
  expect(after.slice(events.length).map(({ verb }) => verb)).toEqual(row.news)
})

describe('eid.rotate', () => {
  it.each([
    { overlap: 'P31D', says: 'P30D' },
    { overlap: 'P30DT0.001S', says: 'P30D' },
    { overlap: 'tomorrow', says: 'duration' },
    { overlap: 7, says: 'not a text' },
  ])('refuses an overlap of $overlap, and changes nothing', async ({ overlap, says }) => {
    const sim = await startSim()
    const before = await tables(sim.world)
    const { status, json } = await turn(sim, 'rotate', { overlap })
    expect({ status, field: json['field'] }).toEqual({ status: 422, field: 'overlap' })
    expect(json['reason']).toContain(says)
    expect(await tables(sim.world)).toEqual(before)
  })

  it('takes an overlap of thirty days', async () => {
    const sim = await startSim()
    const { json } = await turn(sim, 'rotate', { overlap: 'P30D' })
    expect(json['eids']).toMatchObject([{ ends_at: '2026-02-04T01:00:00.000Z' }, { ends_at: null }])
  })

  it('refuses one that nobody was given yet', async () => {
    const { world } = await startSim()
    const rotating = world.call('eid.rotate', { eid: 'globex' })
    await expect(rotating).rejects.toMatchObject({
      status: 409,
      problem: { fix: 'call eid.issue' },
    })
    await world.call('eid.issue', { eid: 'globex' })
    const { eid } = (await world.call('eid.rotate', { eid: 'globex' })) as { eid: string }
    expect(await stepOf(world, eid, 'eid_issued')).toMatchObject({ done: true })
  })
})

it.each(['issue', 'confirm', 'suspend', 'resume', 'revoke', 'rotate'])(
  'eid.%s of an account that is not there is 404',
  async (verb) => {
    const { http } = await startSim()
    const path = `/_sim/v1/worlds/test/accounts/nobody/eid/${verb}`
    expect(await http('POST', path, {})).toMatchObject({ status: 404, json: { field: 'eid' } })
  },
)
