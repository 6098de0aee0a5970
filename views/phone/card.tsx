import { MessageCard } from '../components/message-card.tsx'
import { VerbForm } from './parts.tsx'
import type { ChatFacts, Message } from './props.ts'
import type { ScreenProps } from './shell.tsx'

type Props = ScreenProps & { readonly facts: ChatFacts; readonly message: Message }

/** A template message on a phone, with the way to its page. */
export function Card(props: Props) {
  const { message, facts } = props
  const { msgid_str, title, line, keywords, url } = message
  return (
    <MessageCard id={msgid_str} from={facts.chat} title={title} line={line} keywords={keywords}>
      {url === null ? null : <Details {...props} />}
    </MessageCard>
  )
}

function Details({ frame, context, phone, message }: Props) {
  const { msgid_str } = message
  return (
    <VerbForm context={context} person={phone.person} verb="open" fields={{ msgid: msgid_str }}>
      <button
        type="submit"
        class="ph-card-open"
        id={`open-${msgid_str}`}
        aria-describedby={`title-${msgid_str}`}
      >
        {frame.words.phone.chat.details}
      </button>
    </VerbForm>
  )
}
