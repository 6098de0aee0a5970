import { MessageCard } from '../components/message-card.tsx'
import { PostForm } from '../components/post-form.tsx'
import { filled } from '../components/text.tsx'
import type { Frame } from '../layout.tsx'
import type { PageContext } from '../page-context.ts'
import { momentText } from './parts.tsx'
import type { ChatFacts, Message, Moment, Phone } from './props.ts'

interface Props {
  readonly frame: Frame
  readonly context: Omit<PageContext, 'flash' | 'typed'>
  readonly person: Phone['person']
  readonly from: Pick<ChatFacts['chat'], 'name' | 'appid'>
  readonly message: Message
  /** Null: shortly after the message before. */
  readonly when: Moment | null
}

/** A template message in its conversation, with the way to its page. */
export function MessageItem(props: Props) {
  const { frame, from, message, when } = props
  const words = frame.words.phone
  const { msgid_str, title, line, keywords, url } = message
  const news = filled(words.chat.arrived, { name: from.name, text: line ?? title })
  return (
    <li data-news={msgid_str} data-said={news}>
      {when ? (
        <p class="ph-when">
          <time datetime={when.iso}>{momentText(when, words, true)}</time>
        </p>
      ) : null}
      <MessageCard id={msgid_str} from={from} title={title} line={line} keywords={keywords}>
        {url === null ? null : <Details {...props} />}
      </MessageCard>
    </li>
  )
}

function Details({ frame, context, person, message }: Props) {
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
