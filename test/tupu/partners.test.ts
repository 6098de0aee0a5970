import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { shipped_profiles } from '../../src/tupu/profile/shipped.ts'
import { startSim } from '../sim.ts'

const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')
const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

/** A call as the vendor's own page describes it. */
interface VendorCall {
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body: object
}

/** A client as somebody writes it who has read that page: the key, and to whom; the EID is `acme-e1`, the text 欢迎加入. */
interface Vendor {
  /** Whether the vendor names people by their openid. */
  readonly byOpenid?: true
  readonly profile: (typeof shipped_profiles)[number]
  call(secret: string, mobiles: readonly string[]): VendorCall
  /** What the answer of a send must match: good, to somebody whom nobody bound, with a wrong key. */
  readonly good: object
  readonly unbound: object
  readonly stranger: object
}

/** The present instant as `yyyyMMddHHmmss` in Beijing. */
function digitsNow(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14)
}

const uuid = expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)

const vendors: readonly Vendor[] = [
  {
    profile: 'cwbot',
    byOpenid: true,
    call: (secret, [mobile]) => ({
      path: '/cwbot/api/messages',
      headers: { Authorization: basic('acme-e1', md5(secret)) },
      body: {
        wechat_id: mobile,
        message_alias: 'welcome',
        body: { first: '欢迎加入', keyword2: '分公司' },
      },
    }),
    good: { status: 200, json: { error: null, result: { msgid: expect.stringMatching(/^\d+$/) } } },
    unbound: { status: 200, json: { error: { code: 403 }, result: null } },
    stranger: { status: 401, json: { error: { code: 401 } } },
  },
  {
    profile: 'ezr',
    call: (secret, mobiles) => {
      const Timestamp = digitsNow()
      return {
        path: '/ezr/api/WXMessage/SendByTemp',
        body: {
          AppId: 'acme-e1',
          Timestamp,
          Sign: sha1(`AppId=acme-e1&Timestamp=${Timestamp}&Secret=${secret}`),
          TempCode: 'ORDER',
          MsgType: 1,
          Messages: mobiles.map((OldCode) => ({
            OldCode,
            TmpValue: [
              { Name: 'first', Value: '欢迎加入' },
              { Name: 'keyword2', Value: '分公司' },
            ],
          })),
        },
      }
    },
    good: {
      status: 200,
      json: {
        Status: true,
        StatusCode: 200,
        Timestamp: expect.stringMatching(/^\d{14}$/),
        Sign: expect.stringMatching(/^[\da-f]{40}$/),
        Result: 1,
      },
    },
    unbound: { status: 200, json: { Status: false, StatusCode: 100011, Result: 0 } },
    stranger: { status: 200, json: { Status: false, StatusCode: 100003 } },
  },
  {
    profile: 'jiguang',
    byOpenid: true,
    call: (secret, mobiles) => ({
      path: '/jums/v1/template/sent',
      headers: { Authorization: basic('acme-e1', secret) },
      body: {
        aud_wechatoa: mobiles,
        template_id: 7,
        template_para: { first: '欢迎加入', keyword2: '分公司' },
        rule_id: 3,
        option: {},
      },
    }),
    good: { status: 200, json: { code: 0 } },
    unbound: { status: 200, json: { code: 100011 } },
    stranger: { status: 401, json: { code: 4005 } },
  },
  {
    profile: 'infobip',
    call: (secret, mobiles) => ({
      path: '/infobip/messages-api/1/messages',
      headers: { Authorization: `App ${secret}` },
      body: {
        messages: [
          {
            channel: 'WECHAT',
            sender: 'acme-e1',
            destinations: mobiles.map((to) => ({ to: `86${to}` })),
            content: { body: { type: 'TEXT', text: '欢迎加入' } },
          },
        ],
      },
    }),
    good: {
      status: 200,
      json: {
        bulkId: expect.any(String),
        messages: [
          { messageId: expect.any(String), status: { groupId: 1, name: 'PENDING_ACCEPTED' } },
        ],
      },
    },
    unbound: { status: 200, json: { messages: [{ status: { groupId: 5, name: 'REJECTED' } }] } },
    stranger: { status: 401, json: { errorCode: 'E401' } },
  },
  {
    profile: 'chat-apps-8x8',
    byOpenid: true,
    call: (secret, [mobile]) => ({
      path: '/8x8/api/v1/subaccounts/acme-e1/messages',
      headers: { Authorization: `Bearer ${secret}` },
      body: {
        user: { weChatUserId: mobile },
        clientMessageId: `order-${mobile}`,
        type: 'text',
        content: { text: '欢迎加入' },
      },
    }),
    good: {
      status: 200,
      json: { umid: uuid, clientMessageId: 'order-13800138002', status: { state: 'queued' } },
    },
    unbound: { status: 404, json: { code: 1404, errorId: uuid } },
    stranger: { status: 401, json: { code: 1200 } },
  },
  {
    profile: 'bird',
    call: (secret, mobiles) => ({
      path: '/bird/workspaces/5b3e/channels/acme-e1/messages',
      headers: { Authorization: `AccessKey ${secret}` },
      body: {
        receiver: {
          contacts: mobiles.map((mobile) => ({
            identifierKey: 'phonenumber',
            identifierValue: `+86${mobile}`,
          })),
        },
        template: {
          projectId: 'b0b3',
          version: 'latest',
          locale: 'zh-CN',
          variables: { message: '欢迎加入' },
        },
      },
    }),
    good: { status: 202, json: { id: uuid, channelId: 'acme-e1', status: 'accepted' } },
    unbound: { status: 422, json: { code: 'InvalidPayload', details: { errcode: 100011 } } },
    stranger: { status: 401, json: { code: 'Unauthorized' } },
  },
]

describe('a client that was written for a vendor’s documentation', () => {
  it.each(vendors)('works by the shipped profile: $profile', async (vendor) => {
    const { sim, secret, send } = await startVendor(vendor)
    const { wang } = sim
    expect(await send(secret, ['13800138002'])).toMatchObject(vendor.good)
    expect(await wang.inbox()).toMatchObject([{ line: '欢迎加入' }])
    expect(await send(secret, ['13900139000'])).toMatchObject(vendor.unbound)
    expect(await send('x'.repeat(40), ['13800138002'])).toMatchObject(vendor.stranger)
    expect(await wang.inbox()).toHaveLength(1)
    if (!vendor.byOpenid) return
    const openid = wang.openidAt(sim.acme)
    expect(await send(secret, [openid])).toMatchObject({ status: 200 })
    expect(await wang.inbox()).toHaveLength(2)
    expect(await send(secret, [sim.li.openidAt(sim.acme)])).toMatchObject(vendor.unbound)
    await sim.fang.unfollows(sim.acme)
    await send(secret, [sim.fang.openidAt(sim.acme)])
    expect((await sim.world.messages()).at(-1)).toMatchObject({
      mobile: '+8613800138004',
      answer: { errcode: 43004 },
    })
  })

  it('is written for each profile that is shipped', () => {
    expect(vendors.map(({ profile }) => profile)).toEqual(shipped_profiles)
  })

  it('sends to many at once, and each of them is a message of its own', async () => {
    const [, ezr] = vendors
    if (!ezr) throw new Error('there is no list')
    const { sim, secret, send } = await startVendor(ezr)
    await sim.li.registers(sim.acme, { mobile: '13800138001' })
    const answer = await send(secret, ['13800138002', '13900139000', '13800138001'])
    expect(answer).toMatchObject({ status: 200, json: { Status: true, Result: 2 } })
    expect(await sim.world.messages()).toMatchObject([
      { mobile: '+8613800138002', answer: { errcode: 0 }, keywords: { keyword2: '分公司' } },
      { mobile: '+8613900139000', answer: { errcode: 100011 } },
      { mobile: '+8613800138001', answer: { errcode: 0 } },
    ])
    const many = Array.from({ length: 101 }, () => '13800138002')
    expect(await send(secret, many)).toMatchObject({ json: { Status: false, StatusCode: 47001 } })
    expect(await sim.world.messages()).toHaveLength(4)
  })
})

/** A world whose account Acme has the profile, and a client of the vendor's. */
async function startVendor({ profile, call }: Vendor) {
  const accounts = [{ key: 'acme', eid: 'acme-e1', profile, partner_secret: 'generated' as const }]
  const sim = await startSim({ profiles: [profile], world: { accounts } })
  const secret = sim.acme.info.partner_secret ?? ''
  const send = async (key: string, mobiles: readonly string[]) => {
    const { path, headers, body } = call(key, mobiles)
    const { status, text } = await sim.http('POST', path, body, headers)
    return { status, json: JSON.parse(text) }
  }
  return { sim, secret, send }
}
