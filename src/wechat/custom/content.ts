import type { OfficialAccountRow } from '../../../db/schema.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import type { Scope } from '../../world/world.ts'
import { refuse } from '../caller.ts'
import type { ChatContent } from '../chat/content.ts'
import { livingMedia, type MediaKind } from '../media/media.ts'
import { isAppid } from '../official-account.ts'

/** The object of a msgtype, as it was sent. */
type Sent = Readonly<Record<string, unknown>>

/** Who sends it, and in which world. */
interface From {
  readonly scope: Scope
  readonly account: OfficialAccountRow
}

type Reader = (sent: Sent, from: From) => ChatContent | Refusal

const content_bytes_max = 2048
const articles_max = 1
const menu_items_max = 20
const article_form = /^[\w-]{1,128}$/
const card_form = /^p[\w-]{27}$/

/** How each msgtype is read: what it says on the phone, or why it cannot be sent. */
const readers: Readonly<Record<string, Reader>> = {
  text: readText,
  image: ({ media_id }, from) => readMedia('image', media_id, from),
  voice: ({ media_id }, from) => readMedia('voice', media_id, from),
  video: readVideo,
  music: readMusic,
  news: readNews,
  mpnews({ media_id }) {
    const expected = 'a permanent material; this simulator keeps none'
    return refuse(40007, { rule: 'media.known', actual: media_id ?? null, expected })
  },
  mpnewsarticle({ article_id }) {
    const isForm = typeof article_id === 'string' && article_form.test(article_id)
    const expected = 'a published article; this simulator publishes none'
    return refuse(53600, { rule: 'article.known', actual: isForm ? article_id : null, expected })
  },
  msgmenu: readMenu,
  miniprogrampage: readMiniprogram,
  wxcard({ card_id }) {
    if (typeof card_id === 'string' && card_form.test(card_id)) return { type: 'wxcard', card_id }
    const expected = 'p and 27 letters, digits, - and _'
    return refuse(40073, { rule: 'card.valid', actual: card_id ?? null, expected })
  },
}

/** What a message says by its msgtype and the object of that name, alone of its kind. */
export function readCustom(fields: Sent, from: From): ChatContent | Refusal {
  const { msgtype } = fields
  const reader =
    typeof msgtype === 'string' && Object.hasOwn(readers, msgtype) ? readers[msgtype] : undefined
  if (!reader || typeof msgtype !== 'string')
    return refuseType('msgtype', msgtype ?? null, Object.keys(readers))
  const given = Object.keys(readers).filter((type) => fields[type] !== undefined)
  const sent = fields[msgtype]
  if (given.length !== 1 || !isObject(sent)) return refuseType(msgtype, given, [msgtype])
  return reader(sent, from)
}

function refuseType(field: string, actual: unknown, expected: readonly string[]): Refusal {
  return refuse(45162, { rule: 'msgtype.valid', row: { field }, actual, expected })
}

function isObject(value: unknown): value is Sent {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text that was sent; what is none is empty. */
function textOf(value: unknown): string {
  return typeof value === 'string' && isCleanText(value) ? value : ''
}

function readText({ content }: Sent): ChatContent | Refusal {
  const text = textOf(content)
  if (text === '') {
    const expected = 'a text that is not empty'
    return refuse(44004, { rule: 'content.given', actual: content ?? null, expected })
  }
  const bytes = Buffer.byteLength(text)
  if (bytes <= content_bytes_max) return { type: 'text', content: text }
  const expected = `at most ${content_bytes_max} bytes of UTF-8`
  return refuse(45002, { rule: 'content.length', actual: { bytes }, expected })
}

function readMedia(
  type: 'image' | 'voice',
  media_id: unknown,
  { scope, account }: From,
): ChatContent | Refusal {
  const row = livingMedia(scope, account, media_id, [type])
  if (isRefusal(row)) return row
  return type === 'image'
    ? { type, media_id: row.media_id, pic_url: null }
    : { type, media_id: row.media_id }
}

function readVideo(sent: Sent, { scope, account }: From): ChatContent | Refusal {
  const row = livingMedia(scope, account, sent['media_id'], ['video'])
  if (isRefusal(row)) return row
  const no = refuseThumb(sent, { scope, account })
  if (no) return no
  const [title, description] = [textOf(sent['title']), textOf(sent['description'])]
  return { type: 'video', media_id: row.media_id, title, description }
}

const thumbs: readonly MediaKind[] = ['thumb', 'image']

/** Some clients leave the picture out; one that is there is one of the account's. */
function refuseThumb({ thumb_media_id }: Sent, { scope, account }: From): Refusal | undefined {
  if (thumb_media_id === undefined || thumb_media_id === '') return undefined
  const thumb = livingMedia(scope, account, thumb_media_id, thumbs)
  return isRefusal(thumb) ? thumb : undefined
}

function readMusic(sent: Sent, from: From): ChatContent | Refusal {
  const no = refuseThumb(sent, from)
  if (no) return no
  return {
    type: 'music',
    title: textOf(sent['title']),
    description: textOf(sent['description']),
    music_url: textOf(sent['musicurl']),
    hq_music_url: textOf(sent['hqmusicurl']),
    thumb_media_id: textOf(sent['thumb_media_id']) || null,
  }
}

function readNews({ articles }: Sent): ChatContent | Refusal {
  if (!Array.isArray(articles) || !articles.every(isObject))
    return refuseType('news.articles', articles ?? null, ['a list of objects'])
  const actual = { articles: articles.length }
  if (articles.length === 0)
    return refuse(44003, { rule: 'news.articles', actual, expected: 'one article' })
  if (articles.length > articles_max)
    return refuse(45008, { rule: 'news.articles', actual, expected: 'one article' })
  const shown = articles.map((article) => ({
    title: textOf(article['title']),
    description: textOf(article['description']),
    url: textOf(article['url']),
    pic_url: textOf(article['picurl']),
  }))
  return { type: 'news', articles: shown }
}

function readMenu(sent: Sent, { account }: From): ChatContent | Refusal {
  if (account.kind !== 'service' || !account.verified) {
    const actual = { kind: account.kind, verified: account.verified }
    const expected = 'a verified service account'
    return refuse(40200, { rule: 'msgmenu.permitted', actual, expected })
  }
  const { list } = sent
  const isList = Array.isArray(list) && list.length > 0 && list.length <= menu_items_max
  const items = isList ? list.filter(isObject).map(readItem) : []
  if (!isList || items.length < list.length || items.some(({ content }) => content === ''))
    return refuseType('msgmenu.list', list ?? null, ['1 to 20 items with id and content'])
  return {
    type: 'msgmenu',
    head_content: textOf(sent['head_content']),
    list: items,
    tail_content: textOf(sent['tail_content']),
  }
}

function readItem({ id, content }: Sent): { id: string; content: string } {
  return { id: typeof id === 'number' ? String(id) : textOf(id), content: textOf(content) }
}

function readMiniprogram(sent: Sent, { scope, account }: From): ChatContent | Refusal {
  const { appid, pagepath } = sent
  if (typeof appid !== 'string' || !isAppid(appid)) {
    const expected = 'wx and 16 hex digits'
    return refuse(40013, { rule: 'miniprogram.appid', actual: appid ?? null, expected })
  }
  const bound: unknown = JSON.parse(account.miniprograms ?? '[]')
  const own = Array.isArray(bound) ? bound.map(String) : []
  if (!own.includes(appid)) {
    const miniprograms = [...own, appid]
    return refuse(40168, {
      rule: 'miniprogram.bound',
      actual: appid,
      expected: own,
      fix: { call: 'official_account.update', input: { appid: account.appid, miniprograms } },
    })
  }
  if (textOf(pagepath) === '') {
    const expected = 'a page such as pages/index/index'
    return refuse(40165, { rule: 'miniprogram.pagepath', actual: pagepath ?? null, expected })
  }
  const thumb = livingMedia(scope, account, sent['thumb_media_id'], thumbs)
  if (isRefusal(thumb)) return thumb
  return {
    type: 'miniprogrampage',
    title: textOf(sent['title']),
    appid,
    pagepath: textOf(pagepath),
    thumb_media_id: thumb.media_id,
  }
}
