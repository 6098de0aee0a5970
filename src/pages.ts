import { DocsPage } from '../views/docs/page.tsx'
import { type HomeFacts, HomePage } from '../views/home.tsx'
import type { Documented } from './apidoc/describe.ts'
import { describeDocs } from './docs.ts'
import { frameOf, html } from './page/frame.ts'
import type { Lang } from './page/language.ts'

export { coveragePage } from './control/coverage/page.ts'

/** What there is, and the main job to paste into a terminal. */
export function homePage(lang: Lang, facts: HomeFacts): string {
  return html(HomePage({ frame: frameOf(lang), facts }))
}

/** Every endpoint of every surface, with its fields, codes and example. */
export function docsPage(lang: Lang, surfaces: readonly Documented[]): string {
  const frame = frameOf(lang)
  return html(DocsPage({ frame, docs: describeDocs(surfaces, frame.words) }))
}
