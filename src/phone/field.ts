import { z } from 'zod'
import { words } from '../core/field.ts'

/** Which official account a thumb is on. */
export const accountField = z
  .string()
  .optional()
  .meta(
    words(
      'Key, EID or appid. Default: the first account.',
      'key、EID 或 appid；不填则为第一个账号。',
    ),
  )

/** An official account by the key of TUPU's side. */
export const accountKey = z
  .string()
  .nullable()
  .meta(
    words('Null: an official account that TUPU does not run.', 'null：不由 TUPU 运营的公众号。'),
  )

/** How a person may stand to an official account. */
export const followerState = z.enum(['never', 'following', 'unfollowed', 'blocking', 'muted'])

/** How a person stands to one. */
export const relation = z.object({
  person: z.string(),
  account: accountKey,
  appid: z.string(),
  openid: z.string(),
  state: followerState,
})

/** The fields by which every verb says who does it, and where. */
export const where = { world: z.string(), person: z.string(), account: accountField }
