import type { Localized } from '../../core/field.ts'
import type { Lang } from '../../page/language.ts'
import { profileErrors, tupuErrors } from '../../tupu/errors.ts'
import { wechatErrors } from '../../wechat/errors.ts'
import { advices } from '../coverage/advice.ts'

/** What an errcode means, in words; undefined: it is none that we know. TUPU's own come first. */
export function meaningOf(errcode: number, lang: Lang): string | undefined {
  return (tupuErrors.get(errcode) ?? profileErrors.get(errcode) ?? wechatErrors.get(errcode))?.[
    lang
  ]
}

/** What a good platform does about an errcode; undefined: it is none that we know. */
export function adviceFor(errcode: number): Localized | undefined {
  const advice = advices[`tupu.${errcode}`] ?? advices[`wechat.${errcode}`]
  return advice && { en: advice.en, zh: advice.zh }
}
