import { z } from 'zod'
import { findAccessToken, listLivingTokens, updateAccessToken } from '../../../db/access-token.ts'
import type { AccessTokenRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { cleanText } from '../field.ts'
import { chooseOfficial } from './official-account.ts'

/** More tokens than a world's programs fetch in two hours. */
const living_max = 10_000

const tokenInput = z.strictObject({
  world: z.string(),
  appid: cleanText,
  token: cleanText
    .optional()
    .meta(
      words(
        'One of the account’s access tokens; left out, all that are good for something.',
        '公众号的一个访问令牌；不填则为所有仍有效的令牌。',
      ),
    ),
})

/** What both calls have in common. */
const tokenCall = {
  methods: ['POST'],
  from: ['path', 'json'],
  input: tokenInput,
  answer: z.object({
    appid: z.string(),
    tokens: z.int().meta(words('So many have ended.', '结束了这么多个。')),
  }),
  example: {
    input: { appid: '{acme.appid}' },
    after: [
      {
        call: 'stable_token.get',
        input: {
          grant_type: 'client_credential',
          appid: '{acme.appid}',
          secret: '{acme.app_secret}',
        },
      },
    ],
  },
} as const

/** As if two hours had passed for the account's tokens alone. */
export const expireAccessToken = endpoint({
  ...tokenCall,
  id: 'access_token.expire',
  path: '/worlds/{world}/official-accounts/{appid}/access-tokens/expire',
  summary: {
    en: 'Let access tokens grow old: calls with them get 42001 from now on',
    zh: '让访问令牌过期：此后用它调用会得到 42001',
  },
  handle: (call) => {
    const { now } = call.world
    return end(call, ({ expires_at }) => {
      return { expires_at: Math.min(expires_at, now), replaced_at: null }
    })
  },
})

/** As if somebody else had fetched a token by force. */
export const revokeAccessToken = endpoint({
  ...tokenCall,
  id: 'access_token.revoke',
  path: '/worlds/{world}/official-accounts/{appid}/access-tokens/revoke',
  summary: {
    en: 'Void access tokens: calls with them get 40001 from now on',
    zh: '使访问令牌失效：此后用它调用会得到 40001',
  },
  handle: (call) => {
    const { now } = call.world
    return end(call, ({ expires_at }) => {
      // Replaced in its lifetime: what was old already counts as if it had been.
      return { expires_at, replaced_at: Math.min(now, expires_at - 1) }
    })
  },
})

function end(
  call: Call<unknown, z.output<typeof tokenInput>>,
  endOf: (row: AccessTokenRow) => Pick<AccessTokenRow, 'expires_at' | 'replaced_at'>,
): { appid: string; tokens: number } | Refusal {
  const { db, input } = call
  const official = chooseOfficial(call, input.appid)
  if (isRefusal(official)) return official
  const { epoch, appid } = official
  const named = input.token === undefined ? undefined : findAccessToken(db, epoch, input.token)
  if (input.token !== undefined && named?.appid !== appid) return unknownToken(appid)
  const rows = named ? [named] : livingTokens(call, appid)
  for (const row of rows) updateAccessToken(db, row, endOf(row))
  return { appid, tokens: rows.length }
}

function livingTokens({ db, world: { epoch, now } }: Call, appid: string): AccessTokenRow[] {
  const living = listLivingTokens(db, epoch, now, living_max)
  return living.filter((row) => row.appid === appid && (row.replaced_at ?? Infinity) > now)
}

function unknownToken(appid: string): Refusal {
  return problem('invalid_field', {
    field: 'token',
    reason: `it is no access token of ${appid}`,
    fix: 'give one that token.get or stable_token.get has answered, or leave it out',
  })
}
