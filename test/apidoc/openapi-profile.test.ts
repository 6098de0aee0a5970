import { describe, expect, it } from 'vitest'
import { exampleProfile } from '../../src/docs/profile.ts'
import { createSimulator } from '../../src/simulator.ts'
import { default_profile } from '../../src/tupu/profile/profile.ts'
import { fetchOpenApi, OpenApi, operationsOf, resolve } from '../openapi.ts'
import { httpOf } from '../sim.ts'

describe('a partner profile in /openapi.json', () => {
  it('stands where it is mounted, with its own fields, key and answers', async () => {
    const own = OpenApi.parse(JSON.parse(await fetchOpenApi({ profiles: [exampleProfile] })))
    const send = own.paths['/partner/v2/notify']?.post
    expect(send).toMatchObject({
      operationId: 'message.send.initech',
      tags: ['tupu.initech'],
      security: [{}, { partner_bearer: [] }],
      parameters: [{ $ref: '#/components/parameters/authorization' }],
      requestBody: {
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/MessageSendInitechRequest' },
            example: { customer: 'acme-7f3k2m9q', to: { phone: '138 0013 8000' } },
          },
        },
      },
      responses: {
        202: { content: { 'application/json': { examples: { ok: { value: { ok: true } } } } } },
        404: { content: { 'application/json': { examples: { 100011: {} } } } },
      },
    })
    expect(own.components).toMatchObject({
      schemas: {
        MessageSendInitechRequest: {
          required: ['customer', 'to'],
          properties: { to: { type: 'object', required: ['phone', 'text'] } },
        },
      },
      securitySchemes: { partner_bearer: { type: 'http', scheme: 'bearer' } },
    })
    const ids = operationsOf(own).map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(own.paths).toHaveProperty([`${default_profile.base}/messages`])
  })

  it('has fields in the path, the query and headers', async () => {
    const fields = { client_msg_id: '/id', mobile: 'query:phone', eid: 'header:X-Customer' }
    const endpoint = { path: '/send/{id}', fields }
    const profile = { name: 'other', base: '/other', endpoints: { 'message.send': endpoint } }
    const own = OpenApi.parse(JSON.parse(await fetchOpenApi({ profiles: [profile] })))
    const { parameters, requestBody } = own.paths['/other/send/{id}']?.post ?? {}
    expect(parameters?.filter((one) => 'in' in one)).toMatchObject([
      { in: 'header', name: 'X-Customer', required: true, example: 'acme-7f3k2m9q' },
      { in: 'query', name: 'phone', required: true, example: '138 0013 8000' },
      { in: 'path', name: 'id', required: true, example: 'order-17' },
    ])
    const { $ref } = requestBody?.content['application/json']?.schema ?? {}
    expect(resolve(own, String($ref))).toMatchObject({ required: ['message'] })
  })

  it('is called as its example says, and answers so', async () => {
    await using sim = await createSimulator({ profiles: [exampleProfile] })
    const world = await sim.world({ accounts: [{ key: 'acme', profile: 'initech' }] })
    await world.register('13800138000')
    const send = (phone: string, text: string) =>
      httpOf(sim)('POST', '/partner/v2/notify', {
        customer: world.accounts[0]?.eid,
        to: { phone, text },
      })
    const good = await send('138 0013 8000', '欢迎加入')
    expect(good).toMatchObject({ status: 202, json: { ok: true, id: expect.any(String) } })
    expect(await send('13900139000', '欢迎加入')).toMatchObject({
      status: 404,
      json: { ok: false, code: 'nobody' },
    })
    expect(await send('13800138000', '')).toMatchObject({
      status: 400,
      json: { ok: false, code: 100012, why: 'message is empty' },
    })
  })
})
