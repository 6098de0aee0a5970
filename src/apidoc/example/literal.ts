import { isObject } from '../describe.ts'

/** How a language writes what JSON can say. */
export interface Notation {
  readonly indent: string
  /** What stands between the braces of an object on one line and its fields. */
  readonly inner: string
  text(value: string): string
  key(name: string): string
  /** Null, true and false. */
  word(value: boolean | null): string
}

/** Up to so many characters a list or an object stands on one line. */
const line_length_max = 64

/** A JSON value as a literal of a language, `depth` levels into the code. */
export function literal(value: unknown, notation: Notation, depth = 0): string {
  if (typeof value === 'string') return notation.text(value)
  if (value === null || typeof value === 'boolean') return notation.word(value)
  const inside = (one: unknown) => literal(one, notation, depth + 1)
  const at = { notation, depth }
  if (Array.isArray(value)) return bracketed(['[', ']'], '', value.map(inside), at)
  if (!isObject(value)) return String(JSON.stringify(value))
  const pairs = Object.entries(value).map(([name, one]) => `${notation.key(name)}: ${inside(one)}`)
  return bracketed(['{', '}'], notation.inner, pairs, at)
}

function bracketed(
  [open, close]: readonly [string, string],
  inner: string,
  parts: readonly string[],
  { notation, depth }: { notation: Notation; depth: number },
): string {
  const line = open + inner + parts.join(', ') + inner + close
  if (line.length <= line_length_max && !line.includes('\n')) return line
  const indent = notation.indent.repeat(depth)
  const lines = parts.map((part) => `${indent}${notation.indent}${part},\n`).join('')
  return `${open}\n${lines}${indent}${close}`
}
