import { type HomeFacts, HomePage } from '../views/home.tsx'
import { frameOf, html } from './page/frame.ts'
import type { Lang } from './page/language.ts'

export { coveragePage } from './control/coverage/page.ts'

/** What there is, and the main job to paste into a terminal. */
export function homePage(lang: Lang, facts: HomeFacts): string {
  return html(HomePage({ frame: frameOf(lang), facts }))
}
