import type { ChatFacts, ShownMessage } from '../../src/phone/pages/facts.ts'
import { Avatar, Does } from './parts.tsx'
import type { ScreenProps } from './shell.tsx'

type Props = ScreenProps & { readonly facts: ChatFacts; readonly message: ShownMessage }

/** A template message as WeChat draws it: title, single line, labelled keywords, and the way to its page. */
export function Card(props: Props) {
  const { message, facts } = props
  const { msgid_str, title, line, keywords, url } = message
  const { name, appid } = facts.chat
  return (
    <article class="ph-card" aria-labelledby={`title-${msgid_str}`}>
      <p class="ph-card-from">
        <Avatar name={name} seed={appid} size="small" />
        {name}
      </p>
      <h2 id={`title-${msgid_str}`}>{title}</h2>
      {line ? <p class="ph-card-line">{line}</p> : null}
      {keywords.length > 0 ? (
        <dl class="ph-card-words">
          {keywords.map(({ label, value }) => (
            <div>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {url === null ? null : <Details {...props} />}
    </article>
  )
}

function Details({ frame, visit, phone, message }: Props) {
  const { msgid_str } = message
  return (
    <Does visit={visit} person={phone.person} verb="open" fields={{ msgid: msgid_str }}>
      <button
        type="submit"
        class="ph-card-open"
        id={`open-${msgid_str}`}
        aria-describedby={`title-${msgid_str}`}
      >
        {frame.words.phone.chat.details}
      </button>
    </Does>
  )
}
