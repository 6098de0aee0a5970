import { isUtf8 } from 'node:buffer'
import { elementFields, list_bounds, readXml } from './xml.ts'

/** A request as the carrier reads it, whichever server it came through. */
export interface RawRequest {
  readonly method: string
  /** Path and query as sent. */
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
  /** The caller's address; empty when there is none (a call in process). */
  readonly ip: string
  /** This server's own address at which it came; undefined where there is none. */
  readonly own_ip?: string | undefined
  /** Where links are built from, e.g. `http://localhost:8878`. */
  readonly origin: string
}

/** A request before its body is read. */
export type RequestHead = Omit<RawRequest, 'body'>

/** What a body turned out to be, where it is no JSON object in UTF-8. */
export type BodyFault =
  | 'empty'
  | 'byte_order_mark'
  | 'utf_16'
  | 'gbk'
  | 'not_utf_8'
  | 'malformed'
  | 'not_an_object'

/** What a decision says that a body should have been. */
export const expected_body = 'a JSON object in UTF-8 without a byte order mark'

export interface ReadBody {
  readonly fields: Readonly<Record<string, unknown>>
  /** The same, of a body that is JSON. */
  readonly members?: Readonly<Record<string, unknown>>
  readonly fault?: BodyFault
}

const no_fields: Readonly<Record<string, unknown>> = {}

/** Reads a JSON object whatever the `Content-Type` says: SDKs omit it or send another. */
export function readJson(body: Buffer): ReadBody {
  if (body.length === 0) return { fields: no_fields, fault: 'empty' }
  if (!isUtf8(body)) return { fields: no_fields, fault: faultOf(body) }
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { fields: no_fields, fault: 'not_an_object' }
    }
    const members = value as Record<string, unknown>
    return { fields: members, members }
  } catch {
    return { fields: no_fields, fault: faultOf(body) }
  }
}

/** Its byte order mark, or half of an ASCII sign: JSON begins with one. */
const UTF_16 = /^(?:\xfe\xff|\xff\xfe|\0|.\0)/s

/** Why bytes are no JSON in UTF-8. */
function faultOf(body: Buffer): BodyFault {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'byte_order_mark'
  if (UTF_16.test(body.toString('latin1', 0, 2))) return 'utf_16'
  if (isUtf8(body)) return 'malformed'
  return isJsonIn('gb18030', body) ? 'gbk' : 'not_utf_8'
}

function isJsonIn(encoding: string, body: Buffer): boolean {
  try {
    JSON.parse(new TextDecoder(encoding, { fatal: true }).decode(body))
    return true
  } catch {
    return false
  }
}

/** A JSON body with each of its numbers as the text that was sent: `1.10` is not 1.1, and no digit is lost. */
export function readNumbersAsText(body: Buffer): Readonly<Record<string, unknown>> {
  const asText = (_: string, value: unknown, at?: { readonly source?: string }) =>
    typeof value === 'number' ? (at?.source ?? String(value)) : value
  return readJson(body).fault ? no_fields : JSON.parse(body.toString('utf8'), asText)
}

/** The fields of a body, as an endpoint reads it: JSON or XML whatever it says of itself, or a form where those are read. */
export function bodyOf(request: RawRequest, from: readonly string[]): ReadBody {
  if (from.includes('form') && isForm(request)) {
    return { fields: readForm(request.body.toString('utf8')) }
  }
  if (from.includes('xml')) return readXmlBody(request.body)
  return from.includes('json') ? readJson(request.body) : { fields: no_fields }
}

/** What stands in the root element, whatever that is called. */
function readXmlBody(body: Buffer): ReadBody {
  if (body.length === 0) return { fields: no_fields, fault: 'empty' }
  if (!isUtf8(body)) return { fields: no_fields, fault: 'not_utf_8' }
  const root = readXml(body.toString('utf8').replace(/^\uFEFF/, ''), list_bounds)
  if ('fault' in root) return { fields: no_fields, fault: 'malformed' }
  return root.children.length === 0
    ? { fields: no_fields, fault: 'not_an_object' }
    : { fields: elementFields(root) }
}

/** A body that says it is a form and does not begin like JSON: clients send JSON under that type too. */
function isForm(request: RawRequest): boolean {
  const type = headerOf(request, 'content-type') ?? ''
  if (!type.startsWith('application/x-www-form-urlencoded')) return false
  return !/^\s*[{[]/.test(request.body.toString('latin1', 0, 64))
}

/** Query or form text → fields. Of a name that comes twice the first counts. */
export function readForm(text: string): Record<string, string> {
  const fields: Record<string, string> = Object.create(null)
  for (const [name, value] of new URLSearchParams(text)) fields[name] ??= value
  return fields
}

export function queryOf(url: string): Record<string, string> {
  const mark = url.indexOf('?')
  return mark < 0 ? {} : readForm(url.slice(mark + 1))
}

export function headerOf(request: Pick<RawRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

/** What bodies may be packed by, for people. */
export const body_encodings =
  'a body packed as its Content-Encoding says, by gzip, deflate or br, or none of both'

/** How a body that cannot be unpacked says that it is packed. */
export function packedBy(request: Pick<RawRequest, 'headers'>): string {
  return `Content-Encoding: ${cleanText(headerOf(request, 'content-encoding') ?? '', 100)}`
}

/** The values of a cookie, the one of the longest path first: browsers send them in that order. */
export function cookiesOf(request: Pick<RawRequest, 'headers'>, name: string): string[] {
  const header = request.headers['cookie']
  const text = Array.isArray(header) ? header.join('; ') : (header ?? '')
  const pairs = text.split(';').map((pair) => pair.trim())
  return pairs
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
}

/** Text that both databases can hold: no NUL, no lone surrogate. */
export function isCleanText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/** Text made fit for a column: what cannot be stored becomes U+FFFD, what is endless is cut. */
export function cleanText(text: string, length_max = 2000): string {
  return text.slice(0, length_max).toWellFormed().replaceAll('\0', '\ufffd')
}
