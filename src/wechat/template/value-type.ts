import { findValueType, readTemplate, type ValueType } from './content.ts'

/** What a check finds in one value. */
type ValueCheck = 'ok' | 'empty' | 'invalid'

/** A field that a 47003 could name, and the end of its text. */
interface DataFault {
  readonly name: string
  readonly fault: 'invalid' | 'is empty'
}

/**
 * Checks one value against the type that its placeholder's name says (`thing1`, `time4`); a name
 * without a type passes. Characters are code points. A value is empty when nothing but blanks is
 * left of it once the characters are gone that WeChat drops (control characters, `①`); control
 * characters and line breaks beside other text make it invalid. A `const` may be empty, else
 * it is one of `approved` where that is given; a `remark` is refused whatever it says.
 *
 * Source: the platform's table for service accounts, and reported refusals; where that table has
 * no such type, the one for subscription notifications.
 */
export function checkValue(name: string, value: string, approved?: readonly string[]): ValueCheck {
  const type = findValueType(name)
  return type === null ? 'ok' : checkTyped(type, value, approved)
}

interface TemplateData {
  content: string
  data: ReadonlyMap<string, string>
  constValues?: ReadonlyMap<string, readonly string[]>
  /** Of subscription notifications an amount has fewer digits. */
  of?: 'subscription'
}

/** The first of `templateDataFaults`: the one that WeChat names. */
export function checkTemplateData(message: TemplateData): DataFault | undefined {
  for (const fault of templateDataFaults(message)) return fault
  return undefined
}

/**
 * The faults of a message's data in the order of the template, whatever the order of the
 * data; a missing key counts as an empty value. Old-style placeholders are never checked, keys
 * without a placeholder are ignored. `constValues` are the approved values by keyword name.
 */
export function* templateDataFaults(message: TemplateData): Generator<DataFault> {
  for (const { name, type } of readTemplate(message.content).fields) {
    if (type === null) continue
    const value = message.data.get(name) ?? ''
    const isLong = message.of !== undefined && type === 'amount' && /\d{11}/.test(value)
    const check = isLong ? 'invalid' : checkTyped(type, value, message.constValues?.get(name))
    if (check !== 'ok') yield { name, fault: check === 'empty' ? 'is empty' : 'invalid' }
  }
}

/**
 * Reads the `data` of a send, `{"thing1":{"value":"…"}}`, to text by key. A number becomes its
 * text. What has no value object (`{"thing1":"…"}`) or a value of another type counts as absent,
 * and data that is no object (a JSON string, an array) holds nothing. Colours are ignored.
 */
export function readTemplateData(data: unknown): ReadonlyMap<string, string> {
  const read = new Map<string, string>()
  if (!isObject(data)) return read
  for (const [name, field] of Object.entries(data)) {
    const value = isObject(field) ? field.value : undefined
    if (typeof value === 'string' || typeof value === 'number') read.set(name, String(value))
  }
  return read
}

/** Does a value of a send's `data` stand there as a number? */
export function hasNumbers(data: unknown): boolean {
  return (
    isObject(data) &&
    Object.values(data).some((field) => isObject(field) && typeof field.value === 'number')
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Beside other text it makes a typed value invalid. */
export const unprintable = /[\p{Cc}\u2028\u2029]/u
/** `①` was seen to be dropped; we take its whole block, the enclosed letters and digits. */
const dropped = /[\p{Cc}\u2028\u2029\u2460-\u24ff]/gu

function checkTyped(type: ValueType, value: string, approved?: readonly string[]): ValueCheck {
  if (type === 'remark') return 'invalid'
  if (type === 'const') return isConst(value, approved) ? 'ok' : 'invalid'
  const kept = value.replace(dropped, '')
  if (kept.trim() === '') return 'empty'
  if (unprintable.test(value)) return 'invalid'
  return fits[type](kept) ? 'ok' : 'invalid'
}

function isConst(value: string, approved?: readonly string[]): boolean {
  if (value === '') return true
  if (approved !== undefined) return approved.includes(value) && hasAtMost(20, value)
  return hasAtMost(20, value) && !unprintable.test(value)
}

function hasAtMost(characters: number, text: string): boolean {
  return [...text].length <= characters
}

/*
 * Where the sources leave a choice: beside digits or letters, symbols are those of ASCII and a blank
 * is one; decimals are not counted; a number has no plus, minus or comma.
 */
const fits: Readonly<Record<Exclude<ValueType, 'const' | 'remark'>, (text: string) => boolean>> = {
  thing: (text) => hasAtMost(20, text),
  // In use (leave approvals), in no documentation: its length is a guess from `phrase`.
  short_thing: (text) => hasAtMost(5, text),
  character_string: (text) => /^[ -~]{1,32}$/.test(text),
  time: (text) => time.test(text),
  date: (text) => date.test(text),
  amount: (text) => /^\p{Sc}?\d{1,12}(?:\.\d+)?元?$/u.test(text),
  phone_number: (text) => /^[ -~]{1,17}$/.test(text) && !/[a-z]/i.test(text),
  car_number: (text) =>
    /^[\p{Script=Han}A-Za-z\d](?:[A-Za-z\d]{0,6}[\p{Script=Han}A-Za-z\d])?$/u.test(text),
  phrase: (text) => /^\p{Script=Han}{1,5}$/u.test(text),
  name: (text) =>
    /^[\p{Script=Han}\p{Script=Latin}\p{M}\p{P}\p{S} ]+$/u.test(text) &&
    // With one Chinese character in it, a name is measured as a Chinese one.
    hasAtMost(/\p{Script=Han}/u.test(text) ? 10 : 20, text),
  number: (text) => /^\d{1,32}(?:\.\d+)?$/.test(text),
  letter: (text) => /^[a-z]{1,32}$/i.test(text),
  symbol: (text) => /^[\p{P}\p{S}]{1,5}$/u.test(text),
}

const hours = '(?:[01]?\\d|2[0-3])'
const clock = `${hours}:[0-5]\\d(?::[0-5]\\d)?`
const month = '(?:0?[1-9]|1[0-2])'
const day = '(?:0?[1-9]|[12]\\d|3[01])'
const separators = ['-', '/', '\\.']

const dayDate = [
  `(?:\\d{4}年)?${month}月${day}日`,
  ...separators.map((separator) => `(?:\\d{4}${separator})?${month}${separator}${day}`),
].join('|')

const monthDate = [
  `\\d{4}年${month}月`,
  ...separators.map((separator) => `\\d{4}${separator}${month}`),
].join('|')

const moment = `(?:(?:${dayDate})(?: ${clock})?|${monthDate})`
/** Any date does too, which is disputed: several send one alone, one sender was refused. */
const time = new RegExp(`^(?:${moment}|${clock})(?:~(?:${moment}|${clock}))?$`)
const date = new RegExp(`^${moment}(?:~(?:${moment}|${clock}))?$`)
