import { maskText } from '../../journal/mask-text.ts'
import { type Finding, finding } from './finding.ts'

/** An address that people read as a link, with or without its scheme. */
const link =
  /(?:https?:\/\/|\bwww\.)[^\s\p{Script=Han}]+|(?<![@\w.-])(?:[a-z\d-]+\.)+(?:com|cn|net|org|io)\b(?:\/[^\s\p{Script=Han}]*)?/iu
const phone =
  /(?<![\d-])(?:(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8}|[48]00[ -]?\d{3}[ -]?\d{4})(?![\d-])/u
const identity = /(?<!\d)\d{17}[\dXx](?![\dXx])/u

/** A text that a sender gives: its field, and what a sentence calls it. */
export interface SentText {
  readonly field: string
  readonly name: string
  readonly text: string
  /** Numbers belong there. */
  readonly isNumber?: boolean
}

/** Personal data that stand in plain text where passers-by see them. */
export function personalFindings({ field, name, text, isNumber = false }: SentText): Finding[] {
  const masked = maskText(text)
  const contact =
    masked === text || isNumber
      ? []
      : [
          finding('text.contact', {
            field,
            values: { name },
            ...at(text, difference(text, masked)),
          }),
        ]
  const card = identity.exec(text)
  if (!card || !isIdentity(card[0])) return contact
  return [
    ...contact,
    finding('text.identity', { field, values: { name }, ...at(text, card.index) }),
  ]
}

/** The weights of GB 11643-1999, by which the last sign follows from the others. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

function isIdentity(number: string): boolean {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(number[i]), 0)
  return '10X98765432'[sum % 11] === number[17]?.toUpperCase()
}

/** A link in the text of a message. */
export function linkFindings(text: string): Finding[] {
  const found = link.exec(text)
  if (!found) return []
  return [
    finding('message.link', {
      field: 'message',
      values: { value: found[0] },
      ...at(text, found.index),
    }),
  ]
}

/** UTF-16 units of an SMS alone, and of each of several that are joined. */
const sms_units = { alone: 70, joined: 67 }

/** How many SMS a text takes. Any Chinese sign makes it UCS-2, and the carriers of China count so whatever it says. */
export function smsSize(text: string): { readonly units: number; readonly parts: number } {
  const units = text.length
  return { units, parts: units <= sms_units.alone ? 1 : Math.ceil(units / sms_units.joined) }
}

/** When an SMS would go, and how often the same went today. */
interface SmsMoment {
  /** `09:00`, in Beijing. */
  readonly clock: string
  readonly sent_today: number
}

const night = { from: '23:00', to: '07:00' }
const equal_max = 2

/** What an SMS of the same text would meet in China. */
export function smsFindings(text: string, { clock, sent_today }: SmsMoment): Finding[] {
  const field = 'message'
  const { parts } = smsSize(text)
  const [linked, dialled] = [link.exec(text), phone.exec(text)]
  const isSigned = /^【[^【】]{2,8}】/u.test(text)
  return [
    ...(isSigned ? [] : [finding('sms.signature', { field, position: 0 })]),
    finding('sms.pattern', { field }),
    ...(linked
      ? [finding('sms.link', { field, values: { value: linked[0] }, ...at(text, linked.index) })]
      : []),
    ...(dialled
      ? [
          finding('sms.number', {
            field,
            values: { value: dialled[0] },
            ...at(text, dialled.index),
          }),
        ]
      : []),
    ...(parts > 1 ? [finding('sms.parts', { field, values: { value: parts } })] : []),
    ...(clock >= night.from || clock < night.to
      ? [finding('sms.night', { field, values: { value: clock } })]
      : []),
    ...(sent_today >= equal_max
      ? [finding('sms.repeated', { field, values: { value: sent_today } })]
      : []),
  ]
}

/** Where the word begins in which two texts begin to differ. */
function difference(one: string, other: string): number {
  let at = 0
  while (one[at] === other[at]) at++
  while (/[\w+.-]/u.test(one[at - 1] ?? '')) at--
  return at
}

/** A place in a text, in characters. */
function at(text: string, unit: number): { readonly position: number } {
  return { position: [...text.slice(0, unit)].length }
}
