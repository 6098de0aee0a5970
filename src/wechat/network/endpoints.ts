import { z } from 'zod'
import { errcodes, words } from '../../core/field.ts'
import type { RawRequest } from '../../core/request.ts'
import { plainAddress } from '../caller.ts'
import { endpoint, picture, refuse } from '../endpoint.ts'

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
          'This server’s own address, at which the call has reached it.',
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

/**
 * Whether the platform reaches the account's server. No account here has a server URL, so that there is nothing to be checked,
 * and no good answer to be documented.
 */
export const checkNetwork = picture({
  id: 'network.check',
  methods: ['POST'],
  path: '/cgi-bin/callback/check',
  from: ['json'],
  credential: 'access_token',
  input: z.object({
    action: errcodes(z.enum(actions), { missing: 40202, type: 40202, invalid: 40202 }),
    check_operator: errcodes(z.enum(operators), { missing: 40203, type: 40203, invalid: 40203 }),
  }),
  handle() {
    const expected = 'a server URL of this account'
    return refuse(40201, { rule: 'server.set', actual: null, expected })
  },
})
