import type { Child } from 'hono/jsx'
import { PostForm } from '../components/post-form.tsx'
import { filled } from '../components/text.tsx'
import type { PhoneWords } from '../words/phone/en.ts'
import type { ItemProps } from './card.tsx'
import type { MessageContent } from './props.ts'

type Kind = MessageContent['type']
type NamedKind = keyof PhoneWords['kinds']
type ContentOf<T extends Kind> = Extract<MessageContent, { type: T }>

interface Drawing<T extends Kind> extends ItemProps {
  readonly content: ContentOf<T>
}

/** A message of the conversation that is no template message: in a bubble, at the side of whoever says it. */
export function Bubble(props: ItemProps & { readonly content: MessageContent }) {
  const { frame, from, message, content } = props
  if (content.type === 'notice') return <p class="ph-notify">{content.content}</p>
  const { you, they } = frame.words.phone.chat
  const isOwn = message.from === 'person'
  return (
    <div class={`ph-bubble ph-bubble-${content.type}${isOwn ? ' ph-own' : ''}`}>
      <span class="ph-hidden">{isOwn ? you : filled(they, { name: from.name })}</span>
      {drawings[content.type]({ ...props, content } as never)}
    </div>
  )
}

/** How each kind is drawn. */
const drawings: { readonly [T in Kind]: (props: Drawing<T>) => Child } = {
  text: ({ content, ...props }) => (
    <p>
      {textParts(content.content).map((part, n) => (
        <Part {...props} part={part} n={n} />
      ))}
    </p>
  ),
  image: ({ content, ...props }) =>
    content.pic_url === null && content.media_id !== null ? (
      <Upload {...props} media_id={content.media_id} />
    ) : (
      <Media
        {...props}
        type="image"
        name={content.pic_url ?? content.media_id}
        url={content.pic_url}
      />
    ),
  voice: ({ content, ...props }) => <Media {...props} type="voice" name={content.media_id} />,
  video: ({ content, ...props }) => (
    <Media
      {...props}
      type="video"
      name={content.title || content.media_id}
      about={content.description}
    />
  ),
  music: ({ content, ...props }) => (
    <Media
      {...props}
      type="music"
      name={content.title}
      about={content.description}
      url={content.music_url || content.hq_music_url}
    />
  ),
  news: ({ content, ...props }) => (
    <ul>
      {content.articles.map(({ title, description, url }, n) => (
        <li>
          <strong>{title}</strong>
          {description ? <p>{description}</p> : null}
          <Link
            {...props}
            url={url}
            n={n}
            label={props.frame.words.phone.chat.read}
            about={title}
          />
        </li>
      ))}
    </ul>
  ),
  location: ({ content, frame }) => (
    <>
      <Label words={frame.words.phone} type="location" />
      {content.label ? <strong>{content.label}</strong> : null}
      <p>{`${content.latitude}, ${content.longitude}`}</p>
    </>
  ),
  msgmenu: ({ content, ...props }) => (
    <>
      {content.head_content ? <p>{content.head_content}</p> : null}
      <ul class="ph-choices">
        {content.list.map((item, n) => (
          <li>
            <Choice {...props} text={item.content} id={item.id} n={n} />
          </li>
        ))}
      </ul>
      {content.tail_content ? <p>{content.tail_content}</p> : null}
    </>
  ),
  miniprogrampage: ({ content, ...props }) => (
    <Media {...props} type="miniprogrampage" name={content.title} about={content.pagepath} />
  ),
  wxcard: ({ content, ...props }) => <Media {...props} type="wxcard" name={content.card_id} />,
  notice: ({ content }) => content.content,
}

/** A picture that the account has uploaded: it lies here, as long as it lives. */
function Upload({ frame, context, person, media_id }: ItemProps & { readonly media_id: string }) {
  return (
    <img
      class="ph-photo"
      src={`${context.basePath}/phone/${person}/media/${media_id}`}
      alt={frame.words.phone.kinds.image}
    />
  )
}

/** An item of a menu in the conversation: a tap writes its text. */
function Choice({
  context,
  person,
  from,
  message,
  text,
  id,
  n,
  label = text,
}: ItemProps & {
  readonly text: string
  readonly id: string
  readonly n: number
  readonly label?: string
}) {
  const fields = { account: from.appid, content: text, bizmsgmenuid: id }
  return (
    <PostForm context={context} path={`/phone/${person}/do/text`} fields={fields} class="ph-link">
      <button type="submit" id={`choose-${message.msgid_str}-${n}`}>
        {label}
      </button>
    </PostForm>
  )
}

function Label({ words, type }: { readonly words: PhoneWords; readonly type: NamedKind }) {
  return <span class="ph-kind">{words.kinds[type]}</span>
}

interface MediaProps extends ItemProps {
  readonly type: NamedKind
  readonly name: string | null
  readonly about?: string
  readonly url?: string | null
}

/** What lies elsewhere is named, not loaded: the phone shows nothing of other origins. */
function Media(props: MediaProps) {
  const { frame, type, name, about, url } = props
  const words = frame.words.phone
  return (
    <>
      <Label words={words} type={type} />
      {name ? <strong>{name}</strong> : null}
      {about ? <p>{about}</p> : null}
      <Link {...props} url={url ?? ''} n={0} label={words.chat.open} about={words.kinds[type]} />
    </>
  )
}

interface LinkProps extends ItemProps {
  readonly url: string
  readonly n: number
  readonly label: string
  /** What it opens, for those who hear the label alone. */
  readonly about: string
}

function Link({ context, person, message, url, n, label, about }: LinkProps) {
  if (!/^https?:\/\//i.test(url)) return null
  return (
    <PostForm context={context} path={`/phone/${person}/do/open`} fields={{ url }} class="ph-link">
      <button type="submit" id={`open-${message.msgid_str}-${n}`}>
        {label}
        <span class="ph-hidden"> {about}</span>
      </button>
    </PostForm>
  )
}

/** A link that writes a text instead of opening a page, as menus within texts are made. */
function menuLink(url: string): { readonly text: string; readonly id: string } | undefined {
  if (!url.startsWith('weixin://bizmsgmenu?')) return undefined
  const query = new URLSearchParams(url.slice(url.indexOf('?') + 1).replaceAll('&amp;', '&'))
  const [text, id] = [query.get('msgmenucontent') ?? '', query.get('msgmenuid') ?? '']
  return text === '' ? undefined : { text, id }
}

/** A piece of a text: plain, or a link as replies write it. */
interface TextPart {
  readonly text: string
  readonly url: string
}

/** WeChat draws `<a href="…">` in texts of accounts as a link, and every other mark-up as it is. */
function textParts(content: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const found of content.matchAll(
    /<a\s[^<>]*?href=["']([^"'<>]*)["'][^<>]*>([^<>]*)<\/a>/gi,
  )) {
    parts.push({ text: content.slice(end, found.index), url: '' })
    parts.push({ text: found[2] ?? '', url: found[1] ?? '' })
    end = found.index + found[0].length
  }
  return [...parts, { text: content.slice(end), url: '' }].filter(({ text }) => text !== '')
}

function Part({ part, n, ...props }: ItemProps & { readonly part: TextPart; readonly n: number }) {
  if (part.url === '') return <>{part.text}</>
  const menu = menuLink(part.url)
  if (menu) return <Choice {...props} {...menu} n={n} label={part.text} />
  return <Link {...props} url={part.url} n={n} label={part.text} about="" />
}
