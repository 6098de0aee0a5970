import type { ProfileData } from '../../src/simulator.ts'
import { type Http, startSim } from '../sim.ts'

/** As unlike our own contract as a partner may be. */
export const partner: ProfileData = {
  name: 'partner',
  base: '/api/v2',
  authentication: { kind: 'key', header: 'Authorization', scheme: 'Bearer' },
  endpoints: {
    'message.send': {
      method: 'PUT',
      path: '/tenants/{tenant}/wechat',
      fields: {
        eid: '/tenant',
        mobile: '/to/0/phone~1mobile',
        name: '/to/0/name',
        message: '/content/text',
        keywords: '/content/values',
        url: 'query:link',
        client_msg_id: 'header:Idempotency-Key',
      },
    },
    'message.find': {
      path: '/wechat',
      fields: { eid: 'query:tenant', client_msg_id: 'query:ref' },
    },
    'message.get': { method: 'POST', path: '/status', fields: { eid: '/tenant', msgid: '/id' } },
    'registration.query': {
      method: 'GET',
      path: '/bindings',
      fields: { eid: 'query:tenant', mobile: 'query:phone' },
    },
  },
  answers: {
    success: {
      status: 202,
      body: {
        Status: true,
        Code: '0000',
        Result: [{ Id: '{msgid_str}', Raw: '{msgid}', Text: 'no. {msgid}', State: '{state}' }],
        Bound: '{reachable}',
      },
    },
    refusal: { status: 400, body: { Status: false, Code: '{errcode}', Msg: 'TUPU: {errmsg}' } },
    by_errcode: {
      100003: { status: 401, body: { Status: false, Code: 'AUTH' } },
      100011: { status: 404, body: { Status: false, Code: 'UNBOUND' } },
      43004: { body: { Status: false, Code: 'WX{errcode}', Msg: '{errmsg}' } },
      100012: { status: 422 },
      100020: {},
    },
  },
}

/** A world whose account Acme has that profile, with the key that its platform sends. */
export async function startPartner(profile: ProfileData = partner) {
  const sim = await startSim({
    profiles: [profile],
    world: {
      accounts: [
        { key: 'acme', eid: 'acme-e1', profile: 'partner', partner_secret: 'generated' },
        { key: 'initech' },
      ],
    },
  })
  const secret = sim.acme.info.partner_secret ?? ''
  return { ...sim, secret, bearer: { Authorization: `Bearer ${secret}` } }
}

/** A send as that profile has it. */
export function send(http: Http, headers: Record<string, string>, body: object | string) {
  const path = '/api/v2/tenants/acme-e1/wechat?link=https://hr.cn/1'
  return http('PUT', path, body, { ...headers, 'Idempotency-Key': 'order-17' })
}
