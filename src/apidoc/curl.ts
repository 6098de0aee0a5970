import type { DocumentedEndpoint } from '../core/endpoint.ts'
import { type Documented, exampleCall, hasBody } from './describe.ts'
import type { JsonObject } from './json-schema.ts'

/** A body up to so long stands on one line. */
const line_length_max = 64

/** An endpoint's example as a command to paste. `base` may name a shell variable; the token is always one. */
export function curlOf(
  base: string,
  surface: Pick<Documented, 'spelling'>,
  endpoint: DocumentedEndpoint<never>,
): string {
  const [method] = endpoint.methods
  const { path, query, header, body } = exampleCall(surface, endpoint, method)
  const names = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  if (endpoint.credential?.startsWith('access_token')) names.unshift('access_token=$ACCESS_TOKEN')
  const filled = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(path[name] ?? ''),
  )
  const url = `${base}${filled}${names.length > 0 ? `?${names.join('&')}` : ''}`
  const sends = hasBody(endpoint, method) && Object.keys(body).length > 0
  const isPlain = sends ? method === 'POST' : method === 'GET'
  return [
    `curl ${isPlain ? '' : `-X ${method} `}"${url}"`,
    ...Object.entries(header).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(sends ? bodyWords(endpoint, body) : []),
  ].join(' \\\n  ')
}

function bodyWords({ from }: DocumentedEndpoint<never>, body: JsonObject): string[] {
  if (from.includes('json'))
    return ["-H 'Content-Type: application/json'", `-d ${quoted(jsonText(body))}`]
  return Object.entries(body).map(
    ([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`,
  )
}

/** JSON for people: on one line where it is short. */
export function jsonText(value: unknown): string {
  const line = JSON.stringify(value) ?? ''
  return line.length <= line_length_max ? line : (JSON.stringify(value, null, 2) ?? '')
}

/** A word of a POSIX shell, whatever is in it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
