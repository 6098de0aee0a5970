import type { Frame } from '../../views/layout.tsx'
import type { Words } from '../../views/words/en.ts'
import { en } from '../../views/words/en.ts'
import { zh } from '../../views/words/zh.ts'
import { version } from '../version.ts'
import { assetPath } from './asset.ts'
import { type Lang, langs } from './language.ts'

const words: Readonly<Record<Lang, Words>> = { en, zh }

const frames = new Map<Lang, Frame>()

/** What every page needs besides what it shows: one object a language. */
export function frameOf(lang: Lang): Frame {
  const known = frames.get(lang)
  if (known) return known
  const frame = makeFrame(lang)
  frames.set(lang, frame)
  return frame
}

function makeFrame(lang: Lang): Frame {
  return {
    words: words[lang],
    lang,
    languages: langs.map((other) => ({
      lang: other,
      tag: words[other].tag,
      name: words[other].language,
    })),
    stylesheet: assetPath('style.css'),
    mobile: assetPath('mobile.css'),
    script: assetPath('phone.js'),
    consoleScript: assetPath('console.js'),
    icon: assetPath('icon.svg'),
    version,
  }
}

/** A rendered component as a document. */
export function html(page: { toString(): unknown }): string {
  return `<!DOCTYPE html>${page}`
}
