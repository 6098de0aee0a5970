import type { CoverageReport } from '../../src/core/coverage-report.ts'
import { startReceiver } from '../callback-receiver.ts'
import type { Answer, Http, Sim } from '../sim.ts'
import { held, send_path, startFakeWechat } from '../tupu/fake-wechat.ts'
import { authorizePath, codeOf, exchange, Visitor, webTokenOf } from '../wechat/oauth/visitor.ts'
import { Applicant } from './application.ts'
import { push_ways } from './coverage-push.ts'

/** What coverage.get answers; `query` without the question mark. */
export async function coverageOf(http: Http, query = ''): Promise<CoverageReport> {
  return JSON.parse((await http('GET', `/_sim/v1/coverage?${query}`)).text)
}

/** The outcomes that were met so far, with their hits. */
export async function metIn(http: Http, query = ''): Promise<Record<string, number>> {
  const { outcomes } = await coverageOf(http, query)
  return Object.fromEntries(
    outcomes.filter(({ hits }) => hits > 0).map(({ outcome, hits }) => [outcome, hits]),
  )
}

interface Way {
  /** What is met on it, once each. */
  readonly outcomes: readonly string[]
  go(sim: Sim): Promise<unknown>
}

const byHand = ({ world, acme }: Sim) =>
  world.call('official_account.update', { appid: acme.appid, delivery: 'manual' })

const toWang = ({ platform, acme, wang }: Sim, body = {}) =>
  platform.sends(acme, { mobile: wang.mobile, ...body })

const lookUp = ({ platform, acme }: Sim, path: string) =>
  platform.get(`/messages${path}${path.includes('?') ? '&' : '?'}eid=${acme.eid}`)

/** Sends to a magic mobile, and looks the message up. */
async function lookUpMagic(sim: Sim, mobile: string): Promise<Answer> {
  await sim.platform.sends(sim.acme, { mobile, client_msg_id: 'order-17' })
  return lookUp(sim, '?client_msg_id=order-17')
}

/** A receipt that comes by a hand. */
function receiptWay(status: string): Way {
  return {
    outcomes: [`receipt.${status}`],
    async go(sim) {
      await byHand(sim)
      await toWang(sim)
      const { message } = await sim.world.message()
      await sim.world.call('message.receipt', { message, status })
    },
  }
}

/** A platform that answers a callback with a status, for so long. */
function callbackWay(outcomes: readonly string[], status: number, advance: string): Way {
  return {
    outcomes: ['receipt.success', ...outcomes],
    async go({ world, acme, platform }) {
      const { url } = await startReceiver(status)
      await world.call('account.update', { eid: acme.eid, callback: { url } })
      await platform.sends(acme, { mobile: '19900000000' })
      await world.advance(advance)
    },
  }
}

function reviewWay(verdict: 'approve' | 'reject'): Way {
  return {
    outcomes: [verdict === 'approve' ? 'review.approved' : 'review.rejected'],
    async go(sim) {
      const { appid } = sim.acme
      await sim.world.call('official_account.update', { appid, review: 'manual' })
      const { application } = await new Applicant(sim, sim.acme).applies()
      const reason = verdict === 'reject' ? { reason: '内容不符' } : {}
      await sim.world.call(`application.${verdict}`, { application, ...reason })
    },
  }
}

/** Han, who comes from nowhere, is asked and decides. */
function sheetWay(verdict: 'allow' | 'deny', outcome: string): Way {
  return {
    outcomes: [outcome],
    async go({ http, acme }) {
      const han = new Visitor(http)
      const path = `/as/han${authorizePath(acme, { scope: 'snsapi_userinfo' })}`
      await han.decides(await han.opens(path), verdict)
    },
  }
}

/** A fault that meets a send. */
function faultWay(experience: string, fault: object): Way {
  return {
    outcomes: [`fault.${experience}`, ...('stage' in fault ? ['receipt.success'] : [])],
    async go(sim) {
      await sim.world.call('fault.create', fault)
      await toWang(sim).catch(() => undefined)
    },
  }
}

/** What comes by SMS or e-mail for a send that was refused, and then for one that was not. */
function fallBackWay(channel: 'sms' | 'email', more: object, to: string): Way {
  return {
    outcomes: ['wechat.43004', `fallback.${channel}`, 'receipt.success'],
    async go({ platform, acme, http }) {
      const sink = () => http('POST', `/w/test/sink/${channel}`, { to, text: '欢迎加入' })
      await sink()
      await platform.sends(acme, { mobile: '19900043004', ...more })
      await sink()
      await platform.sends(acme, { mobile: '19900000000', ...more })
      await http('POST', '/w/test/sink/sms', { to: '19900000000', text: '欢迎加入' })
    },
  }
}

/** Every way to what no magic mobile answers, and all that is met on it. */
export const ways: readonly Way[] = [
  {
    outcomes: ['tupu.malformed', 'tupu.malformed', 'tupu.malformed'],
    async go({ platform }) {
      await platform.post('/messages', '{')
      await platform.get('/nothing')
      await platform.post('/messages', 'x'.repeat(1_048_577))
    },
  },
  {
    outcomes: ['tupu.other'],
    go: ({ platform, acme }) => platform.sends(acme, { mobile: '19900040001' }),
  },
  { outcomes: ['tupu.100017'], go: (sim) => lookUp(sim, '/4795131072512000064') },
  {
    outcomes: ['receipt.success'],
    go: ({ platform, acme }) => platform.sends(acme, { mobile: '19900000000' }),
  },
  { outcomes: ['receipt.success'], go: (sim) => toWang(sim) },
  {
    outcomes: ['receipt.user_block', 'lookup.failed'],
    async go(sim) {
      await sim.wang.blocks(sim.acme)
      const { msgid_str } = await toWang(sim)
      await lookUp(sim, `/${msgid_str}`)
    },
  },
  receiptWay('success'),
  receiptWay('system_failed'),
  receiptWay('freq_limit'),
  {
    outcomes: ['lookup.accepted'],
    async go(sim) {
      await byHand(sim)
      const { msgid_str } = await toWang(sim)
      await lookUp(sim, `/${msgid_str}`)
    },
  },
  {
    outcomes: ['receipt.success', 'lookup.delivered'],
    go: (sim) => lookUpMagic(sim, '19900000000'),
  },
  { outcomes: ['tupu.100031', 'lookup.unknown'], go: (sim) => lookUpMagic(sim, '19900100031') },
  { outcomes: ['wechat.43004', 'lookup.refused'], go: (sim) => lookUpMagic(sim, '19900043004') },
  {
    outcomes: ['lookup.sending'],
    async go(sim) {
      const hold = held()
      const { url: base_url } = await startFakeWechat({ [send_path]: hold.fake })
      const { appid, app_secret } = sim.acme.info
      const gateway = { kind: 'remote', base_url, appid, app_secret }
      await sim.world.call('account.update', { eid: sim.acme.eid, gateway })
      const sent = toWang(sim, { client_msg_id: 'order-18' })
      await hold.asked
      await lookUp(sim, '?client_msg_id=order-18')
      hold.release()
      await sent
    },
  },
  callbackWay(['callback.acknowledged'], 204, 'PT0S'),
  callbackWay(['callback.retried'], 500, 'PT0S'),
  callbackWay([...Array(5).fill('callback.retried'), 'callback.given_up'], 500, 'P1D'),
  ...push_ways,
  reviewWay('approve'),
  reviewWay('reject'),
  { outcomes: ['oauth.silent'], go: ({ http, acme }) => codeOf(http, acme) },
  {
    outcomes: ['oauth.snapshot'],
    go: ({ http, acme }) => codeOf(http, acme, { scope: 'snsapi_userinfo', forceSnapShot: 'true' }),
  },
  sheetWay('allow', 'oauth.consented'),
  sheetWay('deny', 'oauth.denied'),
  { outcomes: ['oauth.code_unknown'], go: ({ http, acme }) => exchange(http, acme, 'x') },
  {
    outcomes: ['oauth.silent', 'oauth.code_used'],
    async go({ http, acme }) {
      const code = await codeOf(http, acme)
      await exchange(http, acme, code)
      await exchange(http, acme, code)
    },
  },
  {
    outcomes: ['oauth.silent', 'oauth.code_expired'],
    async go({ http, acme, world }) {
      const code = await codeOf(http, acme)
      await world.advance('PT6M')
      await exchange(http, acme, code)
    },
  },
  {
    outcomes: ['oauth.silent', 'oauth.refresh_ended'],
    async go({ http, acme, world }) {
      const { refresh_token } = await webTokenOf(http, acme)
      await world.advance('P31D')
      const query = new URLSearchParams({
        appid: acme.appid,
        grant_type: 'refresh_token',
        refresh_token,
      })
      await http('GET', `/sns/oauth2/refresh_token?${query}`)
    },
  },
  faultWay('answer_lost', { stage: 'after', transport: 'reset' }),
  faultWay('unreachable', { transport: 'empty' }),
  faultWay('garbage', { transport: 'truncate' }),
  faultWay('garbage', { answer: { status: 502 } }),
  fallBackWay('sms', {}, '19900043004'),
  fallBackWay('email', { email: 'fa@example.com' }, 'FA@example.com'),
  {
    outcomes: ['fault.slow', 'receipt.success'],
    async go(sim) {
      await sim.world.call('fault.create', { delay: '1ms' })
      await toWang(sim)
    },
  },
]
