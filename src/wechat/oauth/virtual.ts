import type { Call } from '../../core/call.ts'
import { deriveBase64url } from '../../world/seed.ts'
import { openidPrefix } from '../official-account.ts'

/** The nickname of whoever sees a page as a snapshot. */
export const virtual_nickname = '微信用户'

/** The grey avatar that goes with it. Source: answers that users of 2022 and later were given. */
export const virtual_avatar =
  'https://thirdwx.qlogo.cn/mmopen/vi_32/POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg/132'

/** The id that a page in snapshot mode learns instead of the person's own: it looks alike and belongs to no follower. */
export function virtualOpenid(call: Pick<Call, 'world'>, appid: string, person: string): string {
  return openidPrefix(call, appid) + deriveBase64url(22, call.world, 'snapshot', appid, person)
}

/** The same over all official accounts of the world. */
export function virtualUnionid({ world }: Pick<Call, 'world'>, person: string): string {
  const common = `o${deriveBase64url(5, world, 'unionid_prefix')}`
  return common + deriveBase64url(22, world, 'snapshot_unionid', person)
}
