import ipaddr from 'ipaddr.js'
import { headerOf, type RequestHead } from '../core/request.ts'
import { readHost } from './guard.ts'

type Scheme = 'http' | 'https'

interface Forwarded {
  readonly scheme?: Scheme | undefined
  readonly host?: string | undefined
  readonly port?: string | undefined
}

/** What tells under which origin the caller sees this server. */
export interface OriginFacts {
  readonly host: string | undefined
  /** Whether the connection to us is TLS itself. */
  readonly encrypted: boolean
  readonly publicUrl: string | undefined
  readonly trustProxy: boolean
  readonly headers: Pick<Headers, 'get'>
  /** Taken where the Host is missing or malformed: the origin that the server listens on. */
  readonly fallback: string
}

/**
 * The origin that links in an answer are built from, without a slash at its end.
 * The public URL fixes it; a trusted proxy tells it; else it is where the request came to.
 */
export function requestOrigin(facts: OriginFacts): string {
  if (facts.publicUrl !== undefined) return new URL(facts.publicUrl).origin
  const forwarded = readForwarded(facts)
  const scheme = forwarded.scheme ?? (facts.encrypted ? 'https' : 'http')
  const host = readHost(forwarded.host) ?? readHost(facts.host)
  if (!host) return facts.fallback
  const port = host.port ?? proxyPort(forwarded.port, scheme)
  const name = host.kind === 'ipv6' ? `[${host.name}]` : host.name
  const url = `${scheme}://${name}${port === undefined ? '' : `:${port}`}`
  return URL.canParse(url) ? new URL(url).origin : facts.fallback
}

/** The host that a trusted proxy was asked for; undefined where there is none or none is trusted. */
export function forwardedHost({
  trustProxy,
  headers,
}: Pick<OriginFacts, 'trustProxy' | 'headers'>): string | undefined {
  return trustProxy ? first(headers.get('x-forwarded-host')) : undefined
}

/** Whom a call comes from: an IPv4 address, or the network of an IPv6 one (of whose addresses a caller has as many as it likes). */
export function callerAddress(
  request: RequestHead,
  { trustProxy }: Pick<OriginFacts, 'trustProxy'>,
): string {
  const ip = seenAddress(request, { trustProxy })
  if (!ipaddr.isValid(ip)) return ip
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  return address.toNormalizedString().split(':').slice(0, 4).join(':')
}

/** The address that a call comes from, as the connection or a trusted proxy says; empty: a call in process. */
export function seenAddress(
  request: RequestHead,
  { trustProxy }: Pick<OriginFacts, 'trustProxy'>,
): string {
  // Of a chain of proxies, what the trusted one has added stands last; what stands before it anybody may have sent.
  const forwarded = trustProxy ? headerOf(request, 'x-forwarded-for')?.split(',').at(-1) : undefined
  return forwarded?.trim() || request.ip
}

function readForwarded(facts: OriginFacts): Forwarded {
  if (!facts.trustProxy) return {}
  const scheme = first(facts.headers.get('x-forwarded-proto'))?.toLowerCase()
  return {
    scheme: scheme === 'http' || scheme === 'https' ? scheme : undefined,
    host: forwardedHost(facts),
    port: first(facts.headers.get('x-forwarded-port')),
  }
}

/** Of a chain of proxies, the one that the browser spoke to stands first. */
function first(list: string | null): string | undefined {
  return list?.split(',')[0]?.trim() || undefined
}

/** A proxy behind the one that ends TLS names its own port 80: https is never there. */
function proxyPort(text: string | undefined, scheme: Scheme): number | undefined {
  if (text === undefined || !/^\d{1,5}$/.test(text)) return undefined
  const port = Number(text)
  if (port === 0 || port > 65_535 || port === (scheme === 'https' ? 80 : 443)) return undefined
  return port
}
