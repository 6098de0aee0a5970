import { STATUS_CODES } from 'node:http'
import { version } from '../../../version.ts'
import type { ExchangeInfo } from '../exchange.ts'
import { absoluteUrl, headerIn, headerLines } from './http.ts'

type Half = ExchangeInfo['request']

/** Exchanges as an HTTP archive (HAR 1.2), masked as they are shown. What it has no word for begins with an underscore. */
export function harOf(
  exchanges: readonly ExchangeInfo[],
  { origin, next_cursor }: { readonly origin: string; readonly next_cursor: string | null },
) {
  return {
    log: {
      version: '1.2',
      creator: { name: 'tupu-simulator', version },
      pages: [],
      entries: exchanges.map((exchange) => entryOf(exchange, origin)),
      _next_cursor: next_cursor,
    },
  }
}

function entryOf(exchange: ExchangeInfo, origin: string) {
  const { seq, trace, direction, surface, endpoint, at, real_at, decision } = exchange
  return {
    startedDateTime: real_at,
    // The journal keeps when a call was, not how long it took.
    time: 0,
    request: requestOf(exchange, origin),
    response: responseOf(exchange),
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    comment: `${surface} ${endpoint} ${trace}`.replaceAll('  ', ' '),
    _sim: { seq, trace, direction, surface, endpoint, at, decision },
  }
}

function requestOf(exchange: ExchangeInfo, origin: string) {
  const { method, request } = exchange
  const url = absoluteUrl(exchange, origin)
  const queryString = [...new URL(url).searchParams].map(([name, value]) => ({ name, value }))
  const mimeType = headerIn(request.headers, 'content-type') ?? ''
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: cookiesOf(headerIn(request.headers, 'cookie')),
    headers: headersOf(request),
    queryString,
    ...(request.body === '' ? {} : { postData: { mimeType, text: request.body } }),
    headersSize: -1,
    bodySize: sizeOf(request),
  }
}

function responseOf({ status, answer }: ExchangeInfo) {
  const mimeType = headerIn(answer.headers, 'content-type') ?? 'x-unknown'
  return {
    status,
    statusText: STATUS_CODES[status] ?? '',
    httpVersion: 'HTTP/1.1',
    cookies: headerLines(answer.headers)
      .filter(([name]) => name.toLowerCase() === 'set-cookie')
      .flatMap(([, value]) => cookiesOf(value.split(';', 1)[0])),
    headers: headersOf(answer),
    content: { size: sizeOf(answer), mimeType, text: answer.body },
    redirectURL: headerIn(answer.headers, 'location') ?? '',
    headersSize: -1,
    bodySize: sizeOf(answer),
  }
}

const headersOf = ({ headers }: Half) =>
  headerLines(headers).map(([name, value]) => ({ name, value }))

const sizeOf = ({ body, length }: Half) => length ?? Buffer.byteLength(body)

function cookiesOf(header: string | undefined) {
  return (header ?? '').split(/;\s*/).flatMap((pair) => {
    const [name = '', ...value] = pair.split('=')
    return name === '' ? [] : [{ name, value: value.join('=') }]
  })
}
