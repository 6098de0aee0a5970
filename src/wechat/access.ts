import { findAccessToken } from '../../db/access-token.ts'
import type { Call } from '../core/call.ts'
import type { Refusal } from '../core/refusal.ts'
import { isCleanText } from '../core/request.ts'
import type { World } from '../world/world.ts'
import { attribute } from './attribute.ts'
import { refuse, type WechatCaller } from './caller.ts'
import { authenticateWebToken } from './oauth/access.ts'
import { officialAccountOf } from './official-account.ts'
import { refuseScheme } from './scheme.ts'

/** Finds the world by whatever credential the call carries, and the official account by its token. */
export async function authenticate(call: Call<WechatCaller>): Promise<Refusal | undefined> {
  const token = call.query['access_token'] ?? ''
  const credential = call.endpoint?.credential
  if (credential === 'access_token') return authenticateToken(call, token)
  if (credential === 'web_token') return authenticateWebToken(call)
  const { world, key } = await attribute(call, token)
  call.enter(world, { key })
  return undefined
}

async function authenticateToken(
  call: Call<WechatCaller>,
  token: string,
): Promise<Refusal | undefined> {
  const { world } = await attribute(call, token)
  call.enter(world, { key: '' })
  if (token === '') {
    const expected = 'access_token in the query'
    return refuse(41001, { rule: 'access_token.given', expected, ...misplaced(call) })
  }
  const row = isCleanText(token) ? await findAccessToken(call.db, world.epoch, token) : undefined
  const account = row && (await officialAccountOf(call, row.appid))
  if (!row || !account) {
    return refuse(40001, {
      rule: 'access_token.known',
      actual: { access_token: token },
      expected: 'a token that this server gave out',
    })
  }
  call.enter(world, { key: account.appid, caller: { account } })
  const no = refuseScheme(call, account) ?? refuseToken(row, world)
  if (no) return no
  call.steps.push('access_token.known', 'access_token.living')
  return undefined
}

/** A token that was replaced in its lifetime is unknown for ever after, one that grew old is expired for ever. */
function refuseToken(
  row: { replaced_at: number | null; expires_at: number },
  world: World,
): Refusal | undefined {
  const { replaced_at, expires_at } = row
  if (replaced_at !== null && replaced_at <= world.now && replaced_at < expires_at) {
    return refuse(40001, {
      rule: 'access_token.latest',
      row: { replaced_at },
      expected: 'the newest token',
    })
  }
  if (expires_at <= world.now) {
    return refuse(42001, {
      rule: 'access_token.living',
      row: { expires_at },
      expected: 'a token younger than two hours',
    })
  }
  return undefined
}

/** A token in the body, a form or a header is a common mistake; WeChat reads the query only. */
function misplaced(call: Call<WechatCaller>): { actual?: string } {
  if (Object.hasOwn(call.fields, 'access_token')) return { actual: 'access_token in the body' }
  return call.request.headers['authorization'] ? { actual: 'an Authorization header' } : {}
}
