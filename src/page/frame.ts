import type { Frame } from '../../views/layout.tsx'
import type { Words } from '../../views/words/en.ts'
import { en } from '../../views/words/en.ts'
import { zh } from '../../views/words/zh.ts'
import { headerOf, type RawRequest } from '../core/request.ts'
import { version } from '../version.ts'
import { assetPath } from './asset.ts'
import { type Lang, langs } from './language.ts'

const words: Readonly<Record<Lang, Words>> = { en, zh }

const frames = new Map<string, Frame>()

/**
 * What every page needs besides what it shows: one object a language, and one more for pages that stand in another's frame, as
 * the browser says of its request.
 */
export function frameOf(lang: Lang, request?: Pick<RawRequest, 'headers'>): Frame {
  const isFramed = request !== undefined && headerOf(request, 'sec-fetch-dest') === 'iframe'
  const name = `${lang} ${isFramed}`
  const known = frames.get(name)
  if (known) return known
  const frame = { ...makeFrame(lang), isFramed }
  frames.set(name, frame)
  return frame
}

function makeFrame(lang: Lang): Omit<Frame, 'isFramed'> {
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
    around: assetPath('around.css'),
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
