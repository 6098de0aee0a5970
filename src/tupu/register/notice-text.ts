import type { Frame } from '../../../views/layout.tsx'
import type { Notice } from '../association/notice.ts'

/** The paragraphs of a notice in the language of a page: the account's own text, else the standing one. */
export function noticeText(
  { zh, en }: Pick<Notice, 'zh' | 'en'>,
  { words, lang }: Pick<Frame, 'words' | 'lang'>,
): readonly string[] {
  const own = lang === 'zh' ? zh : en
  if (own === null) return words.register.notice.text
  return own
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
