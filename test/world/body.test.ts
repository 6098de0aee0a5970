import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'

const field = { type: 'invalid_field' }
const acme = { key: 'acme' }

/** Bodies that make no world, and what the refusal says. */
const bad: { body: unknown; status?: number; says: Record<string, unknown> }[] = [
  { body: { name: 'Ci 7' }, says: { ...field, field: 'name' } },
  { body: { name: '_x' }, says: { ...field, field: 'name' } },
  { body: { name: '' }, says: { ...field, field: 'name' } },
  { body: { name: 7 }, says: { ...field, field: 'name' } },
  { body: { if_exists: 'never' }, says: { ...field, field: 'if_exists' } },
  { body: { seed: 42 }, says: { ...field, field: 'seed' } },
  { body: { seed: 'a\0b' }, says: { ...field, field: 'seed' } },
  { body: '{"seed":"\\ud800"}', says: { ...field, field: 'seed' } },
  { body: { seed: 'x'.repeat(201) }, says: { ...field, field: 'seed' } },
  { body: { idle_ttl: '2 hours' }, says: { ...field, field: 'idle_ttl' } },
  { body: { idle_ttl: 'PT0.5S' }, says: { ...field, field: 'idle_ttl' } },
  { body: { idle_ttl: 'P400D' }, says: { ...field, field: 'idle_ttl' } },
  { body: { magic: true }, says: { ...field, field: 'magic' } },
  { body: { clock: { mode: 'stopped' } }, says: { ...field, field: 'clock.mode' } },
  { body: { clock: { now: '2026-01-05' } }, says: { ...field, field: 'clock.now' } },
  { body: { clock: { now: '2019-12-31T23:59:59.999Z' } }, says: { ...field, field: 'clock.now' } },
  { body: { clock: { now: '2035-01-01T00:00:00Z' } }, says: { ...field, field: 'clock.now' } },
  { body: { clock: { speed: 2 } }, says: { type: 'unknown_field', field: 'clock.speed' } },
  { body: { acounts: [] }, says: { type: 'unknown_field', field: 'acounts' } },
  { body: '{"__proto__":{"name":"x"}}', says: { type: 'unknown_field', field: '__proto__' } },
  { body: '{"constructor":{}}', says: { type: 'unknown_field', field: 'constructor' } },
  { body: { accounts: {} }, says: { ...field, field: 'accounts' } },
  {
    body: { accounts: [{}] },
    says: { ...field, field: 'accounts.0.key', reason: 'it is missing' },
  },
  { body: { accounts: [{ key: 'Acme' }] }, says: { ...field, field: 'accounts.0.key' } },
  {
    body: { accounts: [acme, { key: 'b', rules: '2015' }] },
    says: { ...field, field: 'accounts.1.rules' },
  },
  {
    body: { accounts: [{ ...acme, stage: 'old' }] },
    says: { ...field, field: 'accounts.0.stage' },
  },
  { body: { accounts: [{ ...acme, eid: 'a b' }] }, says: { ...field, field: 'accounts.0.eid' } },
  {
    body: { accounts: [{ ...acme, appid: 'wx1' }] },
    says: { ...field, field: 'accounts.0.appid' },
  },
  {
    body: { accounts: [{ ...acme, company: '' }] },
    says: { ...field, field: 'accounts.0.company' },
  },
  {
    body: { accounts: [{ ...acme, company: '\0' }] },
    says: { ...field, field: 'accounts.0.company' },
  },
  {
    body: { accounts: [{ ...acme, delivery: 'soon' }] },
    says: { ...field, field: 'accounts.0.delivery' },
  },
  {
    body: { accounts: [{ ...acme, partner_secret: 'mine' }] },
    says: {
      ...field,
      field: 'accounts.0.partner_secret',
      reason: 'it is not generated, or 8 to 200 visible ASCII characters',
    },
  },
  {
    body: { accounts: [{ ...acme, profile: 'other' }] },
    says: { ...field, field: 'accounts.0.profile', fix: 'use one of: default' },
  },
  {
    body: { accounts: [{ ...acme, colour: 1 }] },
    says: { type: 'unknown_field', field: 'accounts.0.colour' },
  },
  {
    body: { accounts: [{ ...acme, quotas: 'on' }] },
    says: { ...field, field: 'accounts.0.quotas', fix: 'use one of: off, documented' },
  },
  {
    body: { accounts: [{ ...acme, minute_limit: 0 }] },
    says: { ...field, field: 'accounts.0.minute_limit' },
  },
  {
    body: { accounts: [{ ...acme, review: 'slowly' }] },
    says: {
      ...field,
      field: 'accounts.0.review',
      reason: 'it is not immediate, time, manual, or {"after_reads":3}',
    },
  },
  {
    body: { accounts: [{ ...acme, callback: { url: 'http://169.254.169.254/' } }] },
    says: { ...field, field: 'accounts.0.callback.url' },
  },
  {
    body: { accounts: [{ ...acme, retention_days: 3651 }] },
    says: { ...field, field: 'accounts.0.retention_days' },
  },
  { body: { people: [{ mobile: '123' }] }, says: { ...field, field: 'people.0.mobile' } },
  { body: { people: [{ name: 'x'.repeat(101) }] }, says: { ...field, field: 'people.0.name' } },
  { body: { people: [{ age: 7 }] }, says: { type: 'unknown_field', field: 'people.0.age' } },
  {
    body: { accounts: [acme], people: [{ registered_with: ['acme'] }] },
    says: { ...field, field: 'people.0.mobile' },
  },
  {
    body: {
      accounts: [acme],
      people: [{ key: 'x', mobile: '19900000000', registered_with: ['acme'] }],
    },
    says: { ...field, field: 'people.0.mobile', reason: expect.stringContaining('magic') },
  },
  { body: [], says: { type: 'not_an_object', field: null } },
  { body: 'null', says: { type: 'not_an_object', field: null } },
  { body: '"x"', says: { type: 'not_an_object', field: null } },
  { body: '{"name":"x"', status: 400, says: { type: 'malformed_json', field: null } },
  { body: Buffer.from([0x7b, 0xff, 0x7d]), status: 400, says: { type: 'malformed_json' } },
  {
    body: { people: [{ follows: ['x'] }] },
    says: { ...field, field: 'people.0.follows.0', fix: 'use one of: acme' },
  },
  {
    body: { accounts: [{ ...acme, stage: 'new' }], people: [{ follows: ['acme'] }] },
    status: 409,
    says: { type: 'conflict', field: 'people.0.follows.0' },
  },
  {
    body: { accounts: [acme, acme] },
    status: 409,
    says: { type: 'conflict', field: 'accounts.1.key' },
  },
  {
    body: { people: [{ key: 'li' }, { key: 'li' }] },
    status: 409,
    says: { type: 'conflict', field: 'people.1.key' },
  },
  {
    body: {
      accounts: [acme],
      people: ['a', 'b'].map((key) => ({ key, mobile: '13800138000', registered_with: ['acme'] })),
    },
    status: 409,
    says: { type: 'conflict', field: 'people.1.mobile' },
  },
  {
    body: {
      accounts: [
        { ...acme, eid: 'same' },
        { key: 'b', eid: 'same' },
      ],
    },
    status: 409,
    says: { type: 'id_taken', field: 'accounts.1.eid' },
  },
]

onEither('a body that makes no world', (database) => {
  it('is refused with its field, the reason and what to do, and nothing is made', async () => {
    const { http } = await startSim({ database })
    for (const { body, status = 422, says } of bad) {
      const answer = await http('POST', '/_sim/v1/worlds', body)
      expect(answer.json, JSON.stringify(body)).toMatchObject({ ...says, status })
      expect(answer.status).toBe(status)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      expect(Object.keys(answer.json)).toEqual([
        'type',
        'title',
        'status',
        'field',
        'reason',
        'fix',
      ])
      expect(answer.json['reason']).not.toBe('')
      expect(answer.json['fix']).not.toBe('')
    }
    const { json } = await http('GET', '/_sim/v1/worlds')
    expect(json['items']).toMatchObject([{ world: 'default' }, { world: 'test' }])
  })
})

describe('a body that makes a world', () => {
  it.each([
    { body: '', why: 'is empty' },
    { body: '{"seed":"1","seed":"2"}', why: 'has a key twice: the last wins' },
    { body: { clock: { now: '2020-01-01T00:00:00Z' } }, why: 'begins at the first instant' },
    { body: { clock: { mode: 'frozen', now: '2034-12-31T23:59:59.999Z' } }, why: 'ends time' },
    { body: { people: [] }, why: 'wants nobody' },
    { body: { idle_ttl: 'PT1S' }, why: 'lives a second' },
    { body: { people: [{}, { key: 'person-1' }, {}] }, why: 'leaves keys out' },
  ])('may be one that $why', async ({ body }) => {
    const { http } = await startSim()
    expect(await http('POST', '/_sim/v1/worlds', body)).toMatchObject({ status: 201 })
  })
})
