import { insertOauthCode } from '../../../db/oauth.ts'
import type { OauthCodeRow } from '../../../db/schema.ts'
import { nextCount } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import { deriveBase62, deriveHex } from '../../world/seed.ts'
import { claim, resetScoped } from '../../world/world.ts'

/** A code is good for five minutes. */
const life_ms = 300_000

/** Gives out a code for a person at an account, of whom a page learns this openid. */
export async function issueCode(
  call: Pick<Call, 'db' | 'world' | 'concern'>,
  of: Pick<OauthCodeRow, 'appid' | 'openid' | 'person' | 'scope' | 'snapshot'>,
): Promise<string> {
  const { db, world } = call
  const { epoch, now } = world
  call.concern(of)
  const n = await nextCount(db, { epoch, purpose: 'oauth_code', key: of.openid })
  const code = codeOf(call, of.openid, n)
  const row = { epoch, code, ...of, issued_at: now, expires_at: now + life_ms, used_at: null }
  await insertOauthCode(db, row)
  await claim(call, 'oauth_code', code)
  return code
}

/** 32 characters that begin with `001` to `091`, as all that were ever shown do. */
function codeOf({ world }: Pick<Call, 'world'>, openid: string, n: number): string {
  const digit = Number.parseInt(
    deriveHex(resetScoped(world), 'oauth_code_line', openid, n)[0] ?? '',
    16,
  )
  return `0${digit % 10}1${deriveBase62(29, resetScoped(world), 'oauth_code', openid, n)}`
}
