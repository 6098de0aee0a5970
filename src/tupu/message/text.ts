/** A message's text as the phone shows it, or the first of its faults in the order of checks. */
type MessageText =
  | { readonly ok: true; readonly text: string; readonly folded: boolean }
  | { readonly ok: false; readonly fault: MessageTextFault; readonly length?: number }

/** Why a message's text is refused; only `too_long` comes with a length. */
type MessageTextFault = 'empty' | 'too_long' | 'illegal'

/** Code points in NFC, untrimmed. Source: the platform's help page. */
export const message_length_max = 200

/** Reads a message's text of at most `max` code points: NFC, each run of CR, LF and tab as one blank (then `folded` is true). */
export function readMessageText(text: string, max = message_length_max): MessageText {
  if (text.length <= max && PLAIN.test(text) && text.trim() !== '')
    return { ok: true, text, folded: false }
  if (EMPTY.test(text)) return { ok: false, fault: 'empty' }
  if (isEndless(text, max)) return { ok: false, fault: 'too_long', length: countCodePoints(text) }
  const composed = text.normalize('NFC')
  const length = countCodePoints(composed)
  if (length > max) return { ok: false, fault: 'too_long', length }
  if (!composed.isWellFormed() || ILLEGAL.test(composed)) return { ok: false, fault: 'illegal' }
  const folded = BREAK.test(composed)
  return { ok: true, text: folded ? composed.replace(BREAKS, ' ') : composed, folded }
}

/**
 * Texts that need no further look: printable ASCII, the common Chinese characters and their
 * punctuation, none of which NFC changes.
 */
const PLAIN = /^[\x20-\x7e\u3000-\u3002\u4e00-\u9fff\uff01-\uff5e]+$/

const EMPTY = /^\p{White_Space}*$/u
/** Category Cc without CR, LF and tab; NUL is one of them. */
const ILLEGAL = /(?![\t\n\r])\p{Cc}/u
const BREAK = /[\t\n\r]/
const BREAKS = /[\t\n\r]+/g

/** NFC makes at most this many code points into one (U+1F82 and its like). */
const composition_max = 4

/** More marks than any language puts on one character (Unicode's stream-safe text format). */
const MARKS = /\p{M}{31}/u

/**
 * Is this too long whatever NFC makes of it, and too dear to normalize? Sorting the marks of one
 * character takes quadratic time: half a megabyte of them would stop the server for a minute.
 * Only such a text is told its length as sent.
 */
function isEndless(text: string, max: number): boolean {
  const length_max = composition_max * max
  return text.length > length_max && countCodePoints(text) > length_max && MARKS.test(text)
}

function countCodePoints(text: string): number {
  let count = text.length
  for (let at = 0; at < text.length - 1; at++) {
    if (isHigh(text.charCodeAt(at)) && isLow(text.charCodeAt(at + 1))) count--
  }
  return count
}

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff
