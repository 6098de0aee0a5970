import { z } from 'zod'
import { endTokens, findAccessToken, updateAccessToken } from '../../../db/access-token.ts'
import type { AccessTokenRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import type { World } from '../../world/world.ts'
import { cleanText } from '../field.ts'
import { chooseOfficial } from './official-account.ts'

const token_kinds: readonly AccessTokenRow['kind'][] = ['ordinary', 'stable']

const tokenInput = z.strictObject({
  world: z.string(),
  appid: cleanText,
  token: cleanText
    .optional()
    .meta(
      words(
        'One of the account’s access tokens. Default: all that are valid.',
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
    tokens: z.int().meta(words('How many have ended.', '结束了这么多个。')),
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
    en: 'Expire access tokens: calls with them are answered with 42001 from now on',
    zh: '让访问令牌过期：此后用它调用会得到 42001',
  },
  handle: (call) =>
    end(call, {
      living: ({ now }) => ({ expires_at: now, replaced_at: null }),
      named: ({ now }, { expires_at }) => {
        return { expires_at: Math.min(expires_at, now), replaced_at: null }
      },
    }),
})

/** As if somebody else had fetched a token by force. */
export const revokeAccessToken = endpoint({
  ...tokenCall,
  id: 'access_token.revoke',
  path: '/worlds/{world}/official-accounts/{appid}/access-tokens/revoke',
  summary: {
    en: 'Revoke access tokens: calls with them are answered with 40001 from now on',
    zh: '使访问令牌失效：此后用它调用会得到 40001',
  },
  handle: (call) =>
    end(call, {
      living: ({ now }) => ({ replaced_at: now }),
      // Replaced in its lifetime: what was old already counts as if it had been.
      named: ({ now }, { expires_at }) => {
        return { expires_at, replaced_at: Math.min(now, expires_at - 1) }
      },
    }),
})

type TokenEnd = Pick<AccessTokenRow, 'expires_at' | 'replaced_at'>

/** How tokens end: those that are good for something, and one at its word, whatever it is worth. */
interface Ending {
  living(at: World): Partial<TokenEnd>
  named(at: World, row: AccessTokenRow): TokenEnd
}

function end(
  call: Call<unknown, z.output<typeof tokenInput>>,
  { living, named }: Ending,
): { appid: string; tokens: number } | Refusal {
  const { db, input, world } = call
  const official = chooseOfficial(call, input.appid)
  if (isRefusal(official)) return official
  const { epoch, appid } = official
  if (input.token === undefined) {
    const ended = token_kinds.map((kind) => {
      return endTokens(db, { epoch, appid, kind, now: world.now }, living(world))
    })
    return { appid, tokens: ended.reduce((sum, n) => sum + n, 0) }
  }
  const row = findAccessToken(db, epoch, input.token)
  if (row?.appid !== appid) return unknownToken(appid)
  updateAccessToken(db, row, named(world, row))
  return { appid, tokens: 1 }
}

function unknownToken(appid: string): Refusal {
  return problem('invalid_field', {
    field: 'token',
    reason: `it is not an access token of ${appid}`,
    fix: 'give one that token.get or stable_token.get returned, or leave it out',
  })
}
