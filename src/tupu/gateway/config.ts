import { z } from 'zod'
import type { AccountRow } from '../../../db/schema.ts'
import { outgoingUrl } from '../../auth/outgoing-url.ts'
import { words } from '../../core/field.ts'
import type { Limits } from '../../core/limits.ts'
import { isCleanText } from '../../core/request.ts'
import { serverKey, serverToken } from '../../wechat/push/crypto.ts'

const remoteGateway = z.strictObject({
  kind: z.literal('remote'),
  base_url: outgoingUrl,
  appid: z.string().min(1).max(64).refine(isCleanText, 'a clean text'),
  app_secret: z.string().min(1).max(128).refine(isCleanText, 'a clean text'),
  access_token_url: outgoingUrl
    .optional()
    .meta(
      words(
        'Where to get an access token shared with other systems: a GET returns JSON with access_token, as WeChat does. Default: fetched with stable_token, which does not invalidate those of other systems.',
        '与其他系统共用的 access_token 从哪里取：用 GET，应答是带 access_token 的 JSON，与微信的相同。不填则用 stable_token 获取，不会使别人的令牌失效。',
      ),
    ),
  template_id: z
    .string()
    .min(1)
    .max(128)
    .refine(isCleanText, 'a clean text')
    .optional()
    .meta(
      words(
        'The template to send with, if the account has several. Default: the first.',
        '公众号有多个模板时用哪一个发送；不填则用第一个。',
      ),
    ),
  token: serverToken
    .optional()
    .meta(
      words(
        'Token of its server configuration, which points to /tupu/wechat/{eid} on this server: it authenticates pushes, above all receipts.',
        '其服务器配置中的 Token，URL 填本服务器的 /tupu/wechat/{eid}：凭它接收推送，主要是发送结果。',
      ),
    ),
  aes_key: serverKey
    .optional()
    .meta(
      words(
        'The EncodingAESKey of the same configuration, if pushes are encrypted.',
        '同一配置中的 EncodingAESKey，用于加密的推送。',
      ),
    ),
})

/** The way to WeChat: our own, in the caller's unit, or any WeChat origin over HTTP. */
export const gatewayConfig = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('local') }),
  remoteGateway,
])
export type GatewayConfig = z.output<typeof gatewayConfig>
/** Left out, `timeout_ms` is the server's own limit. */
export type RemoteGateway = z.output<typeof remoteGateway> & Waiting & { readonly by?: Faulty }
/** Whose calls go that way, told only where the world has faults that could meet them. */
export type Faulty = Pick<AccountRow, 'epoch' | 'eid' | 'appid'>
interface Waiting {
  readonly timeout_ms?: number | undefined
}

/** As an account's row keeps it. Behind a remote one waits the appid that is the account's own at our WeChat. */
const waiting = { timeout_ms: z.int().optional() }
export const keptGateway = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('local'), ...waiting }),
  remoteGateway.extend({ home_appid: z.string().nullable(), ...waiting }),
])

export function gatewayOf(account: Pick<AccountRow, 'gateway'>): z.output<typeof keptGateway> {
  return keptGateway.parse(JSON.parse(account.gateway))
}

/** The appid at our WeChat, also of an account that goes to another one for the time being. */
export function homeAppid(account: Pick<AccountRow, 'gateway' | 'appid'>): string | null {
  const gateway = gatewayOf(account)
  return gateway.kind === 'local' ? account.appid : gateway.home_appid
}

/** Whether an account still goes that way. */
export function goesThrough(account: Pick<AccountRow, 'gateway'>, to: RemoteGateway): boolean {
  const now = gatewayOf(account)
  if (now.kind === 'local') return false
  const same = ['base_url', 'appid', 'app_secret', 'template_id'] as const
  return same.every((field) => now[field] === to[field])
}

/** What an account's row says when it changes to a gateway: the way, and under which appid it is known there. */
export function throughGateway(
  account: Pick<AccountRow, 'gateway' | 'appid'>,
  to: GatewayConfig,
): Pick<AccountRow, 'gateway' | 'appid'> {
  const { timeout_ms } = gatewayOf(account)
  const home_appid = homeAppid(account)
  if (to.kind === 'local')
    return { gateway: JSON.stringify({ ...to, timeout_ms }), appid: home_appid }
  return { gateway: JSON.stringify({ ...to, home_appid, timeout_ms }), appid: to.appid }
}

/** What an account's row says when so long is waited for its WeChat. */
export function waitingAtMost(
  account: Pick<AccountRow, 'gateway'>,
  timeout_ms: number,
): Pick<AccountRow, 'gateway'> {
  return { gateway: JSON.stringify({ ...gatewayOf(account), timeout_ms }) }
}

/** How long a WeChat may take for an answer, in real milliseconds. */
export function timeoutOf({ timeout_ms }: Waiting, { answer_ms_max }: Limits): number {
  return timeout_ms ?? answer_ms_max
}
