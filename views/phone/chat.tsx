import { filled } from '../components/text.tsx'
import { Card } from './card.tsx'
import { MenuBar } from './menu.tsx'
import { phoneHref, VerbForm, When } from './parts.tsx'
import type { ChatFacts, Message } from './props.ts'
import { type ScreenProps, Shell } from './shell.tsx'

type Props = ScreenProps & { readonly facts: ChatFacts }

/** A conversation: template messages as WeChat draws them, and the account's menu below. */
export function ChatPage(props: Props) {
  const { frame, context, phone, facts } = props
  const words = frame.words.phone
  const { appid, name } = facts.chat
  const profile = phoneHref(context, phone.person, `/account/${appid}`)
  return (
    <Shell
      {...props}
      title={name}
      back={phoneHref(context, phone.person)}
      action={
        <a class="ph-more" id="about" href={profile}>
          <span class="ph-hidden">{filled(words.chat.about, { name })}</span>
        </a>
      }
    >
      <div class="ph-talk">
        <section
          class="ph-scroll"
          aria-label={`${words.chat.messages} · ${phone.name}`}
          tabindex={0}
          data-scroll="end"
        >
          <div data-live="messages">
            <Older {...props} />
            <Messages {...props} />
            <Reach {...props} />
          </div>
        </section>
        <MenuBar {...props} />
      </div>
    </Shell>
  )
}

function Older({ frame, context, phone, facts }: Props) {
  const { older, newest } = frame.words.phone.chat
  const { appid, next_cursor } = facts.chat
  const path = `/chat/${appid}`
  return (
    <>
      {next_cursor === null ? null : (
        <p class="ph-older">
          <a id="older" href={phoneHref(context, phone.person, path, { before: next_cursor })}>
            {older}
          </a>
        </p>
      )}
      {facts.isOlder ? (
        <p class="ph-older">
          <a id="newest" href={phoneHref(context, phone.person, path)}>
            {newest}
          </a>
        </p>
      ) : null}
    </>
  )
}

function Messages(props: Props) {
  const { facts, frame } = props
  if (facts.messages.length === 0) {
    const isFollowed = facts.chat.state === 'following'
    return isFollowed ? <p class="ph-none">{frame.words.phone.chat.none}</p> : null
  }
  return (
    <ol class="ph-messages">
      {facts.messages.map((message) => (
        <MessageItem {...props} message={message} />
      ))}
    </ol>
  )
}

function MessageItem(props: Props & { readonly message: Message }) {
  const { frame, facts, message } = props
  const words = frame.words.phone
  const { msgid_str, title, line, when } = message
  const news = filled(words.chat.arrived, { name: facts.chat.name, text: line ?? title })
  return (
    <li data-news={msgid_str} data-said={news}>
      {when ? (
        <p class="ph-when">
          <When at={when} words={words} full />
        </p>
      ) : null}
      <Card {...props} />
    </li>
  )
}

/** To whom nothing comes is told so, where the messages would be. */
function Reach({ frame, context, phone, facts }: Props) {
  const words = frame.words.phone
  const { appid, name, state } = facts.chat
  if (state === 'following') return null
  if (state === 'muted' || state === 'blocking') {
    return (
      <div class="ph-told">
        <a
          id="state"
          href={phoneHref(context, phone.person, `/account/${appid}`)}
          aria-label={`${words.states[state]}: ${filled(words.chat.about, { name })}`}
        >
          {words.states[state]}
        </a>
      </div>
    )
  }
  return (
    <div class="ph-told">
      <p>{words.chat.notFollowed}</p>
      <VerbForm context={context} person={phone.person} verb="follow" fields={{ account: appid }}>
        <button type="submit" class="weui-btn weui-btn_mini weui-btn_primary" id="follow">
          {words.chat.follow}
        </button>
      </VerbForm>
    </div>
  )
}
