import type { PropsWithChildren } from 'hono/jsx'
import { MessageCard } from '../components/message-card.tsx'
import { PostForm } from '../components/post-form.tsx'
import { filled } from '../components/text.tsx'
import type { Frame } from '../layout.tsx'
import type { PageContext } from '../page-context.ts'
import { Bubble } from './bubble.tsx'
import { momentText } from './parts.tsx'
import type { ChatFacts, Message, Moment, Phone } from './props.ts'

export interface ItemProps {
  readonly frame: Frame
  readonly context: Omit<PageContext, 'flash' | 'typed'>
  readonly person: Phone['person']
  readonly from: Pick<ChatFacts['chat'], 'name' | 'appid'>
  readonly message: Message
  /** Null: shortly after the message before. */
  readonly when: Moment | null
}

/** A message in its conversation; what a form of it opens, its fields say. */
export function MessageItem(props: ItemProps) {
  const { frame, message, when } = props
  const { msgid_str, content, from: sender } = message
  return (
    <li
      data-news={sender === 'account' ? msgid_str : undefined}
      data-said={sender === 'account' ? newsOf(props) : undefined}
    >
      {when ? (
        <p class="ph-when">
          <time datetime={when.iso}>{momentText(when, frame.words.phone, true)}</time>
        </p>
      ) : null}
      {content ? <Bubble {...props} content={content} /> : <Card {...props} />}
    </li>
  )
}

function newsOf({ frame, from, message }: ItemProps): string {
  const { chat, kinds } = frame.words.phone
  const { content, line, title } = message
  if (content?.type === 'notice') return content.content
  const text = line || title || kinds[content?.type ?? 'text']
  return filled(chat.arrived, { name: from.name, text })
}

/** A template message, with the way to its page. */
function Card(props: ItemProps) {
  return (
    <TemplateCard {...props}>
      {props.message.url === null ? null : <Details {...props} />}
    </TemplateCard>
  )
}

/** The same wherever a phone's message is shown; what leads on from it comes inside. */
export function TemplateCard({
  from,
  message,
  children,
}: PropsWithChildren<Pick<ItemProps, 'from' | 'message'>>) {
  const { msgid_str, title, line, keywords } = message
  return (
    <MessageCard id={msgid_str} from={from} title={title} line={line} keywords={keywords}>
      {children}
    </MessageCard>
  )
}

function Details({ frame, context, person, message }: ItemProps) {
  const { msgid_str } = message
  return (
    <PostForm context={context} path={`/phone/${person}/do/open`} fields={{ msgid: msgid_str }}>
      <button
        type="submit"
        class="ph-card-open"
        id={`open-${msgid_str}`}
        aria-describedby={`title-${msgid_str}`}
      >
        {frame.words.phone.chat.details}
      </button>
    </PostForm>
  )
}
