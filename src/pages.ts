import { DocsPage } from '../views/docs/page.tsx'
import { HomePage } from '../views/home.tsx'
import { describeDocs } from './docs.ts'
import type { HomeFacts } from './home.ts'
import type { Documented } from './http/describe.ts'
import { frameOf, html } from './http/frame.ts'
import type { Lang } from './http/language.ts'

/** What there is, and the main job to paste into a terminal. */
export function homePage(lang: Lang, facts: HomeFacts): string {
  return html(HomePage({ frame: frameOf(lang), facts }))
}

/** Every endpoint of every surface, with its fields, codes and example. */
export function docsPage(lang: Lang, surfaces: readonly Documented[]): string {
  const frame = frameOf(lang)
  return html(DocsPage({ frame, docs: describeDocs(surfaces, frame.words) }))
}
