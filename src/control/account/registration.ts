import { z } from 'zod'
import { words } from '../../core/field.ts'

/** What becomes of a mobile that another openid of the account has, when somebody registers it on the page. */
export const wantedRebind = z
  .enum(['reject', 'replace'])
  .meta(
    words(
      'reject (unless told): a mobile that somebody has registered is refused on the page; replace: the newcomer takes its place.',
      'reject（默认）：页面上拒绝别人已登记的手机号；replace：由新登记的人取代。',
    ),
  )

/** What the registration page asks of WeChat. */
export const wantedScope = z
  .enum(['snsapi_base', 'snsapi_userinfo'])
  .meta(
    words(
      'What the registration page asks of WeChat: the openid silently (unless told), or nickname and avatar too, with consent.',
      '登记页向微信要什么：默认静默取得 openid；或者经同意再取昵称和头像。',
    ),
  )

/** For how long TUPU keeps what candidates have told it. */
export const wantedRetention = z
  .int()
  .min(1)
  .max(3650)
  .nullable()
  .meta(
    words(
      'Associations are erased so many days after their last change, as if withdrawn; null (unless told): never.',
      '登记在最后一次变更后满这么多天即清除，如同撤回；null（不填时）：永不清除。',
    ),
  )
