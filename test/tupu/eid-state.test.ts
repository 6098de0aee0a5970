import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSimulator } from '../../src/simulator.ts'
import { cast, type Http, httpOf } from '../sim.ts'
import { realSeconds, signedHeaders } from './signed.ts'

const states = [
  { state: 'suspended', refusal: { errcode: 100004, errmsg: 'eid suspended' } },
  { state: 'revoked', refusal: { errcode: 100005, errmsg: 'eid revoked' } },
] as const

describe.each(states)('an EID that is $state', ({ state, refusal }) => {
  it('refuses every call, and a send leaves its message', async () => {
    const { http, world } = await startWith(state)
    const calls = [
      post(http, '/messages', { eid: 'acme-e1', mobile: '13800138002', message: 'hi' }),
      post(http, '/registrations/query', { eid: 'acme-e1', mobile: '13800138002' }),
      http('GET', '/tupu/v1/accounts/acme-e1'),
      http('GET', '/tupu/v1/messages?eid=acme-e1&client_msg_id=order-1'),
      http('GET', '/tupu/v1/messages/4795131072512000064?eid=acme-e1'),
    ]
    for (const call of calls) expect(await call).toMatchObject({ status: 200, json: refusal })
    expect(await world.messages()).toMatchObject([{ state: 'refused', answer: refusal }])
  })

  it.each([
    { what: 'a mobile that is none', body: { eid: 'acme-e1', mobile: 'x' } },
    { what: 'an account that is not live', body: { eid: 'globex-e1' } },
  ])('is told before $what', async ({ body }) => {
    const { http } = await startWith(state)
    expect(await post(http, '/messages', body)).toMatchObject({ json: refusal })
  })

  it('is told after the signature', async () => {
    const { http, world } = await startWith(state)
    const body = { eid: 'hooli-e1' }
    expect(await post(http, '/messages', body)).toMatchObject({ json: { errcode: 100003 } })
    const secret = world.accounts.find(({ key }) => key === 'hooli')?.partner_secret ?? ''
    const path = '/tupu/v1/messages'
    const timestamp = await realSeconds({ world })
    const headers = signedHeaders({
      secret,
      method: 'POST',
      path,
      body: JSON.stringify(body),
      timestamp,
    })
    expect(await http('POST', path, body, headers)).toMatchObject({ json: refusal })
  })
})

/**
 * Starts with all EIDs in a state that no call can give them yet: the row is changed while the program is not running.
 */
async function startWith(state: 'suspended' | 'revoked') {
  const folder = await mkdtemp(join(tmpdir(), 'tupu-sim-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const data = join(folder, 'sim.db')
  const accounts = [
    { key: 'acme', eid: 'acme-e1' },
    { key: 'globex', eid: 'globex-e1', stage: 'new' as const },
    { key: 'hooli', eid: 'hooli-e1', partner_secret: 'generated' as const },
  ]
  const input = { ...cast, accounts }
  const first = await createSimulator({ data })
  await first.world(input)
  await first.close()
  const database = new Sqlite(data)
  database.prepare('update account set state = ?').run(state)
  database.close()
  const sim = await createSimulator({ data })
  onTestFinished(() => sim.close())
  const world = await sim.world({ ...input, if_exists: 'reuse' })
  return { http: httpOf(sim), world }
}

function post(http: Http, path: string, body: object) {
  return http('POST', `/tupu/v1${path}`, body)
}
