import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { bearerOf, isSameSecret } from './control-token.ts'

/** What a path holds: the caller knows which; everything but `open` is protected. */
export type Area = 'control' | 'pages' | 'metrics' | 'open'

/** The few facts of a request by which it is let in: header values as they came. */
export interface GuardedRequest {
  readonly method: string
  readonly area: Area
  readonly host: string | undefined
  /** `X-Forwarded-Host`, given only when the proxy is trusted. */
  readonly forwardedHost?: string | undefined
  readonly origin: string | undefined
  readonly secFetchSite: string | undefined
  readonly secFetchMode?: string | undefined
  readonly secFetchDest?: string | undefined
  readonly authorization: string | undefined
  /** Its cookie says that this browser has given the control token. */
  readonly signedIn?: boolean
}

/** How the server is reached and by whom: `publicHost` is the host of the public URL, with its port. */
export interface GuardSettings {
  readonly exposed: boolean
  readonly controlToken: string | undefined
  /** Names, or `*.name` for all names below it; ports do not count. */
  readonly allowedHosts: readonly string[]
  readonly publicHost: string | undefined
}

/** Why a request is not let in and what would let it in; with 401 goes `WWW-Authenticate: Bearer`. */
export interface GuardRefusal {
  readonly status: 401 | 403 | 421
  readonly reason: string
  readonly fix: string
  readonly field: 'host' | 'origin' | 'authorization'
}

/** A Host header taken apart: `name` in lower case, without brackets and without the root's dot. */
export interface Host {
  readonly name: string
  readonly port: number | undefined
  readonly kind: 'ipv4' | 'ipv6' | 'name'
}

/** Names that no public DNS answers, so that no stranger can point them here. */
const privateSuffixes = ['.localhost', '.local', '.internal', '.test']
const shownCharactersMax = 100

/**
 * Decides whether a request may reach a protected area; undefined lets it in.
 * A valid control token is enough by itself: a foreign page does not know it. The cookie of a browser that is signed in
 * proves the host too, which it was made for; but the browser adds it to what foreign pages of the same machine send.
 */
export function guard(request: GuardedRequest, settings: GuardSettings): GuardRefusal | undefined {
  if (request.area === 'open') return undefined
  const token = bearerOf(request.authorization)
  if (settings.controlToken && token !== undefined) {
    return isSameSecret(token, settings.controlToken) ? undefined : refuseToken('is wrong')
  }
  if (request.signedIn) return refuseOrigin(request, settings)
  // Before the host: whoever adds the token needs to change nothing else.
  if (settings.exposed) return refuseToken('is missing, and the server is not on loopback only')
  return refuseHost(request, settings) ?? refuseOrigin(request, settings)
}

/** Takes a Host header apart; undefined for what is no `host[:port]`, odd numeric spellings included. */
export function readHost(header: string | undefined): Host | undefined {
  const parts = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::(\d{0,5}))?$/i.exec(header ?? '')
  if (!parts) return undefined
  const [, bracketed, plain = '', digits] = parts
  const port = digits ? Number(digits) : undefined
  if (port !== undefined && port > 65_535) return undefined
  if (bracketed !== undefined) {
    return isIP(bracketed) === 6 ? { name: bracketed.toLowerCase(), port, kind: 'ipv6' } : undefined
  }
  if (isIP(plain) === 4) return { name: plain, port, kind: 'ipv4' }
  const name = plain.toLowerCase().replace(/\.$/, '')
  const labels = name.split('.')
  // A URL parser reads a last label that is a number as an IPv4 address: 127.1, 0x7f000001.
  const numeric = /^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '')
  return numeric || labels.includes('') ? undefined : { name, port, kind: 'name' }
}

/** Whether a server bound to this address is reached from this machine only. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1')
  if (name === 'localhost') return true
  return isIP(name) !== 0 && ipaddr.process(name).range() === 'loopback'
}

function refuseToken(fault: string): GuardRefusal {
  return {
    status: 401,
    reason: `the control token ${fault}`,
    fix:
      'send the header Authorization: Bearer with the token of TUPU_SIM_CONTROL_TOKEN or its file; ' +
      'in a browser, open /sign-in',
    field: 'authorization',
  }
}

function refuseHost(request: GuardedRequest, settings: GuardSettings): GuardRefusal | undefined {
  // A proxy's word never replaces the Host: a page that rebound its name can send any other header.
  const named = request.forwardedHost ? [request.host, request.forwardedHost] : [request.host]
  for (const header of named) {
    const host = readHost(header)
    if (!host) return refuseUnreadableHost(header)
    if (!isKnownHost(host, settings)) {
      return {
        status: 421,
        reason: `the host ${shortened(host.name)} is not one of this server's`,
        fix:
          `start with --allowed-hosts ${shortened(host.name)} (TUPU_SIM_ALLOWED_HOSTS), ` +
          'or send the control token',
        field: 'host',
      }
    }
  }
  return undefined
}

function refuseUnreadableHost(header: string | undefined): GuardRefusal {
  return {
    status: 421,
    reason: header
      ? `the host ${shortened(header)} is not a host name`
      : 'the request names no host',
    fix: 'send a Host header such as localhost:8878; --allowed-hosts adds names',
    field: 'host',
  }
}

function isKnownHost(host: Host, settings: GuardSettings): boolean {
  if (host.kind !== 'name' || !host.name.includes('.')) return true
  if (privateSuffixes.some((suffix) => host.name.endsWith(suffix))) return true
  return [settings.publicHost, ...settings.allowedHosts].some((entry) => {
    if (!entry) return false
    const below = entry.startsWith('*.')
    const name = readHost(below ? entry.slice(2) : entry)?.name
    return name !== undefined && (below ? host.name.endsWith(`.${name}`) : host.name === name)
  })
}

/** Refuses what a page of another origin makes a browser send; a link that a person follows may come from anywhere. */
export function refuseOrigin(
  request: GuardedRequest,
  settings: GuardSettings,
): GuardRefusal | undefined {
  const { origin, secFetchSite } = request
  if (origin !== undefined && !isOwnOrigin(origin, request, settings)) {
    return refuseForeign(`the request comes from the origin ${shortened(origin)}`)
  }
  if (secFetchSite === undefined || secFetchSite === 'same-origin' || secFetchSite === 'none') {
    return undefined
  }
  if (isNavigation(request)) return undefined
  return refuseForeign(
    `a browser sent it from a page of another origin (${shortened(secFetchSite)})`,
  )
}

function refuseForeign(reason: string): GuardRefusal {
  return {
    status: 403,
    reason,
    fix:
      'call it from a page of this server or from outside a browser, or send the control token; ' +
      'behind a proxy, give the address in the browser as --public-url',
    field: 'origin',
  }
}

/** The scheme may differ, as it does behind a proxy that ends TLS; host and port may not. */
function isOwnOrigin(origin: string, request: GuardedRequest, settings: GuardSettings): boolean {
  if (!/^https?:\/\/[^/?#@\\]+$/i.test(origin) || !URL.canParse(origin)) return false
  const { protocol, host } = new URL(origin)
  return [request.host, request.forwardedHost, settings.publicHost].some((own) => {
    const url = `${protocol}//${own}`
    return readHost(own) !== undefined && URL.canParse(url) && new URL(url).host === host
  })
}

/** A link that a person follows in the browser's own window; a frame is none. */
function isNavigation(request: GuardedRequest): boolean {
  const { method, area, secFetchMode, secFetchDest = 'document' } = request
  const byPerson = secFetchMode === 'navigate' && secFetchDest === 'document'
  return area === 'pages' && method === 'GET' && byPerson
}

function shortened(text: string): string {
  return text.length > shownCharactersMax ? `${text.slice(0, shownCharactersMax)}…` : text
}
