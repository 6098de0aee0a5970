import { createHmac } from 'node:crypto'
import type { Call } from '../core/call.ts'
import type { Settings } from '../core/engine.ts'
import { cookiesOf, headerOf, queryOf, type RawRequest } from '../core/request.ts'
import type { Address } from '../core/surface.ts'
import { isOperator, isSameSecret } from './control-token.ts'

/** The cookie by which a browser remembers whose phone it opened last. */
export const phone_cookie = 'sim_phone'

/** A call to a page that somebody looks at. */
type Looking = Pick<Call, 'request' | 'engine' | 'real_now' | 'draw'>

/** Who a request says is looking, and by what. */
export interface BrowserIdentity {
  /** A person's id or key. */
  readonly person: string
  readonly by: 'path' | 'header' | 'query' | 'cookie'
}

/**
 * Whose WeChat a browser is, by everything that the request says of it; what comes first wins, if there is such a person.
 * When others can reach the server, nobody becomes a person by saying so: a name counts from its operator, or signed as the
 * phone hands it out.
 */
export function identitiesOf(call: Looking, address: Pick<Address, 'person'>): BrowserIdentity[] {
  const { request } = call
  const { settings } = call.engine
  const named: readonly (readonly [BrowserIdentity['by'], string | undefined])[] = [
    ['path', address.person],
    ['header', headerOf(request, 'x-sim-person')],
    ['query', queryOf(request.url)['sim_person']],
    ...cookiesOf(request, phone_cookie).map((name) => ['cookie', name] as const),
  ]
  const signed = named.map(([by, name = '']) => ({
    by,
    name,
    person: signedPerson(name, settings),
  }))
  const needsTrust = signed.some(({ name, person }) => name !== '' && person === undefined)
  const isTrusted = needsTrust && isTrustedCall(call)
  return signed.flatMap(({ by, name, person = isTrusted ? name : '' }) => {
    return person === '' ? [] : [{ by, person }]
  })
}

/** Whether whoever calls may be anybody, and know everybody: on an exposed server its operator alone. */
export function isTrustedCall(call: Looking): boolean {
  const { request, engine, real_now } = call
  if (!engine.settings.exposed) return true
  const look = () => String(isOperator(request, engine, real_now))
  return call.draw('is_operator', look) === 'true'
}

/** The name under which a person's phone hands out links: signed where others reach the server, so that nobody can guess it. */
export function linkName(person: string, { exposed, controlToken }: Settings): string {
  if (!exposed || !controlToken) return person
  return `${person}.${signatureFor(person, controlToken)}`
}

/** Whom a signed name names; undefined: it is none, or another server's. */
function signedPerson(name: string, { controlToken }: Settings): string | undefined {
  const [, person, signature] = /^([\w-]{1,64})\.([\w-]{43})$/.exec(name) ?? []
  if (!controlToken || person === undefined || signature === undefined) return undefined
  return isSameSecret(signature, signatureFor(person, controlToken)) ? person : undefined
}

function signatureFor(person: string, controlToken: string): string {
  const text = `tupu-sim: in the WeChat of ${person}`
  return createHmac('sha256', controlToken).update(text).digest('base64url')
}

/** Whether a browser calls itself WeChat's. */
export function saysWechat(request: Pick<RawRequest, 'headers'>): boolean {
  const agent = request.headers['user-agent'] ?? ''
  return String(agent).toLowerCase().includes('micromessenger')
}
