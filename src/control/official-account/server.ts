import { z } from 'zod'
import type { OfficialAccountRow } from '../../../db/schema.ts'
import { outgoingUrl } from '../../auth/outgoing-url.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { meet } from '../../core/outcomes.ts'
import { problem } from '../../core/problem.ts'
import type { Refusal } from '../../core/refusal.ts'
import { serverKey, serverToken } from '../../wechat/push/crypto.ts'
import { type Verification, type Verified, whyNotVerified } from '../../wechat/push/verify.ts'

const serverMode = z
  .enum(['plain', 'compat', 'aes'])
  .meta(
    words(
      'plain (default): in plain text. compat: in plain text and encrypted. aes: only encrypted.',
      'plain（默认）：明文；compat：明文与密文并存；aes：只有密文。',
    ),
  )

/** Where WeChat pushes what happens at an official account. */
export const serverField = z.strictObject({
  url: outgoingUrl,
  token: serverToken.optional().meta(words('Default: unchanged.', '不填则保持不变。')),
  aes_key: serverKey.optional().meta(words('Default: unchanged.', '不填则保持不变。')),
  mode: serverMode.default('plain'),
})
export type ServerInput = z.output<typeof serverField>

/** The same as it is shown. */
export const serverShape = z
  .object({
    url: z.string(),
    token: z.string(),
    aes_key: z.string(),
    mode: serverMode,
    verified: z
      .boolean()
      .meta(
        words(
          'Whether it has passed WeChat’s verification. A server given when the world was created has not, but still receives pushes.',
          '是否通过了接入验证。随世界一起给出的没有验证过，但同样会收到推送。',
        ),
      ),
  })
  .nullable()

export function serverResponse(row: OfficialAccountRow): z.output<typeof serverShape> {
  const { server_url: url, token, aes_key, server_mode: mode, server_verified } = row
  return url === null ? null : { url, token, aes_key, mode, verified: server_verified === 1 }
}

/** What of an account's row a server changes. */
export function serverChange(
  server: ServerInput | null,
  { verified }: { readonly verified: boolean },
): Partial<OfficialAccountRow> {
  if (server === null) return { server_url: null, server_verified: 0 }
  const { url, token, aes_key, mode } = server
  return {
    server_url: url,
    server_mode: mode,
    server_verified: verified ? 1 : 0,
    ...(token !== undefined && { token }),
    ...(aes_key !== undefined && { aes_key }),
  }
}

/** The look at a server, for the journal: kept whatever came of it. */
export function keepLook(call: Call, of: Verification, seen: Verified): void {
  const { db, world, engine } = call
  const { answer, url } = seen
  const why = whyNotVerified(of, seen)
  const step = { rule: 'server.verified', row: { url: of.url } }
  engine.journal.append(db, world.world, {
    epoch: world.epoch,
    at: world.now,
    real_at: world.real_now,
    trace: call.trace(),
    direction: 'out',
    surface: 'push',
    endpoint: '',
    method: 'GET',
    url,
    request_headers: {},
    request_body: Buffer.from(''),
    response_headers: answer.ok ? answer.headers : {},
    response_body: Buffer.from(answer.ok ? answer.body : []),
    decision: [why === undefined ? step : { ...step, actual: why, expected: of.echostr }],
    status: answer.ok ? answer.status : 0,
  })
}

/** The no to a server that has not answered as it must; undefined: it has. */
export function refuseServer(call: Call, of: Verification, seen: Verified): Refusal | undefined {
  const reason = whyNotVerified(of, seen)
  if (reason === undefined) return undefined
  const fix = 'answer the GET within 5 s with status 200 and the value of echostr as the whole body'
  const no = problem('invalid_field', { field: 'server.url', reason, fix })
  const writes = () => {
    keepLook(call, of, seen)
    meet(call, 'push.unverified')
  }
  return { ...no, writes }
}
