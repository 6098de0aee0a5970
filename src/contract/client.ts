import type { DocumentedEndpoint } from '../core/endpoint.ts'
import type { Outgoing } from '../core/outgoing.ts'
import type { WrittenCall } from '../core/surface.ts'
import { fieldsXml } from '../core/xml.ts'
import { fitsAnswer, type ReadAnswer, readAnswer } from '../tupu/profile/match.ts'
import { prove } from '../tupu/profile/prove.ts'
import type { Profile } from '../tupu/profile/spelled.ts'
import { writeCall } from '../tupu/profile/write.ts'
import { tupuSurface } from '../tupu/surface.ts'
import { randomToken } from '../world/seed.ts'

/** A partner to be asked: where it is, how it speaks, for which account. */
export interface Target {
  /** Its address without the profile's base, as `https://partner.example.com` or with `/w/{world}`. */
  readonly url: string
  readonly profile: Profile
  readonly eid: string
  readonly secret: string | undefined
  readonly outgoing: Outgoing
  readonly realNow: () => number
  /** Real milliseconds within which it must answer. */
  readonly timeout_ms: number
}

/** How a call is made otherwise than its profile says. */
export interface Twist {
  /** Another method or path below the base. */
  readonly method?: string
  readonly path?: string
  /** Another body, as it goes on the wire. */
  readonly body?: string
  readonly proof?: 'none' | 'wrong' | 'old' | 'same nonce'
}

/** An answer as it came, and what it says in canonical words. */
export interface Came {
  readonly status: number
  readonly type: string
  readonly text: string
  readonly ms: number
  readonly read: ReadAnswer | undefined
  /** Whether it is the answer that the profile has for a canonical code. */
  fits(errcode: number): boolean
}

/** Ten minutes, twice what a signature may be old. */
const old_ms = 600_000

/** A platform that speaks as a profile says. */
export class PartnerClient {
  readonly target: Target
  readonly #endpoints: ReadonlyMap<string, DocumentedEndpoint>
  #token: string | undefined
  #nonce = randomToken()
  #answers = 0
  #silences = 0

  constructor(target: Target) {
    this.target = target
    const { endpoints } = tupuSurface(target.profile)
    this.#endpoints = new Map(
      endpoints.map((one) => [one.id, one as unknown as DocumentedEndpoint]),
    )
  }

  /** Whether the partner has such a call. */
  has(endpoint: string): boolean {
    return this.#endpoints.has(endpoint)
  }

  /** What a call of its answers, as a schema, in canonical words. */
  answerOf(endpoint: string): unknown {
    return this.#endpoints.get(endpoint)?.answer
  }

  /** Whether a call of its carries JSON. */
  carriesJson(endpoint: string): boolean {
    const known = this.#endpoints.get(endpoint)
    return known !== undefined && known.methods[0] !== 'GET' && known.from.includes('json')
  }

  /** Whether no call was answered yet, and one may be a chance: to ask on takes only time. */
  get isSilent(): boolean {
    return this.#answers === 0 && this.#silences > 1
  }

  /** Makes a call with canonical fields; a text says why no answer came. */
  async call(
    id: string,
    fields: Readonly<Record<string, unknown>>,
    twist: Twist = {},
  ): Promise<Came | string> {
    const endpoint = this.#endpoints.get(id)
    if (!endpoint) throw new Error(`the partner has no ${id}`)
    const { profile } = this.target
    if (profile.authentication.kind === 'oauth2' && this.#token === undefined) {
      const no = await this.#askToken()
      if (no !== undefined) return no
    }
    const method = twist.method ?? endpoint.methods[0]
    const written = writeCall(profile, endpoint, { eid: this.target.eid, ...fields })
    const lay = (call: WrittenCall) => this.#lay(endpoint, call, twist)
    const proved = this.#prove({ call: written, lay, method }, twist)
    return this.#send(id, { method, call: proved, ...lay(proved) })
  }

  #prove(unsigned: Parameters<typeof prove>[1], { proof }: Twist): WrittenCall {
    const { profile, eid, secret, realNow } = this.target
    if (proof === 'none' || secret === undefined) return unsigned.call
    const wrong = proof === 'wrong'
    if (proof !== 'same nonce') this.#nonce = randomToken()
    return prove(profile.authentication, unsigned, {
      eid,
      secret: wrong ? `${secret}x` : secret,
      token: wrong ? `${this.#token}x` : this.#token,
      now: realNow() - (proof === 'old' ? old_ms : 0),
      nonce: this.#nonce,
    })
  }

  async #askToken(): Promise<string | undefined> {
    const { profile, eid, secret = '' } = this.target
    const endpoint = this.#endpoints.get('partner_token.issue')
    if (!endpoint) return 'there is nowhere to ask for a token'
    const fields = { eid, client_secret: secret, grant_type: 'client_credentials' }
    const call = writeCall(profile, endpoint, fields)
    const laid = this.#lay(endpoint, call, {})
    const came = await this.#send(endpoint.id, { method: 'POST', call, ...laid })
    const token = typeof came === 'string' ? undefined : came.read?.values['access_token']
    if (typeof token !== 'string')
      return `no token came: ${typeof came === 'string' ? came : came.text}`
    this.#token = token
    return undefined
  }

  #lay({ path, from, methods }: DocumentedEndpoint, call: WrittenCall, twist: Twist) {
    const { url, profile } = this.target
    const { pathname } = new URL(url)
    const prefix = pathname.replace(/\/$/, '')
    const base = prefix.endsWith(profile.base) ? prefix : prefix + profile.base
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(call.path[name] ?? ''),
    )
    const query = new URLSearchParams(call.query).toString()
    const address = `${base}${twist.path ?? filled}${query === '' ? '' : `?${query}`}`
    const hasBody = methods[0] !== 'GET' && from.some((one) => one !== 'path' && one !== 'query')
    return { url: address, body: twist.body ?? (hasBody ? bodyOf(from, call.body) : ''), from }
  }

  async #send(
    id: string,
    of: {
      readonly method: string
      readonly call: WrittenCall
      readonly url: string
      readonly body: string
      readonly from: readonly string[]
    },
  ): Promise<Came | string> {
    const { url, outgoing, timeout_ms: timeoutMs, profile } = this.target
    const type = of.body === '' ? {} : { 'Content-Type': typeOf(of.from) }
    const answer = await outgoing({
      method: of.method,
      url: new URL(url).origin + of.url,
      headers: { ...type, ...of.call.header },
      ...(of.body === '' ? {} : { body: of.body }),
      timeoutMs,
    })
    if (!answer.ok) {
      this.#silences++
      return `no answer: ${answer.failure}, ${answer.detail}`
    }
    this.#answers++
    const { status, headers, elapsedMs: ms } = answer
    const text = Buffer.from(answer.body).toString('utf8')
    const came = { status, text }
    const read = readAnswer(profile, id, came)
    const fits = (errcode: number) => fitsAnswer(profile, id, errcode, came)
    return { ...came, type: String(headers['content-type'] ?? ''), ms, read, fits }
  }
}

/** A body as it goes on the wire, by what the endpoint reads. */
export function bodyOf(from: readonly string[], body: WrittenCall['body']): string {
  if (from.includes('xml')) return fieldsXml({ xml: body })
  if (from.includes('json') && !from.includes('form')) return JSON.stringify(body)
  const texts = Object.entries(body).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  return new URLSearchParams(texts).toString()
}

/** Its media type. */
export function typeOf(from: readonly string[]): string {
  if (from.includes('xml')) return 'application/xml'
  return from.includes('form') ? 'application/x-www-form-urlencoded' : 'application/json'
}
