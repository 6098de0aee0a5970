import { mobileText } from '../console/messages/list.tsx'
import { Avatar, momentText, phoneHref } from './parts.tsx'
import type { InboxFacts } from './props.ts'
import { type ScreenProps, Shell } from './shell.tsx'

interface Props extends ScreenProps {
  readonly facts: InboxFacts
  readonly letter: NonNullable<InboxFacts['letter']>
}

/** One SMS or e-mail. */
export function LetterPage(props: Props) {
  const { frame, context, phone, facts, letter } = props
  const { screen } = facts
  const words = frame.words.phone
  const { from, to, subject, text, html, when } = letter
  const sender = from || words[screen].unnamed
  return (
    <Shell
      {...props}
      title={words[screen].one}
      app={screen}
      back={phoneHref(context, phone.person, `/${screen}`)}
    >
      <article class="ph-letter">
        {screen === 'mail' ? <h2>{subject || words.mail.noSubject}</h2> : null}
        <div class="ph-letter-head">
          <Avatar name={sender} seed={from} />
          <div>
            <p>{sender}</p>
            <p>
              <time datetime={when.iso}>{momentText(when, words, true)}</time>
              {` · ${words.mail.to} ${mobileText(to)}`}
            </p>
          </div>
        </div>
        {html === null ? (
          <p class="ph-letter-text">{text}</p>
        ) : (
          // Without any permission: no script, and by the policy of this page nothing from outside.
          <iframe class="ph-letter-html" title={words.mail.html} sandbox="" srcdoc={html} />
        )}
      </article>
    </Shell>
  )
}
