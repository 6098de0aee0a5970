import { createHash } from 'node:crypto'
import { docsStyle } from '../views/assets/docs-style.ts'
import { icon } from '../views/assets/icon.ts'
import { style } from '../views/assets/style.ts'
import { DocsPage } from '../views/docs/page.tsx'
import { HomePage } from '../views/home.tsx'
import type { Frame } from '../views/layout.tsx'
import { en } from '../views/words/en.ts'
import type { Words } from '../views/words/words.ts'
import { zh } from '../views/words/zh.ts'
import { describeDocs } from './docs.ts'
import type { HomeFacts } from './home.ts'
import type { Documented } from './http/describe.ts'
import { type Lang, langs } from './http/language.ts'

/** A file that pages load: its name changes with its bytes, so that it may be kept for ever. */
export interface Asset {
  readonly file: string
  readonly text: string
  readonly type: string
}

const words: Readonly<Record<Lang, Words>> = { en, zh }
const stylesheet = asset('style.css', 'text/css; charset=utf-8', style + docsStyle)
const favicon = asset('icon.svg', 'image/svg+xml', icon)

/** The file of this name, of those that pages name. */
export function findAsset(file: string): Asset | undefined {
  return [stylesheet, favicon].find((candidate) => candidate.file === file)
}

/** What there is, and the main job to paste into a terminal. */
export function homePage(
  lang: Lang,
  { version, ...facts }: HomeFacts & { version: string },
): string {
  return html(HomePage({ frame: frameOf(lang, version), facts }))
}

/** Every endpoint of every surface, with its fields, codes and example. */
export function docsPage(
  lang: Lang,
  { version, surfaces }: { version: string; surfaces: readonly Documented[] },
): string {
  const docs = describeDocs(surfaces, words[lang])
  return html(DocsPage({ frame: frameOf(lang, version), docs }))
}

function frameOf(lang: Lang, version: string): Frame {
  return {
    words: words[lang],
    lang,
    languages: langs.map((other) => ({
      lang: other,
      tag: words[other].tag,
      name: words[other].language,
    })),
    stylesheet: `/assets/${stylesheet.file}`,
    icon: `/assets/${favicon.file}`,
    version,
  }
}

function html(page: { toString(): unknown }): string {
  return `<!DOCTYPE html>${page}`
}

function asset(name: string, type: string, text: string): Asset {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12)
  return { file: name.replace('.', `-${hash}.`), text, type }
}
