import type { ExchangeInfo } from '../exchange.ts'
import { absoluteUrl, headerIn, headerLines } from './http.ts'

/** What curl says itself, or what was taken off the body before it was kept. */
const left_out =
  /^(?:host|content-length|content-encoding|transfer-encoding|connection|expect|accept-encoding)$/i

/** A command for a POSIX shell that makes the same call again, as far as it is shown. */
export function curlOf(exchange: ExchangeInfo, origin: string): string {
  const { method, request } = exchange
  const url = absoluteUrl(exchange, origin)
  const { length } = request
  // A command can have no NUL.
  const body = request.body.replaceAll('\0', '\ufffd')
  const words = [
    `curl ${quoted(url)}`,
    ...methodOf(method, body),
    ...hostOf(exchange, url),
    ...headerLines(request.headers)
      .filter(([name]) => !left_out.test(name))
      .map(([name, value]) => `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`),
    // Without a type of its own curl would say that a body is a form.
    ...(body !== '' && headerIn(request.headers, 'content-type') === undefined
      ? [`-H 'Content-Type:'`]
      : []),
    ...(body === '' ? [] : [`--data-binary ${quoted(body)}`]),
  ]
  const notes = [
    ...(JSON.stringify([exchange.url, request]).includes('***') ? [masked] : []),
    ...(length === undefined ? [] : [`# The body had ${length} bytes; not all of it is kept.`]),
    ...(body.includes('\ufffd')
      ? ['# The body had bytes that are no text: they stand as \ufffd.']
      : []),
  ]
  return `${[...notes, words.join(' \\\n  ')].join('\n')}\n`
}

const masked =
  '# What is *** or **** was masked: put in your own; reveal=true shows mobiles and emails, secrets never.'

/** What came by SMTP is sent again as the call that it was kept as. */
function methodOf(method: string, body: string): string[] {
  if (method === 'SMTP') return []
  if (method === 'HEAD') return ['--head']
  return method === (body === '' ? 'GET' : 'POST') ? [] : [`-X ${quoted(method)}`]
}

/** A host that the origin does not name: one of WeChat's that we play, say. */
function hostOf({ direction, request }: ExchangeInfo, url: string): string[] {
  const host = headerIn(request.headers, 'host')
  const isOwn = host === undefined || new URL(url).host === host
  return isOwn || direction === 'out' || !/^(?:api|open|mp)\./.test(host)
    ? []
    : [`-H ${quoted(`Host: ${host}`)}`]
}

/** Between single quotes a shell changes nothing. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
