import { describe, expect, it } from 'vitest'
import { type Http, startSim } from '../sim.ts'
import { exchanges } from './journal.ts'

const body_bytes_max = 1_048_576

describe('the partner API', () => {
  it.each([
    { method: 'GET', path: '/tupu/v1', status: 404 },
    { method: 'GET', path: '/tupu/v1/', status: 404 },
    { method: 'POST', path: '/tupu/v1/message', status: 404 },
    { method: 'POST', path: '/tupu/v1/messages/', status: 404 },
    { method: 'POST', path: '/tupu/v1/Messages', status: 404 },
    { method: 'POST', path: '/tupu/v1/accounts/acme-e1/suspend', status: 404 },
    { method: 'GET', path: '/tupu/v1/accounts', status: 404 },
    { method: 'PUT', path: '/tupu/v1/messages', status: 405 },
    { method: 'PATCH', path: '/tupu/v1/messages', status: 405 },
    { method: 'DELETE', path: '/tupu/v1/messages', status: 405 },
    { method: 'POST', path: '/tupu/v1/messages/4795131072512000064', status: 405 },
    { method: 'GET', path: '/tupu/v1/registrations/query', status: 405 },
    { method: 'POST', path: '/tupu/v1/accounts/acme-e1', status: 405 },
  ])('answers $status for $method $path, in the shape of every refusal', async (row) => {
    const { http } = await startSim()
    const answer = await http(row.method, row.path, row.method === 'GET' ? undefined : '{}')
    expect(answer).toMatchObject({ status: row.status, json: path_refusal })
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(answer.headers.get('x-sim-trace')).toMatch(/^[0-9a-f]{32}$/)
  })

  it('takes a body of 1 MB, and refuses one of a byte more with 413', async () => {
    const { acme, wang, http } = await startSim({ listen: true })
    const fields = { eid: acme.eid, mobile: wang.mobile, message: 'hi' }
    const bare = JSON.stringify({ ...fields, filler: '' }).length
    const filled = (bytes: number) =>
      JSON.stringify({ ...fields, filler: 'x'.repeat(bytes - bare) })
    expect(await http('POST', '/tupu/v1/messages', filled(body_bytes_max))).toMatchObject({
      status: 200,
      json: { errcode: 0 },
    })
    const refused = await http('POST', '/tupu/v1/messages', filled(body_bytes_max + 1))
    expect(refused).toMatchObject({
      status: 413,
      json: { errcode: 100020, errmsg: 'body too large' },
    })
    expect(refused.headers.get('x-sim-trace')).toMatch(/^[0-9a-f]{32}$/)
    expect(await wang.inbox()).toHaveLength(1)
  })

  it('leaves no message of a call with the wrong method, though it names an account', async () => {
    const { acme, wang, http, world } = await startSim()
    const body = { eid: acme.eid, mobile: wang.mobile, message: 'hi' }
    expect((await http('PUT', '/tupu/v1/messages', body)).status).toBe(405)
    expect(await world.messages()).toEqual([])
    expect(await exchanges(world)).toMatchObject([{ method: 'PUT', status: 405 }])
  })

  it.each([
    {
      what: 'a send',
      call: (http: Http, eid: string) => post(http, { eid, mobile: '13800138002', message: 'hi' }),
    },
    { what: 'a refused send', call: (http: Http, eid: string) => post(http, { eid }) },
    { what: 'a call of nobody', call: (http: Http) => post(http, {}) },
    {
      what: 'a look-up',
      call: (http: Http, eid: string) => http('GET', `/tupu/v1/accounts/${eid}`),
    },
  ])('names the exchange of $what in X-Sim-Trace', async ({ call }) => {
    const { acme, http, world, sim } = await startSim()
    const answer = await call(http, acme.eid)
    const trace = answer.headers.get('x-sim-trace') ?? ''
    const nobodys = (await sim.call('exchange.list', { world: '_unattributed', trace })) as {
      items: object[]
    }
    const kept = [...(await exchanges(world, { trace })), ...nobodys.items]
    expect(kept).toMatchObject([{ trace, surface: 'tupu', direction: 'in' }])
  })

  it('keeps calls without a known EID in the world of their path, else with those of nobody', async () => {
    const { http, world, sim } = await startSim()
    await http('POST', '/w/test/tupu/v1/messages', { eid: 'nobody-1' })
    await http('POST', '/tupu/v1/messages', { eid: 'nobody-2' })
    const nobodys = (await sim.call('exchange.list', { world: '_unattributed' })) as {
      items: { request: { body: string } }[]
    }
    expect(await exchanges(world)).toMatchObject([{ request: { body: '{"eid":"nobody-1"}' } }])
    expect(nobodys.items).toMatchObject([{ request: { body: '{"eid":"nobody-2"}' } }])
    expect(await world.messages()).toEqual([])
  })
})

const path_refusal = { errcode: 100019, errmsg: 'unknown path or method' }

function post(http: Http, body: object) {
  return http('POST', '/tupu/v1/messages', body)
}
