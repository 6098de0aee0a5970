import type { ValueType } from './content.ts'

const folded_length = 20

/** Types whose own rule admits more characters than the fold leaves: those are shown whole. */
const longTypes: ReadonlySet<ValueType | null> = new Set([
  'character_string',
  'time',
  'date',
  'number',
  'letter',
])

/** An emoji with whatever is joined to it; a sign that is text by itself (☎) is none without the selector that makes it one. */
const emoji =
  /(?:\p{RGI_Emoji}|\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f)[\p{Emoji_Modifier}\ufe0f]*(?:\u200d\p{Extended_Pictographic}[\p{Emoji_Modifier}\ufe0f]*)*/gv

/** A text without its emojis, which no template shows since 4 May 2023. */
export function dropEmojis(text: string): string {
  return text.replace(emoji, '')
}

/** A value as the rules of 2023 show it: one line without emojis, of 20 characters. */
export function foldValue(type: ValueType | null, value: string): string {
  const kept = dropEmojis(firstLine(value))
  const characters = [...kept]
  if (characters.length <= folded_length || longTypes.has(type)) return kept
  return `${characters.slice(0, folded_length).join('')}…`
}

/** A part of a value that the rules of 2023 do not show. */
export interface ValueLoss {
  readonly kind: 'line_break' | 'emoji' | 'folded'
  /** Where it begins, in characters from 0. */
  readonly at: number
}

/** What `foldValue` takes from a value, in the order in which it does. */
export function lossesIn(type: ValueType | null, value: string): ValueLoss[] {
  const line = firstLine(value)
  const emoji_at = line.search(emoji)
  const isFolded = foldValue(type, value) !== dropEmojis(line)
  return [
    ...(line === value ? [] : [{ kind: 'line_break', at: length(line) } as const]),
    ...(emoji_at < 0 ? [] : [{ kind: 'emoji', at: length(line.slice(0, emoji_at)) } as const]),
    ...(isFolded ? [{ kind: 'folded', at: folded_length } as const] : []),
  ]
}

/** What follows a line break is lost without a sign of it. */
function firstLine(value: string): string {
  return value.replace(/[\r\n].*$/s, '')
}

function length(text: string): number {
  return [...text].length
}
