import { z } from 'zod'
import { pending } from '../../core/endpoint.ts'
import { errcodes, words } from '../../core/field.ts'
import type { RawRequest } from '../../core/request.ts'
import { plainAddress } from '../caller.ts'
import { endpoint, refuse } from '../endpoint.ts'

/** What both lists have in common. */
const ipList = {
  methods: ['GET', 'POST'],
  from: ['query'],
  credential: 'access_token',
  input: z.object({}),
  answer: z.object({
    ip_list: z
      .array(z.string())
      .meta(
        words(
          'The address of this server at which the call arrived.',
          '这台服务器自己的地址，即本次调用到达的地址。',
        ),
      ),
  }),
  example: { input: {} },
} as const

/** From where the platform answers calls: here from this server, at the address by which the caller reaches it. */
export const ipApi = endpoint({
  ...ipList,
  id: 'ip.api',
  path: '/cgi-bin/get_api_domain_ip',
  summary: { en: 'The addresses of the platform’s API', zh: '平台接口的 IP 地址' },
  source: 'developers.weixin.qq.com: getApiDomainIp',
  handle: ({ request }) => ownAddresses(request),
})

/** From where the platform calls the account's server: from the same address, as far as anybody can know. */
export const ipCallback = endpoint({
  ...ipList,
  id: 'ip.callback',
  path: '/cgi-bin/getcallbackip',
  summary: { en: 'The addresses from which the platform pushes', zh: '平台推送消息的来源 IP 地址' },
  source: 'developers.weixin.qq.com: getCallbackIp',
  handle: ({ request }) => ownAddresses(request),
})

/** IPv4 as WeChat's own are, on this machine too. */
function ownAddresses({ own_ip = '' }: Pick<RawRequest, 'own_ip'>) {
  const ip = plainAddress(own_ip)
  return { ip_list: [ip === '::1' ? '127.0.0.1' : ip] }
}

const actions = ['dns', 'ping', 'all'] as const
const operators = ['CHINANET', 'UNICOM', 'CAP', 'DEFAULT'] as const

/** WeChat's own way out; whose network an address is in, nobody here knows. */
const own_operator = 'CAP'
const operator = z
  .string()
  .meta(
    words(
      'The requested operator; CAP for DEFAULT, because there is only one network here.',
      '所要求的运营商；DEFAULT 时为 CAP：这里只有一个出口。',
    ),
  )

/** The server that is looked at, from where. */
interface Look {
  readonly url: string
  readonly from: string
}

/** Whether the platform reaches the account's server: its name is looked up, each address connected to. */
export const checkNetwork = endpoint({
  id: 'network.check',
  methods: ['POST'],
  path: '/cgi-bin/callback/check',
  from: ['json'],
  summary: {
    en: 'Whether WeChat can reach the account’s server',
    zh: '检测平台能否连通公众号的服务器',
  },
  source: {
    en: 'developers.weixin.qq.com: callbackCheck; the time of what is lost is ours, and a ping is a connection to the port of the URL',
    zh: 'developers.weixin.qq.com: callbackCheck；丢包时的 time 是我们定的，ping 是对该 URL 端口的一次连接',
  },
  credential: 'access_token',
  input: z.object({
    action: errcodes(z.enum(actions), { missing: 40202, type: 40202, invalid: 40202 }),
    check_operator: errcodes(z.enum(operators), { missing: 40203, type: 40203, invalid: 40203 }),
  }),
  answer: z.object({
    dns: z
      .array(z.object({ ip: z.string(), real_operator: operator }))
      .optional()
      .meta(
        words(
          'With dns and all. Empty: the name does not resolve.',
          '用于 dns 和 all。空：域名无法解析。',
        ),
      ),
    ping: z
      .array(
        z.object({
          ip: z.string(),
          from_operator: operator,
          package_loss: z.string().meta(words('0% or 100%.', '0% 或 100%。')),
          time: z.string().meta(words('Milliseconds, with the unit ms.', '毫秒数，带 ms。')),
        }),
      )
      .optional()
      .meta(words('With ping and all.', '用于 ping 和 all。')),
  }),
  refusals: [40202, 40203, 40201],
  example: {
    input: { access_token: '{their_token}', action: 'all', check_operator: 'DEFAULT' },
    after: [
      {
        call: 'account.create',
        input: { key: 'initech', company: '首创软件', server: { url: 'http://127.0.0.1:9/' } },
        take: { their_appid: 'appid', their_secret: 'app_secret' },
      },
      {
        call: 'token.get',
        input: {
          grant_type: 'client_credential',
          appid: '{their_appid}',
          secret: '{their_secret}',
        },
        take: { their_token: 'access_token' },
      },
    ],
  },
  before(call) {
    const { server_url: url } = call.caller.account
    const expected = 'a server URL of this account'
    if (url === null) return refuse(40201, { rule: 'server.set', actual: null, expected })
    call.steps.push('server.set')
    const { check_operator } = call.input
    return pending({ url, from: check_operator === 'DEFAULT' ? own_operator : check_operator })
  },
  outside({ url }: Look, engine) {
    return engine.probe({ url, timeoutMs: engine.limits.answer_ms_max, signal: engine.closing })
  },
  after(call, { url, from }, { addresses, fault }) {
    const why = fault === undefined ? {} : { actual: fault, expected: 'a connection' }
    call.steps.push({ rule: 'server.reached', row: { url }, ...why })
    const { action } = call.input
    const dns = addresses.map(({ ip }) => ({ ip, real_operator: from }))
    const ping = addresses.map(({ ip, elapsedMs }) => ({
      ip,
      from_operator: from,
      package_loss: elapsedMs === undefined ? '100%' : '0%',
      time: `${(elapsedMs ?? 0).toFixed(3)}ms`,
    }))
    return { ...(action !== 'ping' && { dns }), ...(action !== 'dns' && { ping }) }
  },
})
