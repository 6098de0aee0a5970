import { describe, expect, it } from 'vitest'
import { createSimulator } from '../../src/simulator.ts'
import { onBoth } from '../database.ts'
import { type Sim, startSim } from '../sim.ts'
import { authorizePath } from '../wechat/oauth/visitor.ts'
import { breaks, faultsOf } from './breaks.ts'

const send = ({ platform, acme, wang }: Sim, body = {}) =>
  platform.sends(acme, { mobile: wang.mobile, ...body })

async function codes(sim: Sim, count: number, body = {}): Promise<number[]> {
  const all: number[] = []
  for (let n = 0; n < count; n++) all.push((await send(sim, body)).errcode)
  return all
}

onBoth('a fault', (database) => {
  it('is told as it was given, with what has become of it, and is spent after its times', async () => {
    const sim = await startSim({ database })
    const given = {
      name: 'busy twice',
      surface: 'wechat',
      endpoint: 'template.send',
      account: 'acme',
      mobile: '138 0013 8002',
      times: 2,
      errcode: -1,
    }
    const made = { ...given, fault: 'f000001', hits: 0, fits: 0, left: 2, state: 'active' }
    const { status, json } = await sim.http('POST', '/_sim/v1/worlds/test/faults', given)
    expect([status, json]).toEqual([201, made])
    expect(await codes(sim, 3)).toEqual([-1, -1, 0])
    const spent = { ...made, hits: 2, fits: 3, left: 0, state: 'spent' }
    expect(await faultsOf(sim.world)).toEqual([spent])
    expect(await sim.world.call('fault.get', { fault: 'f000001' })).toEqual(spent)
    expect(await sim.wang.inbox()).toHaveLength(1)
  })
})

it('counts what fits, though another one decides; the first that applies does', async () => {
  const sim = await startSim()
  await breaks(sim.world, { errcode: 100018, after: 1, times: 1 })
  await breaks(sim.world, { errcode: 45009, surface: 'tupu', times: 2 })
  expect(await codes(sim, 4)).toEqual([45009, 100018, 45009, 0])
  expect(await faultsOf(sim.world)).toMatchObject([
    { hits: 1, fits: 4, state: 'spent' },
    { hits: 2, fits: 4, state: 'spent' },
  ])
})

it('strikes by chance: the same calls in every run with this seed', async () => {
  const runs: number[][] = []
  for (let run = 0; run < 2; run++) {
    const sim = await startSim()
    await breaks(sim.world, { errcode: -1, probability: 0.5, times: 4 })
    runs.push(await codes(sim, 14))
  }
  expect(runs[1]).toEqual(runs[0])
  expect(runs[0]?.filter((code) => code === -1)).toHaveLength(4)
})

it('takes turns, lets pass what its sequence lets pass, and then is spent', async () => {
  const sim = await startSim()
  const sequence = [{ errcode: 100018 }, { pass: true }, { answer: { body: { errcode: 7 } } }]
  await breaks(sim.world, { sequence })
  expect(await codes(sim, 4)).toEqual([100018, 0, 7, 0])
  expect(await faultsOf(sim.world)).toMatchObject([{ hits: 3, fits: 4, left: 0, state: 'spent' }])
})

it('is over at its end, by the clock of the world', async () => {
  const sim = await startSim()
  await breaks(sim.world, { errcode: -1, until: '2h' })
  expect(await codes(sim, 1)).toEqual([-1])
  await sim.world.advance('PT2H')
  expect(await codes(sim, 1)).toEqual([0])
  expect(await faultsOf(sim.world)).toMatchObject([{ hits: 1, fits: 1, left: null, state: 'over' }])
})

describe('which calls are meant', () => {
  it.each([
    { by: { endpoint: 'message.send' }, hits: 2 },
    { by: { endpoint: 'message.*' }, hits: 2 },
    { by: { endpoint: 'registration.query' }, hits: 0 },
    { by: { account: 'acme' }, hits: 2 },
    { by: { account: 'globex' }, hits: 0 },
    { by: { mobile: '+86 138-0013-8002' }, hits: 1 },
    { by: { person: 'wang' }, hits: 1 },
    { by: { person: 'han' }, hits: 0 },
    { by: { surface: 'wechat', mobile: '13800138002' }, hits: 1 },
    { by: { surface: 'wechat', person: 'fang' }, hits: 1 },
    { by: { surface: 'wechat', endpoint: 'template.*' }, hits: 2 },
    { by: { surface: 'wechat', account: 'globex' }, hits: 0 },
    { by: { surface: 'callback' }, hits: 0 },
  ])('$by: $hits of two sends', async ({ by, hits }) => {
    const sim = await startSim()
    await breaks(sim.world, { ...by, ...('surface' in by ? { delay: '1ms' } : { errcode: -1 }) })
    await send(sim)
    await send(sim, { mobile: sim.fang.mobile })
    expect(await faultsOf(sim.world)).toMatchObject([{ hits }])
  })

  it('is not asked of a stranger, and not before permission', async () => {
    const sim = await startSim()
    await breaks(sim.world, { errcode: -1 })
    expect(await send(sim, { eid: 'nobody' })).toMatchObject({ errcode: 100001 })
    expect(await sim.platform.sends(sim.globex, {})).toMatchObject({ errcode: 100002 })
    expect(await send(sim, { mobile: undefined })).toMatchObject({ errcode: -1 })
    expect(await faultsOf(sim.world)).toMatchObject([{ fits: 1 }])
  })

  it('meets pages of candidates and of phones, too', async () => {
    const sim = await startSim()
    const broken = { answer: { status: 503, headers: { 'Retry-After': '1' }, body: 'down' } }
    await breaks(sim.world, { surface: 'register', account: 'acme', ...broken })
    await breaks(sim.world, { surface: 'phone', person: 'li', ...broken })
    const get = async (path: string) => (await sim.http('GET', `/w/test${path}`)).status
    expect(await get(`/register/${sim.acme.eid}`)).toBe(503)
    expect([await get('/phone/li'), await get('/phone/wang')]).toEqual([503, 200])
    const { headers, text } = await sim.http('GET', '/w/test/phone/li')
    expect([headers.get('retry-after'), text]).toEqual(['1', 'down'])
  })
})

it('leaves its step, with name and hit, and the call that would end it', async () => {
  const sim = await startSim()
  await breaks(sim.world, { name: 'down', errcode: 45009, errmsg: 'come back later' })
  await sim.world.call('fault.clear')
  await breaks(sim.world, { name: 'down', surface: 'tupu', errcode: 7, errmsg: 'seven' })
  expect(await send(sim)).toEqual({ errcode: 7, errmsg: 'seven' })
  const { items } = (await sim.world.call('exchange.list', { surface: 'tupu' })) as {
    items: { decision: unknown[] }[]
  }
  const fix = { call: 'fault.delete', input: { fault: 'f000002' } }
  const row = { fault: 'f000002', name: 'down', hit: 1 }
  expect(items[0]?.decision.at(-1)).toEqual({ rule: 'fault.applied', row, actual: 7, fix })
  await sim.world.call(fix.call, fix.input)
  expect(await send(sim)).toMatchObject({ errcode: 0 })
})

it('of the world’s body outlives a reset; one that a call has made does not; exports have both', async () => {
  const faults = [{ name: 'kept', errcode: -1, times: 1, person: 'p25' }]
  const people = Array.from({ length: 26 }, (_, n) => ({
    key: `p${n}`,
    mobile: `138001390${n + 10}`,
  }))
  const sim = await startSim({ world: { faults, people } as object })
  await breaks(sim.world, { name: 'gone', delay: '1ms' })
  expect(
    (await sim.http('GET', '/_sim/v1/worlds/test/export')).json['tables']?.['fault'],
  ).toMatchObject([{ given: JSON.stringify(faults[0]) }, { fault: 'f000002' }])
  await send(sim, { mobile: '13800139035' })
  expect(await faultsOf(sim.world)).toMatchObject([{ hits: 1 }, { name: 'gone', hits: 0, fits: 1 }])
  await sim.world.call('world.reset')
  expect(await faultsOf(sim.world)).toMatchObject([{ name: 'kept', hits: 0, state: 'active' }])
})

it('are listed, those that were never used too, and ended one by one or all', async () => {
  const sim = await startSim()
  for (const name of ['a', 'b', 'c']) await breaks(sim.world, { name, errcode: -1, times: 1 })
  await send(sim)
  const path = '/_sim/v1/worlds/test/faults'
  expect((await sim.http('GET', `${path}?unused=true`)).json).toMatchObject({
    items: [{ name: 'b' }, { name: 'c' }],
  })
  for (const gone of [`${path}/f000002`, `${path}/f000002`, path])
    expect((await sim.http('DELETE', gone)).status).toBe(204)
  expect(await faultsOf(sim.world)).toEqual([])
  expect((await sim.http('GET', `${path}/f000001`)).status).toBe(404)
  expect(await send(sim)).toMatchObject({ errcode: 0 })
})

const offenders = [
  [{}, 'errcode', /exactly one of/],
  [{ errcode: -1, transport: 'reset' }, 'transport', /exactly one of/],
  [{ errcode: 0 }, 'errcode', /^give another code, such as -1$/],
  [{ errcode: 7 }, 'errmsg', /errmsg/],
  [{ errmsg: 'x', transport: 'reset' }, 'errmsg', /errcode/],
  [{ transport: 'rest' }, 'transport', /use one of: reset/],
  [{ surface: 'gateway', delay: '1s' }, 'surface', /use one of: tupu, wechat/],
  [{ surface: 'control', delay: '1s' }, 'surface', /wechat/],
  [{ surface: 'register', errcode: -1 }, 'errcode', /answer or transport/],
  [{ delivery: 'drop' }, 'delivery', /callback or push/],
  [{ surface: 'callback', errcode: -1 }, 'errcode', /answer or transport/],
  [{ delay: 'PT61S' }, 'delay', /./],
  [{ errcode: -1, endpoint: 'mesage.send' }, 'endpoint', /use one of: message\.send/],
  [{ surface: 'tupu', errcode: -1, endpoint: 'template.send' }, 'endpoint', /surface: wechat/],
  [{ errcode: -1, account: 'acne' }, 'account', /use one of: acme/],
  [{ errcode: -1, person: 'wong' }, 'person', /use one of: wang/],
  [{ errcode: -1, mobile: '123' }, 'mobile', /13800138000/],
  [{ errcode: -1, probability: 2 }, 'probability', /./],
  [{ errcode: -1, until: 'soon' }, 'until', /./],
  [{ errcode: -1, times: 0 }, 'times', /./],
  [{ errcode: -1, colour: 'red' }, 'colour', /./],
  [{ sequence: [{ pass: true }], times: 3 }, 'times', /leave it out/],
  [
    { sequence: [{ errcode: -1 }, {}] },
    'sequence.1.errcode',
    /exactly one of errcode, answer, transport, delivery, pass/,
  ],
  [{ answer: { headers: { 'Content-Length': '3' } } }, 'answer.headers', /./],
  [{ answer: { body: { text: 'x'.repeat(65_536) } } }, 'answer.body', /./],
  [{ answer: { body: [1] } }, 'answer.body', /correct it/],
  [
    { sequence: Array.from({ length: 3 }, () => ({ answer: { body: 'x'.repeat(60_000) } })) },
    'sequence',
    /./,
  ],
  [{ answer: { headers: { trailer: 'Digest' } } }, 'answer.headers', /./],
  [{ answer: { headers: { 'Retry After': '3' } } }, 'answer.headers', /./],
] as const

describe('a fault that says too little, too much, or what there is not', () => {
  it('is refused at the field, with reason and fix, and leaves nothing', async () => {
    const { http, world } = await startSim()
    for (const [fault, field, fix] of offenders) {
      const { status, json } = await http('POST', '/_sim/v1/worlds/test/faults', fault)
      const [reason, way] = [/./, fix].map((text) => expect.stringMatching(text))
      expect([fault, status, json]).toEqual([
        fault,
        422,
        expect.objectContaining({ field, reason, fix: way }),
      ])
    }
    expect(await faultsOf(world)).toEqual([])
  })

  it('is named by its place in the body of a world', async () => {
    const { sim } = await startSim()
    const faults = [{ errcode: -1 }, { errcode: -1, account: 'acne' }]
    await expect(sim.call('world.create', { name: 'w2', faults })).rejects.toMatchObject({
      status: 422,
      problem: { field: 'faults.1.account' },
    })
  })

  it('is named by its place in the list of a configuration; one that means something is made', async () => {
    const start = (faults: object[]) =>
      createSimulator({ worlds: [{ name: 'w2', faults }] as never })
    await expect(start([{ errcode: -1, person: 'wong' }])).rejects.toMatchObject({
      field: 'worlds.0.faults.0.person',
    })
    await using sim = await start([{ errcode: -1, person: 'wang' }])
    const { items } = (await sim.call('fault.list', { world: 'w2' })) as { items: unknown[] }
    expect(items).toMatchObject([{ person: 'wang', state: 'active' }])
  })
})

it('meets WeChat’s own pages, by their account and whose phone it is: a code becomes the error page', async () => {
  const { http, acme, world } = await startSim()
  const path = authorizePath(acme)
  const open = (who: string) => http('GET', `/w/test/as/${who}${path}`)
  const page = { surface: 'wechat', endpoint: 'oauth.authorize', account: 'acme', times: 1 }
  await breaks(world, { ...page, person: 'li', errcode: 45009 })
  expect((await open('wang')).status).toBe(302)
  const refused = await open('li')
  expect(refused.status).toBe(200)
  expect(refused.headers.get('content-type')).toContain('text/html')
  expect(refused.text).toContain('reach max api daily quota limit')
  expect(refused.text).toContain('45009')
  expect(refused.headers.get('location')).toBeNull()
  expect((await open('li')).status).toBe(302)
  await breaks(world, { ...page, errcode: 12345, errmsg: '系统繁忙', stage: 'after' })
  expect((await open('li')).text).toContain('系统繁忙')
  await breaks(world, { ...page, answer: { status: 502, body: 'bad gateway' } })
  expect(await open('li')).toMatchObject({ status: 502, text: 'bad gateway' })
  await breaks(world, { ...page, endpoint: 'oauth.*', transport: 'reset' })
  await expect(open('li')).rejects.toThrow('fetch failed')
  expect((await faultsOf(world)).map(({ hits }) => hits)).toEqual([1, 1, 1, 1])
})

it.each([
  [{ errcode: -1, endpoint: 'template.send' }, 'wechat'],
  [{ errcode: -1, endpoint: 'template.*' }, 'wechat'],
  [{ transport: 'reset', endpoint: 'sms.send' }, 'sink'],
  [{ answer: { status: 503 }, endpoint: 'oauth.authorize' }, 'wechat'],
  [{ delay: '1s', endpoint: 'message.delivered' }, 'callback'],
  [{ errcode: -1, endpoint: 'message.send' }, 'tupu'],
  [{ errcode: 43004 }, 'wechat'],
])(
  'without a surface %j is of %s: the endpoint goes before the code where only one has it',
  async (given, surface) => {
    const { world } = await startSim()
    await breaks(world, given)
    const path = '/_sim/v1/worlds/test/export'
    const { tables } = (await world.call('world.export')) as {
      tables: { fault: { plan: unknown }[] }
    }
    expect([path, JSON.stringify(tables.fault[0]?.plan)]).toEqual([
      path,
      expect.stringContaining(`surface\\":\\"${surface}`),
    ])
  },
)

it('of a call by secret meets who knows the secret: a wrong one is refused as ever, and counts nothing', async () => {
  const { http, acme, world } = await startSim()
  await breaks(world, { surface: 'wechat', endpoint: 'token.get', errcode: 45009, times: 1 })
  const ask = async (secret: string) => {
    const query = `grant_type=client_credential&appid=${acme.appid}&secret=${secret}`
    return (await http('GET', `/cgi-bin/token?${query}`)).json['errcode']
  }
  expect(await ask('0'.repeat(32))).toBe(40125)
  expect(await faultsOf(world)).toMatchObject([{ fits: 0, hits: 0 }])
  expect(await ask(acme.info.app_secret ?? '')).toBe(45009)
  expect(await ask(acme.info.app_secret ?? '')).toBeUndefined()
})
