import { phoneLibrary } from '../../mobile.ts'
import { fold } from './reading.ts'

/** What to look for in a folded text. */
export interface Pattern {
  readonly expression: RegExp
  /** A quick look that never misses: only what it lets pass is looked at with the expression. */
  readonly mayBeIn?: (text: string) => boolean
  /** A plain word of letters, which may as well be the name of a field: names of fields are left alone. */
  readonly isWord: boolean
}

/** What people put between the digits of a number: no letter, and nothing that ends a value. */
const GAP = '[^\\p{L}\\p{N}"\',:;{}<>&=|@#%\\\\]{0,20}'
/** Not the end of an encoded character. */
const BARE = '(?<!%(?:25)*[\\da-fA-F]?|\\\\u[\\da-fA-F]{0,3})'
const ZERO = `(?:\\(?${BARE}0\\)?${GAP})?`
/** A trunk zero stands behind the calling code, which has three digits at most. */
const calling_code_max = 3

/** A mobile (E.164) in any spelling: with gaps, with or without its calling code where it is Chinese. */
export function mobilePattern(e164: string): Pattern {
  const digits = e164.replace(/\D/g, '')
  const china = /^86(1\d{10})$/.exec(digits)?.[1]
  const expression = china
    ? `(?:(?:[+(]${GAP})?(?:${BARE}0${GAP}0${GAP})?${BARE}8${GAP}6${GAP})?${ZERO}${[...china].join(GAP)}`
    : `(?:\\+${GAP}|${BARE}0${GAP}0${GAP})?${[...digits].map(withTrunkZero).join(GAP)}`
  const tail = new RegExp([...digits.slice(-quick_digits)].join(GAP), 'u')
  return {
    expression: new RegExp(expression, 'gu'),
    mayBeIn: (text) => tail.test(text),
    isWord: false,
  }
}

/** Of the end, where no trunk zero stands between digits. */
const quick_digits = 4

function withTrunkZero(digit: string, at: number): string {
  return at > 0 && at <= calling_code_max ? ZERO + digit : digit
}

/** A mobile as it is written in its own country, without calling code; undefined where the other pattern has it. */
export function nationalPattern(
  e164: string,
): (Pattern & { readonly isTelling: boolean }) | undefined {
  if (e164.startsWith('+86')) return undefined
  const digits = phoneLibrary().parsePhoneNumberFromString(e164)?.nationalNumber
  if (digits === undefined) return undefined
  const expression = new RegExp(`(?<!\\p{N})${ZERO}${[...digits].join(GAP)}(?!\\p{N})`, 'gu')
  return { expression, isWord: false, isTelling: digits.length >= telling_digits_min }
}

/** Fewer digits may as well be part of an instant or an id. */
const telling_digits_min = 10

/** An e-mail address, in whatever case; not as a part of another one. */
export function emailPattern(email: string): Pattern {
  const before = /^[\w]/.test(email) ? '(?<![\\w.%+-])' : ''
  const expression = `${before}${literal(email)}(?![\\w]|[.-][\\w])`
  return {
    expression: new RegExp(expression, 'giu'),
    mayBeIn: (text) => text.includes('@') || !email.includes('@'),
    isWord: false,
  }
}

/** Scripts that part words by blanks: there a name is a whole word. Elsewhere it stands among other characters. */
const SPACED =
  '[\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{Script=Armenian}\\p{Script=Georgian}\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Nd}]'
const STARTS_SPACED = new RegExp(`^${SPACED}`, 'u')
const ENDS_SPACED = new RegExp(`${SPACED}$`, 'u')

/** A name. Of one character, only where it stands alone; `anyCase`: also in another case. */
export function namePattern(name: string, { anyCase }: { anyCase: boolean }): Pattern {
  const folded = fold(name)
  const isOne = [...name].length === 1
  const edge = (spaced: RegExp) =>
    isOne ? '[\\p{L}\\p{N}]' : spaced.test(folded) ? SPACED : undefined
  const [before, behind] = [edge(STARTS_SPACED), edge(ENDS_SPACED)]
  const expression = [before && `(?<!${before})`, literal(name), behind && `(?!${behind})`].join('')
  return {
    expression: new RegExp(expression, anyCase ? 'giu' : 'gu'),
    isWord: /^[A-Za-z][\w-]*$/.test(name),
  }
}

/** Any other text, as it stands. */
export function textPattern(text: string): Pattern {
  return { expression: new RegExp(literal(text), 'gu'), isWord: false }
}

/** Nothing in it that could be told from punctuation. */
export function isFaceless(name: string): boolean {
  return !/[\p{L}\p{N}\p{S}\p{Extended_Pictographic}]/u.test(name)
}

/** Below this many characters a name is also a word, a syllable or a part of one. */
const distinct_length_min = 2
const distinct_latin_length_min = 4

/** Whether a name tells by itself whose it is; a shorter one only beside the mobile, the e-mail address or the openid. */
export function isDistinct(name: string): boolean {
  const isPlain = /^[\x20-\x7e]*$/.test(name)
  const least = isPlain ? distinct_latin_length_min : distinct_length_min
  return [...name].length >= least && !isFaceless(name)
}

/** The text as an expression: folded, and any run of blanks for a blank. */
function literal(text: string): string {
  return fold(text)
    .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replace(/\s+/g, '\\s+')
}
