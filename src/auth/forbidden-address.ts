import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

type Range<T> = readonly [range: [T, number], kind: string]

const unspecified = 'the unspecified address'
const linkLocal = 'a link-local address'
const multicast = 'a multicast address'

const v4Ranges: readonly Range<ipaddr.IPv4>[] = [
  [ipaddr.IPv4.parseCIDR('0.0.0.0/8'), unspecified],
  [ipaddr.IPv4.parseCIDR('169.254.0.0/16'), linkLocal],
  [ipaddr.IPv4.parseCIDR('224.0.0.0/4'), multicast],
  [ipaddr.IPv4.parseCIDR('255.255.255.255/32'), 'the broadcast address'],
  [ipaddr.IPv4.parseCIDR('100.100.100.200/32'), "Alibaba Cloud's metadata address"],
  [ipaddr.IPv4.parseCIDR('168.63.129.16/32'), "Azure's platform address"],
  [ipaddr.IPv4.parseCIDR('192.0.0.192/32'), "Oracle Cloud's metadata address"],
]

const v6Ranges: readonly Range<ipaddr.IPv6>[] = [
  [ipaddr.IPv6.parseCIDR('::/128'), unspecified],
  // Linux connects an IPv4-mapped 0.0.0.0 to itself.
  [ipaddr.IPv6.parseCIDR('::ffff:0:0/104'), unspecified],
  [ipaddr.IPv6.parseCIDR('fe80::/10'), linkLocal],
  [ipaddr.IPv6.parseCIDR('ff00::/8'), multicast],
  // Amazon keeps this whole prefix for metadata, credentials, time and names.
  [ipaddr.IPv6.parseCIDR('fd00:ec2::/32'), "Amazon's metadata address"],
  [ipaddr.IPv6.parseCIDR('fd20:ce::254/128'), "Google Cloud's metadata address"],
  [ipaddr.IPv6.parseCIDR('fd00:42::42/128'), "Scaleway's metadata address"],
]

/** Where IPv6 carries an IPv4 address: the prefix, and the places of its four bytes. */
const embeddings: readonly (readonly [[ipaddr.IPv6, number], readonly number[]])[] = [
  [ipaddr.IPv6.parseCIDR('::/96'), [12, 13, 14, 15]],
  [ipaddr.IPv6.parseCIDR('::ffff:0:0/96'), [12, 13, 14, 15]],
  [ipaddr.IPv6.parseCIDR('::ffff:0:0:0/96'), [12, 13, 14, 15]],
  [ipaddr.IPv6.parseCIDR('64:ff9b::/96'), [12, 13, 14, 15]],
  // NAT64 for local use: a network chooses its prefix length, and with it the places (RFC 6052).
  [ipaddr.IPv6.parseCIDR('64:ff9b:1::/48'), [12, 13, 14, 15]],
  [ipaddr.IPv6.parseCIDR('64:ff9b:1::/48'), [9, 10, 11, 12]],
  [ipaddr.IPv6.parseCIDR('64:ff9b:1::/48'), [7, 9, 10, 11]],
  [ipaddr.IPv6.parseCIDR('64:ff9b:1::/48'), [6, 7, 9, 10]],
  [ipaddr.IPv6.parseCIDR('2002::/16'), [2, 3, 4, 5]],
]

/** Says what kind of never called address this is (`a link-local address`); undefined: it may be called. */
export function forbiddenKind(address: string): string | undefined {
  if (isIP(address) === 0) return 'not an IP address'
  const parsed = ipaddr.parse(address)
  if (parsed instanceof ipaddr.IPv4) return kindIn(v4Ranges, parsed)
  return kindIn(v6Ranges, parsed) ?? embeddedKind(parsed)
}

/** The IP address that a URL's host is, without brackets; undefined for a name. */
export function literalOf(hostname: string): string | undefined {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1')
  return isIP(bare) === 0 ? undefined : bare
}

function kindIn<T extends ipaddr.IPv4 | ipaddr.IPv6>(
  ranges: readonly Range<T>[],
  address: T,
): string | undefined {
  return ranges.find(([range]) => address.match(range))?.[1]
}

function embeddedKind(address: ipaddr.IPv6): string | undefined {
  const bytes = address.toByteArray()
  for (const [prefix, places] of embeddings) {
    if (!address.match(prefix)) continue
    const inner = new ipaddr.IPv4(places.map((place) => bytes[place] ?? 0))
    const kind = kindIn(v4Ranges, inner)
    // Zeros mean that nothing is embedded at these places: ::1, or another prefix length.
    if (kind !== undefined && kind !== unspecified) return `${kind} (${inner}) inside IPv6`
  }
  return undefined
}

/**
 * Says why a URL may not be configured as an outgoing address; undefined: it may.
 * A name is not looked up here: its addresses are checked at each call.
 */
export function forbiddenAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return 'it is not an absolute URL with a host'
  const { protocol, hostname, username, password } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:') return 'it is neither http nor https'
  if (username !== '' || password !== '') return 'it carries credentials'
  // The URL parser has turned every spelling of an IPv4 address into the usual one.
  const literal = literalOf(hostname)
  const kind = literal === undefined ? undefined : forbiddenKind(literal)
  return kind === undefined ? undefined : `${literal} is ${kind}, which is never called`
}
