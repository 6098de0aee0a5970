import type { Localized } from '../../core/field.ts'

/** What a good platform does, in one sentence; and how an outcome is brought about that no magic mobile answers. */
export interface Advice extends Localized {
  readonly how?: Localized
}

/** Makes an advice; `how`: how its outcome is brought about, in both languages. */
export function advice(en: string, zh: string, how?: readonly [en: string, zh: string]): Advice {
  return { en, zh, ...(how && { how: { en: how[0], zh: how[1] } }) }
}
