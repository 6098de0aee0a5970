import { z } from 'zod'

/** What becomes of a mobile that another openid of the account has, when somebody registers it on the page. */
export const wantedRebind = z
  .enum(['reject', 'replace'])
  .describe(
    'reject (unless told): a mobile that somebody has registered is refused on the page; replace: the newcomer takes its place.',
  )

/** What the registration page asks of WeChat. */
export const wantedScope = z
  .enum(['snsapi_base', 'snsapi_userinfo'])
  .describe(
    'What the registration page asks of WeChat: the openid silently (unless told), or nickname and avatar too, with consent.',
  )

/** For how long TUPU keeps what candidates have told it. */
export const wantedRetention = z
  .int()
  .min(1)
  .max(3650)
  .nullable()
  .describe(
    'Associations are erased so many days after their last change, as if withdrawn; null (unless told): never.',
  )
