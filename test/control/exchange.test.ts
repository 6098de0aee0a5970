import { describe, expect, it } from 'vitest'
import { onBoth, onEither } from '../database.ts'
import { first_instant, type Http, startSim } from '../sim.ts'

const exchanges = '/_sim/v1/worlds/test/exchanges'

interface Shown {
  readonly seq: number
  readonly trace: string
  readonly surface: string
  readonly endpoint: string
  readonly url: string
  readonly request: { readonly headers: Record<string, unknown>; readonly body: string }
  readonly answer: { readonly headers: Record<string, unknown>; readonly body: string }
  readonly decision: readonly unknown[]
}

async function list(
  http: Http,
  query = '',
): Promise<{ items: Shown[]; next_cursor: string | null; dropped: number }> {
  const { status, json } = await http('GET', `${exchanges}?${query}`)
  expect(status).toBe(200)
  return json as never
}

onBoth('GET /_sim/v1/worlds/{world}/exchanges', (database) => {
  it('lists what came in and what was answered, newest first, with the decision', async () => {
    const { http, acme, wang, platform } = await startSim({ database })
    await platform.sends(acme, { mobile: wang.mobile })
    const sent = await platform.post('/messages', {
      eid: acme.eid,
      mobile: '13900139000',
      message: 'x',
    })
    const { items, next_cursor, dropped } = await list(http)
    expect({ next_cursor, dropped }).toEqual({ next_cursor: null, dropped: 0 })
    expect(items.map(({ endpoint }) => endpoint)).toEqual([
      'message.send',
      'message.send',
      'world.create',
    ])
    expect(items[0]).toEqual({
      seq: expect.any(Number),
      trace: sent.headers.get('x-sim-trace'),
      direction: 'in',
      surface: 'tupu',
      endpoint: 'message.send',
      at: first_instant,
      real_at: expect.any(String),
      method: 'POST',
      url: '/w/test/tupu/v1/messages',
      request: {
        headers: expect.objectContaining({ 'content-type': 'text/plain;charset=UTF-8' }),
        body: `{"eid":"${acme.eid}","mobile":"139****9000","message":"x"}`,
      },
      status: 200,
      answer: {
        headers: { 'Content-Type': 'application/json; charset=utf-8' },
        body: '{"errcode":100011,"errmsg":"no openid for this mobile"}',
      },
      decision: expect.arrayContaining([
        'eid.known',
        expect.objectContaining({ rule: 'association.known', actual: '139****9000' }),
      ]),
    })
    expect((await http('GET', `${exchanges}/${items[0]?.seq}`)).json).toEqual(items[0])
  })

  it('is filtered by trace and by surface', async () => {
    const { http, acme, wang, platform } = await startSim({ database })
    await platform.sends(acme, { mobile: wang.mobile })
    await http('GET', `/cgi-bin/token?appid=${acme.appid}`)
    const sent = await platform.post('/messages', {
      eid: acme.eid,
      mobile: wang.mobile,
      message: 'x',
    })
    const trace = sent.headers.get('x-sim-trace')
    expect((await list(http, `trace=${trace}`)).items).toMatchObject([{ trace, status: 200 }])
    expect((await list(http, `trace=${trace}&surface=wechat`)).items).toEqual([])
    const surfaces = async (surface: string) =>
      (await list(http, `surface=${surface}`)).items.map((item) => item.surface)
    expect(await surfaces('tupu')).toEqual(['tupu', 'tupu'])
    expect(await surfaces('wechat')).toEqual(['wechat'])
    expect(await surfaces('control')).toEqual(['control'])
    expect(await surfaces('gateway')).toEqual([])
  })
})

onEither('the list of exchanges', (database) => {
  it('has pages of 100 that go back to the first', async () => {
    const { http, acme, platform } = await startSim({ database })
    const n = 230
    for (let i = 0; i < n; i++) await platform.sends(acme, { mobile: `x${i}` })
    const seen: string[] = []
    let after = ''
    for (let pages = 1; ; pages++) {
      const { items, next_cursor } = await list(http, `surface=tupu${after}`)
      seen.push(...items.map(({ request }) => JSON.parse(request.body).mobile))
      if (next_cursor === null) {
        expect(pages).toBe(3)
        break
      }
      expect(items).toHaveLength(100)
      after = `&after=${next_cursor}`
    }
    expect(seen).toEqual(Array.from({ length: n }, (_, i) => `x${n - 1 - i}`))
  })
})

describe('an exchange', () => {
  it.each([
    { query: 'after=x', field: 'after' },
    { query: 'after=', field: 'after' },
    { query: 'surface=pages', field: 'surface' },
    { query: `trace=${'x'.repeat(65)}`, field: 'trace' },
    { query: 'trace=%00', field: 'trace' },
    { query: 'mobile=1380013', field: 'mobile' },
  ])('is not listed for $query', async ({ query, field }) => {
    const { http } = await startSim()
    expect((await http('GET', `${exchanges}?${query}`)).json).toMatchObject({ status: 422, field })
  })

  it.each([
    { path: '99999999', status: 404, field: 'seq' },
    { path: '-1', status: 422, field: 'seq' },
    { path: '1e3', status: 422, field: 'seq' },
    { path: '1?reveal=yes', status: 422, field: 'reveal' },
  ])('is not shown at $path', async ({ path, status, field }) => {
    const { http } = await startSim()
    expect((await http('GET', `${exchanges}/${path}`)).json).toMatchObject({ status, field })
  })

  it('of another world is not shown', async () => {
    const { http, sim } = await startSim()
    const { items } = await list(http)
    await sim.world({ name: 'other' })
    expect(await http('GET', `/_sim/v1/worlds/other/exchanges/${items[0]?.seq}`)).toMatchObject({
      status: 404,
    })
  })

  it('is not made of looking: reads of the control API leave no trace of themselves', async () => {
    const { http } = await startSim()
    for (const path of ['', '/exchanges', '/messages', '/clock', '/clock/timeline', '/export'])
      expect(await http('GET', `/_sim/v1/worlds/test${path}`)).toMatchObject({ status: 200 })
    expect((await list(http)).items).toMatchObject([{ endpoint: 'world.create' }])
  })
})
