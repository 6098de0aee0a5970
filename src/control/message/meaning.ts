import type { Lang } from '../../page/language.ts'
import { tupuErrors } from '../../tupu/errors.ts'
import { wechatErrors } from '../../wechat/errors.ts'

/** What an errcode means, in words; undefined: it is none that we know. TUPU's own come first. */
export function meaningOf(errcode: number, lang: Lang): string | undefined {
  return (tupuErrors.get(errcode) ?? wechatErrors.get(errcode))?.[lang]
}
