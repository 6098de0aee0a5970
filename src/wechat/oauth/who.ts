import { z } from 'zod'
import { listOnlookers } from '../../../db/oauth.ts'
import { saysWechat } from '../../auth/browser-identity.ts'
import type { Reply } from '../../core/endpoint.ts'
import { isRefusal } from '../../core/refusal.ts'
import { langOfRequest, pageReply } from '../../page/reply.ts'
import { type AuthorizeLink, checkLink } from './link.ts'
import { mayChoose } from './looker.ts'
import { inLanguage, ownLink, sentAgain } from './own-link.ts'
import { type PageCall, page } from './page.ts'
import { views } from './views.ts'

/** How many people one page lists. */
const people_max = 100

/** Who is looking? The people of the world, each with the link as it opens in their WeChat. */
export const chooseLooker = page({
  id: 'oauth.who',
  methods: ['GET'],
  path: '/connect/oauth2/who',
  from: ['query'],
  input: z.object({}),
  async handle(call) {
    const link = await checkLink(call)
    if (isRefusal(link)) return link
    return mayChoose(call) ? showPeople(call, link) : showOutside(call, undefined)
  },
})

/** The answer to a browser of which nothing says whose it is: WeChat's page, or the choice if it calls itself WeChat's. */
export async function askWho(call: PageCall, link: AuthorizeLink): Promise<Reply> {
  if (!mayChoose(call)) return showOutside(call, undefined)
  if (saysWechat(call.request)) return showPeople(call, link)
  return showOutside(
    call,
    ownLink(call, 'who', { person: undefined, query: sentAgain(call, link) }),
  )
}

function showOutside(call: PageCall, whoHref: string | undefined): Reply {
  const { frameOf, html, OutsidePage } = views()
  const frame = frameOf(langOfRequest(call.request))
  return pageReply(html(OutsidePage({ frame, whoHref, langHref: inLanguage(call) })))
}

async function showPeople(call: PageCall, link: AuthorizeLink): Promise<Reply> {
  const { frameOf, html, WhoPage } = views()
  const { db, world, request } = call
  const { appid, name } = link.account
  const rows = await listOnlookers(db, { epoch: world.epoch, appid, limit: people_max + 1 })
  // Whoever chooses here came from anywhere, not from the account's chat or menu.
  const query = { ...sentAgain(call, link), sim_entry: 'link' }
  const people = rows.slice(0, people_max).map((row) => ({
    key: row.key,
    name: row.name,
    state: row.state ?? 'never',
    href: ownLink(call, 'authorize', { person: row.person, query }),
  }))
  const page = WhoPage({
    frame: frameOf(langOfRequest(request)),
    account: name,
    people,
    more: rows.length > people_max,
    langHref: inLanguage(call),
  })
  return pageReply(html(page))
}
