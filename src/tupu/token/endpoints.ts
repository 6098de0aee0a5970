import { z } from 'zod'
import { words } from '../../core/field.ts'
import { eidOf } from '../account/eid.ts'
import { endpoint, ok } from '../endpoint.ts'
import type { Profile } from '../profile/spelled.ts'
import { writeToken } from './token.ts'

const tokenShape = z.object({
  errcode: z.literal(0),
  errmsg: z.literal('ok'),
  access_token: z.string(),
  token_type: z.string(),
  expires_in: z.int().meta(words('Seconds.', '秒数。')),
})

/** A token for a partner whose profile asks for OAuth2 client credentials; the other partners have no such call. */
export function issuePartnerToken({ authentication }: Pick<Profile, 'authentication'>) {
  const lifetime_s = authentication.kind === 'oauth2' ? authentication.lifetime_s : 0
  return endpoint({
    id: 'partner_token.issue',
    methods: ['POST'],
    path: '/token',
    looks: true,
    from: ['form', 'json'],
    summary: {
      en: 'An access token for client credentials (OAuth2)',
      zh: '用客户端凭证换取访问令牌（OAuth2）',
    },
    credential: 'eid',
    input: z.object({
      client_secret: z.string().optional().meta(words('The partner secret.', '伙伴密钥。')),
      grant_type: z.literal('client_credentials'),
    }),
    answer: tokenShape,
    refusals: [47001],
    example: {
      input: { client_secret: 's3cret', grant_type: 'client_credentials' },
      answer: {
        ...ok,
        access_token: 'YWNtZQ.mjzy9k00.uQ',
        token_type: 'Bearer',
        expires_in: lifetime_s,
      },
    },
    handle({ caller: { account }, world }) {
      const token = { eid: eidOf(account), expires_at: world.now + lifetime_s * 1000 }
      const access_token = writeToken(token, account.partner_secret ?? '')
      const token_type = authentication.kind === 'oauth2' ? authentication.scheme : 'Bearer'
      return { ...ok, access_token, token_type, expires_in: lifetime_s }
    },
  })
}
