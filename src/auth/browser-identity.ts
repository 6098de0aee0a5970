import type { Settings } from '../core/engine.ts'
import { cookiesOf, headerOf, queryOf, type RawRequest } from '../core/request.ts'
import type { Address } from '../core/surface.ts'
import { realNow } from '../world/clock.ts'
import { isOperator } from './control-token.ts'

/** The cookie by which a browser remembers whose phone it opened last. */
export const phone_cookie = 'sim_phone'

/** Who a request says is looking, and by what. */
export interface BrowserIdentity {
  /** A person's id or key, as it was sent. */
  readonly person: string
  readonly by: 'path' | 'header' | 'query' | 'cookie'
}

/**
 * Whose WeChat a browser is, by everything that the request says of it; what comes first wins, if there is such a person.
 * When others can reach the server, header and query count only with the control token, or from a browser that is signed in
 * by it: anybody can send them.
 */
export function identitiesOf(
  request: RawRequest,
  address: Pick<Address, 'person'>,
  { exposed, controlToken }: Pick<Settings, 'exposed' | 'controlToken'>,
  real_now = realNow(),
): BrowserIdentity[] {
  const isTrusted = !exposed || isOperator(request, { controlToken, real_now })
  const header = isTrusted ? headerOf(request, 'x-sim-person') : undefined
  const query = isTrusted ? queryOf(request.url)['sim_person'] : undefined
  const named: [BrowserIdentity['by'], string | undefined][] = [
    ['path', address.person],
    ['header', header],
    ['query', query],
    ...cookiesOf(request, phone_cookie).map((person) => ['cookie', person] as const),
  ].map(([by, person]) => [by as BrowserIdentity['by'], person])
  return named.flatMap(([by, person]) => (person ? [{ by, person }] : []))
}

/** Whether a browser calls itself WeChat's. */
export function saysWechat(request: Pick<RawRequest, 'headers'>): boolean {
  const agent = request.headers['user-agent'] ?? ''
  return String(agent).toLowerCase().includes('micromessenger')
}
