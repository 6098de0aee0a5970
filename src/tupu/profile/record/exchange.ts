import { z } from 'zod'
import { curlRequest } from './curl.ts'

/** A request that somebody made, as far as a profile can be drawn from it. */
export interface RecordedRequest {
  readonly method: string
  readonly url: string
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface RecordedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Recorded {
  readonly request: RecordedRequest
  readonly answer: RecordedAnswer | undefined
}

/** Reads a request and its answer: a HAR, or a cURL command or raw HTTP with the raw answer behind it; or says why not. */
export function readRecorded(text: string): Recorded | { readonly fault: string } {
  const trimmed = text.trimStart()
  if (trimmed.startsWith('{')) return harExchange(trimmed)
  const at = trimmed.search(/^HTTP\/[\d.]+ \d{3}/m)
  const asked = at < 0 ? trimmed : trimmed.slice(0, at)
  const answer = at < 0 ? undefined : rawAnswer(trimmed.slice(at))
  const request = /^(?:\$ )?curl(?:\.exe)?\s/.test(asked) ? curlRequest(asked) : rawRequest(asked)
  return 'fault' in request ? request : usable({ request, answer })
}

/** What no profile can be drawn from is said before one tries. */
function usable(recorded: Recorded): Recorded | { readonly fault: string } {
  const { url, headers } = recorded.request
  if (!URL.canParse(url)) return { fault: `its address is ${url}, which is no address` }
  const type = headers['content-type'] ?? ''
  return type.startsWith('multipart/')
    ? { fault: `its body is ${type.split(';', 1)[0]}, and profiles take JSON, forms and XML alone` }
    : recorded
}

const pairs = z.array(z.object({ name: z.string(), value: z.string() }))
const har = z.object({
  log: z.object({
    entries: z
      .array(
        z.object({
          request: z.object({
            method: z.string(),
            url: z.string(),
            headers: pairs.default([]),
            postData: z
              .object({ text: z.string().optional(), params: pairs.optional() })
              .optional(),
          }),
          response: z.object({
            status: z.int(),
            headers: pairs.default([]),
            content: z
              .object({ text: z.string().default(''), encoding: z.string().optional() })
              .default({ text: '' }),
          }),
        }),
      )
      .min(1),
  }),
})

/** The first call with a body, else the first. */
function harExchange(text: string): Recorded | { readonly fault: string } {
  const read = har.safeParse(parsed(text))
  const entries = read.data?.log.entries
  const entry = entries?.find(({ request }) => request.postData) ?? entries?.[0]
  if (!entry) return { fault: 'it is JSON, and no HAR with an entry' }
  const { request, response } = entry
  const { text: sent, params = [] } = request.postData ?? {}
  const { text: came, encoding } = response.content
  return usable({
    request: {
      method: request.method,
      url: request.url,
      headers: byName(request.headers),
      body: sent || formOf(params),
    },
    answer: {
      status: response.status,
      headers: byName(response.headers),
      body: encoding === 'base64' ? Buffer.from(came, 'base64').toString('utf8') : came,
    },
  })
}

/** Some browsers write a form as its fields alone. */
function formOf(params: z.output<typeof pairs>): string {
  return new URLSearchParams(
    params.map(({ name, value }): [string, string] => [name, value]),
  ).toString()
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function byName(list: readonly { name: string; value: string }[]): Record<string, string> {
  return Object.fromEntries(list.map(({ name, value }) => [name.toLowerCase(), value]))
}

function rawRequest(text: string): RecordedRequest | { readonly fault: string } {
  const [, method, target] = /^([A-Z]+) (\S+)(?: HTTP\/[\d.]+)?\r?\n/.exec(text) ?? []
  if (method === undefined || target === undefined)
    return {
      fault: 'it holds no cURL command, no HAR and no raw HTTP request such as POST /path HTTP/1.1',
    }
  const { headers, body } = rawParts(text)
  const url = target.startsWith('/') ? `http://${headers['host'] ?? 'partner'}${target}` : target
  return { method, url, headers, body }
}

function rawAnswer(text: string): RecordedAnswer {
  const [, status] = /^HTTP\/[\d.]+ (\d{3})/.exec(text) ?? []
  return { status: Number(status), ...rawParts(text) }
}

/** Headers and body behind the first line. */
function rawParts(text: string): { headers: Record<string, string>; body: string } {
  const lines = text.split(/\r?\n/).slice(1)
  const blank = lines.findIndex((line) => line.trim() === '')
  const heads = blank < 0 ? lines : lines.slice(0, blank)
  const named = heads.flatMap((line) => {
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [{ name, value }]
  })
  return {
    headers: byName(named),
    body:
      blank < 0
        ? ''
        : lines
            .slice(blank + 1)
            .join('\n')
            .trim(),
  }
}
