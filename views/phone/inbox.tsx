import { filled } from '../components/text.tsx'
import { Others } from './chats.tsx'
import { Avatar, phoneHref, When } from './parts.tsx'
import type { InboxFacts, Letter } from './props.ts'
import { type ScreenProps, Shell } from './shell.tsx'

type Props = ScreenProps & { readonly facts: InboxFacts }

/** What came by SMS or e-mail, the newest first. */
export function InboxPage(props: Props) {
  const { frame, context, phone, facts } = props
  const { screen, letters, next_cursor } = facts
  const words = frame.words.phone
  const app = words[screen]
  return (
    <Shell {...props} title={app.title} app={screen} action={<Others {...props} />}>
      <div data-live={screen}>
        {letters.length === 0 ? (
          <p class="ph-empty">{app.none}</p>
        ) : (
          <ul class="ph-list ph-letters">
            {letters.map((letter) => (
              <Line {...props} letter={letter} />
            ))}
          </ul>
        )}
        {next_cursor === null ? null : (
          <p class="ph-older">
            <a
              id="older"
              href={phoneHref(context, phone.person, `/${screen}`, { before: next_cursor })}
            >
              {words.older}
            </a>
          </p>
        )}
      </div>
    </Shell>
  )
}

function Line({ frame, context, phone, facts, letter }: Props & { letter: Letter }) {
  const { contact, from, subject, text, when } = letter
  const words = frame.words.phone
  const app = words[facts.screen]
  const sender = from || app.unnamed
  const news = filled(app.arrived, { from: sender, text: subject || text })
  return (
    <li>
      <a
        class="ph-line"
        id={`letter-${contact}`}
        href={phoneHref(context, phone.person, `/${facts.screen}/${contact}`)}
        data-news={contact}
        data-said={news}
      >
        <Avatar name={sender} seed={from} />
        <span class="ph-line-text">
          <span class="ph-line-top">
            <span class="ph-name">{nameIn(sender)}</span>
            <When at={when} words={words} />
          </span>
          {facts.screen === 'mail' ? (
            <span class="ph-line-last">
              <span class="ph-cut">{subject || words.mail.noSubject}</span>
            </span>
          ) : null}
          <span class="ph-line-last">
            <span class="ph-cut">{text}</span>
          </span>
        </span>
      </a>
    </li>
  )
}

/** Of a sender as an e-mail writes it, its name, if it has one. */
function nameIn(sender: string): string {
  return sender.replace(/(?<=\S)\s*<[^<>]*>$/u, '')
}
