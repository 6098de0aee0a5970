import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { played_hosts } from '../core/locate.ts'
import type { Surface } from '../core/surface.ts'
import type { OperatorProof } from './control-token.ts'
import { guess_window_ms } from './guesses.ts'

/** What a path holds: the caller knows which. */
export type Area = Surface['area']

/** Areas for everybody but the pages of foreign sites; to all others belongs the control token, where others reach the server. */
export const open_areas: readonly Area[] = ['open', 'wechat']

/** What pages of anybody show or load, by what a browser calls it. */
const shown_files = [
  { begins: '/cgi-bin/showqrcode', dest: 'image' },
  { begins: '/open/js/', dest: 'script' },
] as const

/** The few facts of a request by which it is let in: header values as they came. */
export interface GuardedRequest {
  readonly method: string
  /** Without `/w/{world}` and the like, and without the query. */
  readonly path: string
  readonly area: Area
  readonly host: string | undefined
  /** `X-Forwarded-Host`, given only when the proxy is trusted. */
  readonly forwardedHost?: string | undefined
  readonly origin: string | undefined
  readonly secFetchSite: string | undefined
  readonly secFetchMode?: string | undefined
  readonly secFetchDest?: string | undefined
  /** Asked only where it matters: a wrong token counts as a guess. */
  proof(): OperatorProof
}

/** How the server is reached and by whom: `publicHost` is the host of the public URL, with its port. */
export interface GuardSettings {
  readonly exposed: boolean
  /** Names, or `*.name` for all names below it; ports do not count. */
  readonly allowedHosts: readonly string[]
  readonly publicHost: string | undefined
}

/** Why a request is not let in and what would let it in; with 401 goes `WWW-Authenticate: Bearer`. */
export interface GuardRefusal {
  readonly status: 401 | 403 | 421 | 429
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
 * Decides whether a request may come in; undefined lets it in.
 * A valid control token is enough by itself: a foreign page does not know it. The cookie of a browser that is signed in
 * proves the host too, which it was made for; but the browser adds it to what foreign pages of the same machine send.
 */
export function guard(request: GuardedRequest, settings: GuardSettings): GuardRefusal | undefined {
  return open_areas.includes(request.area)
    ? guardOpen(request, settings)
    : guardClosed(request, settings)
}

function guardClosed(request: GuardedRequest, settings: GuardSettings): GuardRefusal | undefined {
  switch (request.proof()) {
    case 'token':
      return undefined
    case 'wrong':
      return refuseToken('is wrong')
    case 'slowed':
      return too_many_guesses
    case 'cookie':
      return refuseOrigin(request, settings)
    case 'none':
      // Before the host: whoever adds the token needs to change nothing else.
      if (settings.exposed) return refuseToken('is missing, and the server is not on loopback only')
      return refuseHost(request, settings) ?? refuseOrigin(request, settings)
  }
}

/** Where others reach the server anyway, a foreign page reaches no more than they do. */
function guardOpen(request: GuardedRequest, settings: GuardSettings): GuardRefusal | undefined {
  if (settings.exposed) return undefined
  const no = refuseHost(request, settings) ?? refuseForeignCall(request, settings)
  if (!no) return undefined
  const proof = request.proof()
  if (proof === 'token') return undefined
  return proof === 'cookie' ? refuseForeignCall(request, settings) : no
}

/** To which areas a `Host` leads: all, WeChat's alone, or none. */
export function reachOf(host: Host, settings: GuardSettings): 'all' | 'wechat' | 'none' {
  if (settings.exposed || isKnownHost(host, settings)) return 'all'
  return played_hosts.includes(host.name) ? 'wechat' : 'none'
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

/** Whether an address leads others here: its host is a name that everybody can look up. */
export function isPublicUrl(url: string): boolean {
  const host = readHost(new URL(url).host)
  const nobody_knows = { exposed: false, allowedHosts: [], publicHost: undefined }
  return host !== undefined && !isKnownHost(host, nobody_knows)
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

const too_many_guesses: GuardRefusal = {
  status: 429,
  reason: 'this address has sent too many wrong control tokens',
  fix: `send the right one in ${guess_window_ms / 1000} s: none is checked until then`,
  field: 'authorization',
}

function refuseHost(request: GuardedRequest, settings: GuardSettings): GuardRefusal | undefined {
  // A proxy's word never replaces the Host: a page that rebound its name can send any other header.
  const named = request.forwardedHost ? [request.host, request.forwardedHost] : [request.host]
  for (const header of named) {
    const host = readHost(header)
    if (!host) return refuseUnreadableHost(header)
    if (!mayBe(host, request.area, settings)) return refuseOtherHost(host)
  }
  return undefined
}

function refuseOtherHost({ name }: Host): GuardRefusal {
  if (played_hosts.includes(name)) {
    return {
      status: 421,
      reason: `the host ${name} serves only WeChat's calls, and this path is not one of them`,
      fix: "ask for WeChat's own paths there, and for all others at the server's own address",
      field: 'host',
    }
  }
  return {
    status: 421,
    reason: `the host ${shortened(name)} is not one of this server's`,
    fix:
      `start with --allowed-hosts ${shortened(name)} (TUPU_SIM_ALLOWED_HOSTS), ` +
      'or send the control token',
    field: 'host',
  }
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

/** Whether an area is asked for under a name that is known there. */
function mayBe(host: Host, area: Area, settings: GuardSettings): boolean {
  const reach = reachOf(host, settings)
  return reach === 'all' || reach === area
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

/**
 * Refuses what a page of a foreign site makes a browser send to an open area: one whose own host would not be let in. What a
 * person looks at may be asked for from anywhere.
 */
function refuseForeignCall(
  request: GuardedRequest,
  settings: GuardSettings,
): GuardRefusal | undefined {
  const { area, origin, secFetchSite } = request
  if (isShown(request)) return undefined
  if (origin !== undefined && !isOwnOrigin(origin, request, settings)) {
    const host = readOrigin(origin)
    if (!host || !mayBe(host, area, settings)) {
      return refuseForeign(`the request comes from the origin ${shortened(origin)}`)
    }
  }
  if (secFetchSite !== 'cross-site') return undefined
  return refuseForeign('a browser sent it from a page of another site (cross-site)')
}

function refuseForeign(reason: string): GuardRefusal {
  return {
    status: 403,
    reason,
    fix:
      'call it from a page of this server or from outside a browser, or send the control token; ' +
      'behind a proxy, give the address in the browser as --public-url; --allowed-hosts adds names',
    field: 'origin',
  }
}

/** The scheme may differ, as it does behind a proxy that ends TLS; host and port may not. */
function isOwnOrigin(origin: string, request: GuardedRequest, settings: GuardSettings): boolean {
  if (!isWebOrigin(origin)) return false
  const { protocol, host } = new URL(origin)
  return [request.host, request.forwardedHost, settings.publicHost].some((own) => {
    const url = `${protocol}//${own}`
    return readHost(own) !== undefined && URL.canParse(url) && new URL(url).host === host
  })
}

/** A page that a browser goes to, or a QR code or the script of WeChat's: they stand on pages of anybody. */
function isShown({ method, path, secFetchMode, secFetchDest }: GuardedRequest): boolean {
  const isFile = shown_files.some((file) => {
    return secFetchDest === file.dest && path.startsWith(file.begins)
  })
  return method === 'GET' && (secFetchMode === 'navigate' || isFile)
}

function readOrigin(origin: string): Host | undefined {
  return isWebOrigin(origin) ? readHost(new URL(origin).host) : undefined
}

function isWebOrigin(origin: string): boolean {
  return /^https?:\/\/[^/?#@\\]+$/i.test(origin) && URL.canParse(origin)
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
