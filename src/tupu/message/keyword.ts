import { isCleanText } from '../../core/request.ts'
import type { Facts } from '../gateway/facts.ts'

/** Text by keyword; without a prototype, so that `__proto__` is a name like any other. */
export type Keywords = Readonly<Record<string, string>>

/** Keywords as they were sent, absent ones as none; undefined when they are no object of clean texts. */
export function readKeywords(sent: unknown): Keywords | undefined {
  const keywords: Record<string, string> = Object.create(null)
  if (sent === undefined || sent === null) return keywords
  if (typeof sent !== 'object' || Array.isArray(sent)) return undefined
  for (const [key, value] of Object.entries(sent)) {
    if (typeof value !== 'string' || !isCleanText(value) || !isCleanText(key)) return undefined
    keywords[key] = value
  }
  return keywords
}

/** A keyword that the template does not have, or that the message itself fills. */
export function findUnknownKeyword(keywords: Keywords, { template }: Facts): string | undefined {
  if (!template) return undefined
  return Object.keys(keywords).find((key) => {
    return !Object.hasOwn(template.binding, key) || template.binding[key] === 'message'
  })
}
