import { z } from 'zod'
import { listOnlookers } from '../../../db/oauth.ts'
import { isTrustedCall, linkName, saysWechat } from '../../auth/browser-identity.ts'
import type { Reply } from '../../core/endpoint.ts'
import { isRefusal } from '../../core/refusal.ts'
import { frameOf, html } from '../../page/frame.ts'
import { langOfRequest, pageReply } from '../../page/reply.ts'
import { type AuthorizeLink, checkLink } from './link.ts'
import { langHrefOf, ownLink, resentQuery } from './own-link.ts'
import { ownPage, type PageCall, views } from './page.ts'

/** How many people one page lists. */
const people_max = 100

/** Who is looking? The people of the world, each with the link as it opens in their WeChat. */
export const chooseWho = ownPage({
  id: 'oauth.who',
  methods: ['GET'],
  path: '/connect/oauth2/who',
  from: ['query'],
  input: z.object({}),
  handle(call) {
    const link = checkLink(call)
    if (isRefusal(link)) return link
    return isTrustedCall(call) ? peopleResponse(call, link) : outsideResponse(call, undefined)
  },
})

/** The answer to a browser of which nothing says whose it is: WeChat's page, or the choice if it calls itself WeChat's. */
export function whoResponse(call: PageCall, link: AuthorizeLink): Reply {
  if (!isTrustedCall(call)) return outsideResponse(call, undefined)
  if (saysWechat(call.request)) return peopleResponse(call, link)
  return outsideResponse(
    call,
    ownLink(call, 'who', { person: undefined, query: resentQuery(call, link) }),
  )
}

function outsideResponse(call: PageCall, whoHref: string | undefined): Reply {
  const frame = frameOf(langOfRequest(call.request), call.request)
  return pageReply(html(views().OutsidePage({ frame, whoHref, langHref: langHrefOf(call) })))
}

function peopleResponse(call: PageCall, link: AuthorizeLink): Reply {
  const { db, engine, world, request } = call
  const { appid, name } = link.account
  const rows = listOnlookers(db, { epoch: world.epoch, appid, limit: people_max + 1 })
  // Whoever chooses here came from anywhere, not from the account's chat or menu.
  const query = { ...resentQuery(call, link), sim_entry: 'link' }
  const people = rows.slice(0, people_max).map((row) => ({
    key: row.key,
    name: row.name,
    state: row.state ?? 'never',
    href: ownLink(call, 'authorize', { person: linkName(row.person, engine.settings), query }),
  }))
  const page = views().WhoPage({
    frame: frameOf(langOfRequest(request), request),
    account: name,
    people,
    more: rows.length > people_max,
    langHref: langHrefOf(call),
  })
  return pageReply(html(page))
}
