import { filled } from '../components/text.tsx'
import { MenuBar } from './menu.tsx'
import { phoneHref, VerbForm } from './parts.tsx'
import type { ChatFacts } from './props.ts'
import { type ScreenProps, Shell } from './shell.tsx'

type Props = ScreenProps & { readonly facts: ChatFacts }

/** A conversation around the messages in it, with the account's menu below. */
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
            <Typing {...props} />
            <Reach {...props} />
          </div>
        </section>
        <Composer {...props} />
        <MenuBar {...props} />
      </div>
    </Shell>
  )
}

/** Comes and goes with the account. What is typed is no difference to it; but for what was refused, which stands in it. */
function Composer(props: Props) {
  const { context, facts } = props
  const { state } = facts.chat
  const typed = context.flash?.kind === 'refused' ? context.typed.fields['content'] : undefined
  const isFollowed = state !== 'never' && state !== 'unfollowed'
  return (
    <div data-live={typed === undefined ? 'composer' : undefined}>
      {isFollowed ? <Write {...props} typed={typed} /> : null}
    </div>
  )
}

/** Where the person writes to an account that is followed. */
function Write({ frame, context, phone, facts, typed }: Props & { typed: string | undefined }) {
  const { write, send } = frame.words.phone.chat
  const { appid } = facts.chat
  return (
    <VerbForm
      context={context}
      person={phone.person}
      verb="text"
      fields={{ account: appid }}
      class="ph-write"
    >
      <input
        id="content"
        name="content"
        type="text"
        required
        maxlength={2000}
        autocomplete="off"
        placeholder={write}
        aria-label={write}
        aria-invalid={typed === undefined ? undefined : 'true'}
        value={typed}
      />
      <button type="submit" id="send" class="weui-btn weui-btn_mini weui-btn_primary">
        {send}
      </button>
    </VerbForm>
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

/** Where they stand; what they are comes into the slot. */
function Messages({ facts, frame }: Props) {
  if (facts.hasMessages) {
    return (
      <ol class="ph-messages">
        <slot />
      </ol>
    )
  }
  const isFollowed = facts.chat.state === 'following'
  return isFollowed ? <p class="ph-none">{frame.words.phone.chat.none}</p> : null
}

/** That the account types, for as long as it does: the page's script looks again when it is over. */
function Typing({ frame, facts }: Props) {
  const { typing_ms } = facts
  if (typing_ms === 0) return null
  return (
    <p class="ph-typing" role="status" data-ends={typing_ms}>
      {frame.words.phone.chat.typing}
    </p>
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
