import { wayOf } from '../../core/locate.ts'
import { queryOf } from '../../core/request.ts'
import { langOfRequest } from '../../page/reply.ts'
import type { AuthorizeLink } from './link.ts'
import type { PageCall } from './page.ts'

type OwnPage = 'authorize' | 'who' | 'confirm'

/** Where one of these pages is for a person, or for nobody yet, in the world that the call came by. */
export function ownLink(
  { caller }: PageCall,
  page: OwnPage,
  of: { person: string | undefined; query: Readonly<Record<string, string>> },
): string {
  const way = wayOf({ world: caller.address.world, person: of.person })
  return `${way}/connect/oauth2/${page}?${new URLSearchParams(of.query)}`
}

/** The link as it was sent, in the language that the browser has now. */
export function resentQuery(
  { request }: PageCall,
  { sent }: AuthorizeLink,
): Readonly<Record<string, string>> {
  return { ...sent, lang: langOfRequest(request) }
}

/** The page that is being looked at, in another language. */
export function langHrefOf({ request }: PageCall): (lang: string) => string {
  return (lang) => `?${new URLSearchParams({ ...queryOf(request.url), lang })}`
}
