import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createSimulator } from '../../src/simulator.ts'
import { onBoth } from '../database.ts'
import { beside, emptyPlace } from '../db/place.ts'
import { type Http, httpOf, startSim } from '../sim.ts'

interface Shown {
  readonly seq: number
  readonly trace: string
  readonly endpoint: string
  readonly status: number
  readonly decision: readonly (string | { rule: string; actual?: unknown })[]
}

async function journal(
  http: Http,
  world = 'test',
): Promise<{ items: Shown[]; next_cursor: string | null; dropped: number }> {
  return (await http('GET', `/_sim/v1/worlds/${world}/exchanges`)).json as never
}

const rules = (exchange: Shown | undefined) =>
  exchange?.decision.map((step) => (typeof step === 'string' ? step : step.rule))

onBoth('the journal', (database) => {
  it('keeps every call with its decision, the good ones too, and its trace leads there', async () => {
    const { http, acme, wang, platform } = await startSim({ database })
    const calls = [
      {
        answer: await platform.post('/messages', {
          eid: acme.eid,
          mobile: wang.mobile,
          message: 'x',
        }),
        last: 'wechat.accepted',
      },
      {
        answer: await platform.post('/messages', {
          eid: acme.eid,
          mobile: '13900139000',
          message: 'x',
        }),
        last: 'association.known',
      },
      {
        answer: await platform.post('/messages', { eid: acme.eid, mobile: 'x', message: 'x' }),
        last: 'mobile.valid',
      },
      { answer: await platform.post('/messages', '['), last: 'body.json' },
      { answer: await platform.get('/nothing'), last: 'request.unknown_path' },
      { answer: await http('PUT', '/w/test/tupu/v1/messages', {}), last: 'request.wrong_method' },
      {
        answer: await http('GET', `/w/test/cgi-bin/token?appid=${acme.appid}`),
        last: 'grant_type.known',
      },
      {
        answer: await http('POST', '/_sim/v1/worlds/test/people/nobody/follow'),
        last: 'control.not_found',
      },
    ]
    for (const { answer, last } of calls) {
      const trace = answer.headers.get('x-sim-trace')
      const { json } = await http('GET', `/_sim/v1/worlds/test/exchanges?trace=${trace}`)
      const found = json['items'] as unknown as Shown[]
      expect(found, last).toMatchObject([{ trace, status: answer.status }])
      expect(rules(found[0])?.at(-1)).toBe(last)
    }
    const { items } = await journal(http)
    expect(items).toHaveLength(calls.length + 1)
    const good = items.at(-2)
    // TUPU's own steps first, then WeChat's.
    const steps = [
      'eid.known',
      'account.live',
      'mobile.valid',
      'association.known',
      'template.known',
      'follower.following',
      'data.valid',
      'wechat.accepted',
    ]
    expect(rules(good)?.filter((rule) => steps.includes(rule))).toEqual(steps)
  })
})

describe('a bounded journal', () => {
  it.each([
    { bound: { exchanges_max: 50 }, sends: 60, kept: 50 },
    { bound: { bytes_max: 30_000 }, sends: 60, kept: 60 },
  ])('drops its oldest tenth above $bound, and says how many', async ({ bound, sends, kept }) => {
    const { http, acme, wang, platform, world } = await startSim({ journal: bound })
    for (let i = 0; i < sends; i++)
      await platform.sends(acme, { mobile: wang.mobile, message: `m${i}` })
    await expect
      .poll(async () => (await journal(http)).dropped, { timeout: 10_000 })
      .toBeGreaterThan(0)
    const { items, dropped } = await journal(http)
    expect(items.length + dropped).toBe(sends + 1)
    expect(items.length).toBeLessThan(kept)
    // What is left is the newest, without a gap.
    const seqs = items.map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.map((_, i) => Number(seqs[0]) - i))
    if ('exchanges_max' in bound) expect(items).toHaveLength(45)
    const messages = await world.messages()
    expect(messages.map(({ line }) => line)).toEqual(
      Array.from({ length: sends }, (_, i) => `m${i}`),
    )
    await vi.waitFor(async () => {
      const { text } = await http('GET', '/metrics')
      expect(text).toContain(`tupu_sim_exchanges_dropped ${(await journal(http)).dropped}\n`)
    })
    await world.reset()
    expect(await journal(http)).toMatchObject({ dropped: 0, items: [{ endpoint: 'world.reset' }] })
  })

  it('leaves other worlds theirs', async () => {
    const { http, acme, platform, sim } = await startSim({ journal: { exchanges_max: 20 } })
    const quiet = await sim.world({ name: 'quiet' })
    await quiet.register('13800138000')
    for (let i = 0; i < 30; i++) await platform.sends(acme, { mobile: 'x' })
    await expect
      .poll(async () => (await journal(http)).dropped, { timeout: 10_000 })
      .toBeGreaterThan(0)
    expect(await journal(http, 'quiet')).toMatchObject({
      dropped: 0,
      items: [{ endpoint: 'association.create' }, { endpoint: 'world.create' }],
    })
  })
})

onBoth('a mistake of the simulator’s own', (database) => {
  /** A database in which somebody has broken accounts and messages, behind the simulator's back. */
  async function damaged() {
    const data = await emptyPlace(database)
    const before = await startSim({ data })
    await before.platform.sends(before.acme, { mobile: before.wang.mobile })
    await before.sim.close()
    const other = await beside(data)
    await other.rows("update account set gateway = '{'")
    await other.rows("update template_message set shown = '{'")
    const logged: { event: string; fields: unknown }[] = []
    const log = (_level: string, event: string, fields?: object) => logged.push({ event, fields })
    const sim = await createSimulator({ data, log: (...line) => void log(...line) })
    onTestFinished(() => sim.close())
    const http = httpOf(sim)
    return { http, logged, other }
  }

  it('is answered with 500 in its own name, kept with its trace, logged, and leaves nothing else', async () => {
    const { http, logged, other } = await damaged()
    const path = '/_sim/v1/worlds/test/accounts/acme'
    const answer = await http('PATCH', path, { company: '新名' })
    const trace = String(answer.headers.get('x-sim-trace'))
    expect(answer).toMatchObject({
      status: 500,
      json: {
        title: 'The simulator made a mistake',
        reason: expect.stringContaining('JSON'),
        fix: expect.stringContaining(trace),
      },
    })
    const { items } = await journal(http)
    expect(items[0]).toMatchObject({ trace, endpoint: 'account.update', status: 500 })
    expect(rules(items[0])).toEqual(['simulator.bug'])
    expect(logged).toMatchObject([{ event: 'bug', fields: { endpoint: 'account.update' } }])
    const kept = await other.rows("select company from account where key = 'acme'")
    expect(kept).toEqual([{ company: '晨光科技' }])
  })

  it('is kept also of a look, which leaves nothing when it goes well', async () => {
    const { http } = await damaged()
    const answer = await http('GET', '/_sim/v1/worlds/test/messages')
    expect(answer.status).toBe(500)
    const trace = answer.headers.get('x-sim-trace')
    expect((await journal(http)).items[0]).toMatchObject({ trace, endpoint: 'message.list' })
  })
})
