import { LostPage } from '../../../views/phone/lost.tsx'
import { PeoplePage } from '../../../views/phone/people.tsx'
import { ScreenPage } from '../../../views/phone/screen.tsx'
import { SidePage } from '../../../views/phone/side.tsx'
import { frameOf, html } from '../../page/frame.ts'
import type { Lang } from '../../page/language.ts'
import type { PeopleFacts, Phone, ScreenFacts, SideFacts, Visit } from './facts.ts'
import type { Lost } from './lost.ts'

/** The table on which all phones of a world lie. */
export function peoplePage(lang: Lang, visit: Visit, facts: PeopleFacts): string {
  return html(PeoplePage({ frame: frameOf(lang), visit, facts }))
}

/** Several phones at once. */
export function sidePage(lang: Lang, visit: Visit, facts: SideFacts): string {
  return html(SidePage({ frame: frameOf(lang), visit, facts }))
}

/** Whatever one phone shows. */
export function screenPage(
  lang: Lang,
  of: { visit: Visit; phone: Phone; facts: ScreenFacts },
): string {
  return html(ScreenPage({ frame: frameOf(lang), ...of }))
}

/** There is no such page. */
export function lostPage(lang: Lang, of: { way: string; reason: Lost }): string {
  return html(LostPage({ frame: frameOf(lang), ...of }))
}
