import { z } from 'zod'
import { findChatMessage } from '../../db/chat-message.ts'
import { findFollower, listFollowed } from '../../db/person.ts'
import { listMsgidsOnPhone } from '../../db/phone-message.ts'
import type { PersonRow } from '../../db/schema.ts'
import { findTemplateMessage } from '../../db/template-message.ts'
import { linkName } from '../auth/browser-identity.ts'
import type { Call } from '../core/call.ts'
import { endpoint } from '../core/control-endpoint.ts'
import { words } from '../core/field.ts'
import { baseUrl, locate, wayOf } from '../core/locate.ts'
import { useOneOf } from '../core/nearest.ts'
import { problem, unknownName } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { isCleanText } from '../core/request.ts'
import { contentOf, lineOf } from '../wechat/chat/content.ts'
import { default_world } from '../world/world.ts'
import { choosePerson } from './choose.ts'

/** A URL is not longer: WeChat's own limit is 1024 bytes in a menu, browsers take more. */
export const url_length_max = 4000

/** What of the hosts that we play is a page: links of platforms lead there by their real names. */
const played_pages = ['/connect/', '/cgi-bin/showqrcode']

type At = Pick<Call, 'world' | 'request' | 'engine'>

/**
 * A link as this person's WeChat opens it: a page of ours is seen by the person, any other is what it is. A link of our own
 * may be relative, as menus keep it. Undefined: it is no http link.
 */
export function linkFor(call: At, person: PersonRow, link: string): string | undefined {
  const own = ourPath(call, link)
  if (own !== undefined) {
    const name = linkName(person.person, call.engine.settings)
    return `${baseUrl(call)}${wayOf({ world: undefined, person: name })}${own}`
  }
  const url = readHttpUrl(link)
  return url?.href
}

/** The path of a link that leads to a page of ours in this world, with its query; undefined: it leads elsewhere. */
export function ourPath(call: At, link: string): string | undefined {
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

function isOurs({ request, engine }: At, { origin }: URL): boolean {
  const { publicUrl } = engine.settings
  return (
    origin === request.origin || (publicUrl !== undefined && origin === parse(publicUrl)?.origin)
  )
}

function parse(text: string, base?: string): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined
}

/** A tap on a message, or a link typed in: opens a page in the person's web view. */
export const openPhone = endpoint({
  id: 'phone.open',
  methods: ['POST'],
  path: '/worlds/{world}/people/{person}/open',
  from: ['path', 'json'],
  summary: {
    en: "The person opens a message's link, or any other, in WeChat's web view",
    zh: '此人在微信内打开消息的链接或任意链接',
  },
  input: z.strictObject({
    world: z.string(),
    person: z.string(),
    msgid: z
      .string()
      .regex(/^\d{1,24}$/, 'a msgid_str of phone.chat')
      .optional()
      .meta(words('Of a message on the phone.', '手机上某条消息的。')),
    url: z
      .string()
      .max(url_length_max)
      .optional()
      .meta(words('Instead of msgid: any http or https link.', '代替 msgid：任意 http 链接。')),
  }),
  answer: z.object({
    person: z.string(),
    url: z
      .string()
      .meta(
        words(
          'Pages of the simulator, including simulated WeChat pages, as this person sees them.',
          '我们自己的页面，以及我们扮演的微信页面，给出此人所见的地址。',
        ),
      ),
  }),
  refusals: [409],
  example: {
    input: { person: 'wang', msgid: '{msgid}' },
    after: [
      {
        call: 'message.send',
        input: {
          mobile: '{wang.mobile}',
          message: '欢迎加入',
          url: 'https://hr.example.com/t/1',
        },
        take: { msgid: 'msgid_str' },
      },
    ],
  },
  handle(call) {
    const person = choosePerson(call, call.input.person)
    if (isRefusal(person)) return person
    const link = chooseLink(call, person)
    if (isRefusal(link)) return link
    const { field } = link
    const url = linkFor(call, person, link.link)
    if (url !== undefined) return { person: person.person, url }
    return problem('invalid_field', {
      field,
      reason: 'WeChat opens http and https links only',
      fix: 'give an absolute http or https URL, or a path of ours',
    })
  },
})

/** What may be opened of the messages on a person's phone. */
function listOpenable({ db, world }: Call, { person }: PersonRow): string[] {
  const { epoch } = world
  return listFollowed(db, epoch, person).flatMap(({ openid }) => {
    return listMsgidsOnPhone(db, { epoch, openid })
  })
}

function chooseLink(
  call: Call<unknown, { msgid?: string | undefined; url?: string | undefined }>,
  person: PersonRow,
): { field: 'msgid' | 'url'; link: string } | Refusal {
  const { msgid, url } = call.input
  if ((msgid === undefined) === (url === undefined)) {
    const reason = 'one of msgid and url says what to open'
    return problem('invalid_field', { field: 'msgid', reason, fix: 'give msgid or url' })
  }
  if (msgid === undefined) return { field: 'url', link: url ?? '' }
  const { epoch } = call.world
  const row = findLinked(call, msgid)
  const follower = row && findFollower(call.db, epoch, row.openid)
  if (!row?.on_phone || follower?.person !== person.person) {
    const known = listOpenable(call, person)
    return unknownName(call, {
      field: 'msgid',
      reason: `the phone shows no message ${msgid}`,
      fix: known.length > 0 ? useOneOf(msgid, known) : 'send one first',
    })
  }
  call.concern(row)
  if (row.url) return { field: 'msgid', link: row.url }
  return problem('conflict', {
    field: 'msgid',
    reason: 'the message has no link',
    fix: 'send it with url',
  })
}

/** A message of either kind, with its link. */
function findLinked({ db, world }: Call, msgid: string) {
  const template = findTemplateMessage(db, world.epoch, msgid)
  if (template) return template
  const chat = findChatMessage(db, world.epoch, msgid)
  return chat && { ...chat, url: lineOf(contentOf(chat)).url }
}
