import type { PersonRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { baseUrl, locate, wayOf } from '../core/locate.ts'
import { isCleanText } from '../core/request.ts'
import { default_world } from '../world/world.ts'

/** A URL is not longer: WeChat's own limit is 1024 bytes in a menu, browsers take more. */
export const url_length_max = 4000
/** What of the hosts that we play is a page: links of platforms lead there by their real names. */
const played_pages = ['/connect/', '/cgi-bin/showqrcode']

type Where = Pick<Call, 'world' | 'request' | 'engine'>

/**
 * A link as this person's WeChat opens it: a page of ours is seen by the person, any other is what it is. A link of our own
 * may be relative, as menus keep it. Undefined: it is no http link.
 */
export function linkFor(call: Where, person: PersonRow, link: string): string | undefined {
  const own = ourPath(call, link)
  if (own !== undefined) return `${baseUrl(call)}${wayOf({ world: undefined, ...person })}${own}`
  const url = readHttpUrl(link)
  return url?.href
}

/** The path of a link that leads to a page of ours in this world, with its query; undefined: it leads elsewhere. */
export function ourPath(call: Where, link: string): string | undefined {
  const { origin } = call.request
  const isRelative = /^\/(?!\/)/.test(link)
  const url = isRelative ? parse(link, origin) : readHttpUrl(link)
  if (!url) return undefined
  const rest = url.search + url.hash
  const played = playedPath(url)
  if (played !== undefined) return played + rest
  if (!isOurs(call, url)) return undefined
  const { world, path } = locate(url.pathname)
  const named = world ?? (isRelative ? call.world.world : default_world)
  return named === call.world.world ? path + rest : undefined
}

/** Whether a text is an absolute http or https URL that can be kept. */
export function readHttpUrl(text: string): URL | undefined {
  if (!/^https?:\/\//i.test(text) || !isCleanText(text)) return undefined
  return text.length > url_length_max ? undefined : parse(text)
}

function playedPath({ host, pathname }: URL): string | undefined {
  const { path } = locate(`/${host}${pathname}`)
  const isPlayed = path !== `/${host}${pathname}`
  return isPlayed && played_pages.some((page) => path.startsWith(page)) ? path : undefined
}

function isOurs({ request, engine }: Where, { origin }: URL): boolean {
  const { publicUrl } = engine.settings
  return (
    origin === request.origin || (publicUrl !== undefined && origin === parse(publicUrl)?.origin)
  )
}

function parse(text: string, base?: string): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined
}
