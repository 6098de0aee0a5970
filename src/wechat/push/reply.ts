import { childOf, readXml, textIn, type XmlElement } from '../../core/xml.ts'
import type { ChatContent } from '../chat/content.ts'
import { decrypt, isSignature, type ServerSecrets } from './crypto.ts'

/** How what is pushed is hidden: not at all, beside its clear form, or alone. */
export type ServerMode = 'plain' | 'compat' | 'aes'

/** Whose answer it is, to whom, and to what. */
export interface ReplyContext extends ServerSecrets {
  readonly mode: ServerMode
  /** The `gh_…` of the account. */
  readonly original_id: string
  readonly openid: string
  /** A person has written: of several articles one is shown. */
  readonly isMessage: boolean
}

/** What an account's server has answered. */
export type PassiveReply =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'message'; readonly content: ChatContent }
  | { readonly kind: 'transfer'; readonly kf_account: string | null }
  | { readonly kind: 'illegal'; readonly reason: string }

const text_bytes_max = 2048
const articles_max = 8

/**
 * Reads the body of an answer: empty or `success`, or a message as XML, hidden or not, in any layout. Source: the platform's page on passive
 * replies, and what SDKs write.
 */
export function readReply(body: string, context: ReplyContext): PassiveReply {
  // A mark of the byte order is no white space to WeChat.
  const text = body.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
  if (text === '' || text === 'success') return { kind: 'nothing' }
  if (!text.startsWith('<')) return illegal(`it is neither XML nor success: ${startOf(text)}`)
  const root = readXml(text)
  if ('fault' in root) return illegal(root.fault)
  if (root.name !== 'xml') return illegal(`its element is ${root.name}, not xml`)
  const envelope = childOf(root, 'Encrypt')
  if (envelope) return readHidden(root, envelope.text, context)
  if (context.mode === 'aes') return illegal('it is in clear, and the account is in safe mode')
  return readMessage(root, context)
}

function readHidden(root: XmlElement, encrypted: string, context: ReplyContext): PassiveReply {
  if (context.mode === 'plain') return illegal('it is encrypted, and the account is in plain mode')
  const [timestamp, nonce] = [textIn(root, 'TimeStamp'), textIn(root, 'Nonce')]
  if (!isSignature(textIn(root, 'MsgSignature'), context.token, timestamp, nonce, encrypted))
    return illegal('its MsgSignature is wrong (-40001)')
  const read = decrypt(context, encrypted)
  if ('fault' in read) return illegal(`${read.fault} (${read.code})`)
  const text = read.text.trim()
  if (text === '' || text === 'success') return { kind: 'nothing' }
  const inner = readXml(text)
  if ('fault' in inner) return illegal(`what it hides: ${inner.fault}`)
  return readMessage(inner, context)
}

function readMessage(root: XmlElement, context: ReplyContext): PassiveReply {
  const to = textIn(root, 'ToUserName').trim()
  if (to !== context.openid) return illegal(`ToUserName is ${startOf(to)}, not ${context.openid}`)
  const from = textIn(root, 'FromUserName').trim()
  if (from !== context.original_id)
    return illegal(`FromUserName is ${startOf(from)}, not ${context.original_id}`)
  // Seconds; some frameworks write milliseconds, or clock ticks.
  if (!/^\d{1,19}$/.test(textIn(root, 'CreateTime').trim()))
    return illegal('CreateTime is no whole number')
  const type = textIn(root, 'MsgType').trim()
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined
  return read ? read(root, context) : illegal(`there is no MsgType ${startOf(type)}`)
}

type Reader = (root: XmlElement, context: ReplyContext) => PassiveReply

/** The messages that an answer may be, by MsgType. */
const readers: Readonly<Record<string, Reader>> = {
  text(root) {
    const content = textIn(root, 'Content')
    if (content === '') return illegal('Content is empty')
    const bytes = Buffer.byteLength(content)
    if (bytes > text_bytes_max)
      return illegal(`Content has ${bytes} bytes, more than ${text_bytes_max}`)
    return message({ type: 'text', content })
  },
  image: (root) =>
    ofMedia(root, 'Image', (media_id) => ({ type: 'image', media_id, pic_url: null })),
  voice: (root) => ofMedia(root, 'Voice', (media_id) => ({ type: 'voice', media_id })),
  video: (root) =>
    ofMedia(root, 'Video', (media_id, group) => {
      const [title, description] = [textIn(group, 'Title'), textIn(group, 'Description')]
      return { type: 'video', media_id, title, description }
    }),
  music(root) {
    const group = childOf(root, 'Music')
    if (!group) return illegal('Music is missing')
    return message({
      type: 'music',
      title: textIn(group, 'Title'),
      description: textIn(group, 'Description'),
      music_url: textIn(group, 'MusicUrl').trim(),
      hq_music_url: textIn(group, 'HQMusicUrl').trim(),
      thumb_media_id: textIn(group, 'ThumbMediaId').trim() || null,
    })
  },
  news(root, { isMessage }) {
    const items = (childOf(root, 'Articles')?.children ?? []).filter(({ name }) => name === 'item')
    const count = textIn(root, 'ArticleCount').trim()
    if (!/^\d{1,2}$/.test(count)) return illegal('ArticleCount is no number')
    if (items.length === 0 || Number(count) === 0) return illegal('Articles has no item')
    const most = isMessage ? 1 : articles_max
    const shown = items.slice(0, Math.min(most, Number(count)))
    return message({ type: 'news', articles: shown.map(articleOf) })
  },
  transfer_customer_service(root) {
    const group = childOf(root, 'TransInfo')
    const kf_account = group ? textIn(group, 'KfAccount').trim() : ''
    return { kind: 'transfer', kf_account: kf_account || null }
  },
}

function articleOf(item: XmlElement) {
  return {
    title: textIn(item, 'Title'),
    description: textIn(item, 'Description'),
    pic_url: textIn(item, 'PicUrl').trim(),
    url: textIn(item, 'Url').trim(),
  }
}

function ofMedia(
  root: XmlElement,
  name: string,
  contentOf: (media_id: string, group: XmlElement) => ChatContent,
): PassiveReply {
  const group = childOf(root, name)
  const media_id = group ? textIn(group, 'MediaId').trim() : ''
  if (!group || media_id === '') return illegal(`${name} has no MediaId`)
  return message(contentOf(media_id, group))
}

function message(content: ChatContent): PassiveReply {
  return { kind: 'message', content }
}

function illegal(reason: string): PassiveReply {
  return { kind: 'illegal', reason }
}

function startOf(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text || 'empty'
}
