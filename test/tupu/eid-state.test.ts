import { describe, expect, it } from 'vitest'
import { type Http, type Sim, startSim } from '../sim.ts'
import { realSeconds, signedHeaders } from './signed.ts'

const accounts = [
  { key: 'acme', eid: 'acme-e1' },
  { key: 'globex', eid: 'globex-e1', stage: 'new' as const },
  { key: 'hooli', eid: 'hooli-e1', partner_secret: 'generated' as const },
]

interface State {
  readonly state: string
  /** The control calls that lead to it. */
  readonly by: readonly string[]
  readonly refusal: { readonly errcode: number; readonly errmsg: string }
}

const refusing: readonly State[] = [
  {
    state: 'suspended',
    by: ['suspend'],
    refusal: { errcode: 100004, errmsg: 'eid suspended' },
  },
  { state: 'revoked', by: ['revoke'], refusal: { errcode: 100005, errmsg: 'eid revoked' } },
  {
    state: 'suspended, then revoked',
    by: ['suspend', 'revoke'],
    refusal: { errcode: 100005, errmsg: 'eid revoked' },
  },
  {
    state: 'rotated away',
    by: ['issue', 'rotate'],
    refusal: { errcode: 100001, errmsg: 'unknown eid' },
  },
  {
    state: 'rotated away before the account was suspended',
    by: ['issue', 'rotate', 'suspend'],
    refusal: { errcode: 100001, errmsg: 'unknown eid' },
  },
]

const calls: readonly { readonly endpoint: string; readonly does: (http: Http) => Calling }[] = [
  {
    endpoint: 'message.send',
    does: (http) => post(http, '/messages', { eid: 'acme-e1', ...good }),
  },
  {
    endpoint: 'message.find',
    does: (http) => http('GET', '/tupu/v1/messages?eid=acme-e1&client_msg_id=order-1'),
  },
  {
    endpoint: 'message.get',
    does: (http) => http('GET', '/tupu/v1/messages/4795131072512000064?eid=acme-e1'),
  },
  {
    endpoint: 'registration.query',
    does: (http) => post(http, '/registrations/query', { eid: 'acme-e1', ...good }),
  },
  {
    endpoint: 'tupu_account.confirm',
    does: (http) => http('POST', '/tupu/v1/accounts/acme-e1/confirm'),
  },
]
type Calling = ReturnType<Http>
const good = { mobile: '13800138002', message: 'hi' }

const asked = { endpoint: 'tupu_account.get', does: (http: Http) => http('GET', account_path) }
const account_path = '/tupu/v1/accounts/acme-e1'

describe.each(refusing)('an EID that is $state', (state) => {
  const { refusal } = state

  it.each(calls)('refuses $endpoint', async ({ does }) => {
    const { http } = await startWith(state)
    expect(await does(http)).toMatchObject({ status: 200, json: refusal })
  })

  it.each([
    { what: 'a mobile that is none', body: { eid: 'acme-e1', mobile: 'x' } },
    { what: 'an account that is not live', body: { eid: 'globex-e1' } },
  ])('is told before $what', async ({ body }) => {
    const { http } = await startWith(state)
    expect(await post(http, '/messages', body)).toMatchObject({ json: refusal })
  })
})

describe.each(refusing.slice(0, 3))('an EID that is $state', (state) => {
  const { refusal } = state

  it('tells at tupu_account.get that nothing can be sent', async () => {
    const { http } = await startWith(state)
    expect((await asked.does(http)).json).toMatchObject({
      errcode: 0,
      eid: 'acme-e1',
      live: false,
      sendable: { ok: false, ...refusal },
      missing: [],
    })
  })

  it('leaves the message of a send', async () => {
    const { http, world } = await startWith(state)
    await post(http, '/messages', { eid: 'acme-e1', ...good })
    expect(await world.messages()).toMatchObject([{ state: 'refused', answer: refusal }])
  })

  it('is told after the signature', async () => {
    const { http, world } = await startWith(state)
    const body = { eid: 'hooli-e1' }
    expect(await post(http, '/messages', body)).toMatchObject({ json: { errcode: 100003 } })
    const secret = world.accounts.find(({ key }) => key === 'hooli')?.partner_secret ?? ''
    const path = '/tupu/v1/messages'
    const timestamp = await realSeconds({ world })
    const signing = { secret, method: 'POST', path, body: JSON.stringify(body), timestamp }
    expect(await http('POST', path, body, signedHeaders(signing))).toMatchObject({ json: refusal })
  })
})

describe('an EID', () => {
  it.each([...calls.filter(({ endpoint }) => !endpoint.startsWith('message.')), asked])(
    'that was suspended and works again answers $endpoint',
    async ({ does }) => {
      const { http } = await startWith({ by: ['suspend', 'resume'] })
      expect(await does(http)).toMatchObject({ json: { errcode: 0 } })
    },
  )
})

/** All accounts with their EIDs in a state. */
async function startWith({ by }: Pick<State, 'by'>): Promise<Sim> {
  const sim = await startSim({ world: { accounts } })
  for (const { key: eid } of accounts) {
    for (const verb of by) await sim.world.call(`eid.${verb}`, { eid })
  }
  return sim
}

function post(http: Http, path: string, body: object): Calling {
  return http('POST', `/tupu/v1${path}`, body)
}
