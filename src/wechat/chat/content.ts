import { z } from 'zod'
import type { ChatMessageRow } from '../../../db/schema.ts'
import { words } from '../../core/field.ts'

const text = z.string()
const maybe = z.string().nullable()
const media_id = maybe.meta(words('Id of a material or an upload.', '素材或上传文件的编号。'))

const article = z.object({ title: text, description: text, pic_url: text, url: text })

/** What a message says that is no template message, by its kind; names are WeChat's, in lower case. */
export const chatContent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    content: text,
    bizmsgmenuid: text
      .optional()
      .meta(words('Id of the tapped item of a menu message.', '所点的会话菜单选项的 id。')),
  }),
  z.object({ type: z.literal('image'), media_id, pic_url: maybe }),
  z.object({ type: z.literal('voice'), media_id }),
  z.object({ type: z.literal('video'), media_id, title: text, description: text }),
  z.object({
    type: z.literal('music'),
    title: text,
    description: text,
    music_url: text,
    hq_music_url: text,
    thumb_media_id: media_id,
  }),
  z.object({ type: z.literal('news'), articles: z.array(article) }),
  z.object({
    type: z.literal('location'),
    latitude: text.meta(words('Degrees, six decimals.', '度数，六位小数。')),
    longitude: text,
    scale: z.int(),
    label: text,
  }),
  z.object({
    type: z.literal('msgmenu'),
    head_content: text,
    list: z.array(z.object({ id: text, content: text })),
    tail_content: text,
  }),
  z.object({
    type: z.literal('miniprogrampage'),
    title: text,
    appid: text,
    pagepath: text,
    thumb_media_id: media_id,
  }),
  z.object({ type: z.literal('wxcard'), card_id: text }),
  z
    .object({ type: z.literal('notice'), content: text })
    .meta(words('A system line of WeChat’s, centred.', '微信自己的一行提示，居中显示。')),
])

export type ChatContent = z.output<typeof chatContent>
export type ChatType = ChatContent['type']
type ContentOf<T extends ChatType> = Extract<ChatContent, { type: T }>

/** What lists show of a message, as far as it can be said in a text; `url`: what a tap on it opens. */
export interface ChatLine {
  readonly title: string
  readonly line: string | null
  readonly keywords?: readonly { readonly label: string; readonly value: string }[]
  readonly url?: string | undefined
}

/** How each kind is told of in lists. */
const lines: { readonly [T in ChatType]: (content: ContentOf<T>) => ChatLine } = {
  text: ({ content }) => ({ title: '', line: content }),
  image: () => ({ title: '', line: null }),
  voice: () => ({ title: '', line: null }),
  video: ({ title }) => ({ title, line: null }),
  music: ({ title, description, music_url, hq_music_url }) => {
    return { title, line: description || null, url: music_url || hq_music_url }
  },
  news: ({ articles: [first] }) => {
    return { title: first?.title ?? '', line: first?.description || null, url: first?.url }
  },
  location: ({ label }) => ({ title: label, line: null }),
  msgmenu: ({ head_content }) => ({ title: '', line: head_content || null }),
  miniprogrampage: ({ title }) => ({ title, line: null }),
  wxcard: ({ card_id }) => ({ title: card_id, line: null }),
  notice: ({ content }) => ({ title: '', line: content }),
}

export function lineOf(content: ChatContent): ChatLine {
  return lines[content.type](content as never)
}

/** What a row says; of a kind that this version does not know, its name. */
export function contentOf({ type, parts }: Pick<ChatMessageRow, 'type' | 'parts'>): ChatContent {
  const read = chatContent.safeParse({ type, ...(JSON.parse(parts) as object) })
  return read.success ? read.data : { type: 'notice', content: type }
}

/** The same as a row keeps it. */
export function partsOf({ type, ...parts }: ChatContent): Pick<ChatMessageRow, 'type' | 'parts'> {
  return { type, parts: JSON.stringify(parts) }
}
