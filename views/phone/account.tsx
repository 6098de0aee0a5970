import { Avatar, phoneHref, VerbForm } from './parts.tsx'
import type { AccountFacts } from './props.ts'
import { type ScreenProps, Shell } from './shell.tsx'
import { Subscriptions } from './subscriptions.tsx'

type Props = ScreenProps & { readonly facts: AccountFacts }

/** What is known of an official account, and how this person stands to it. */
export function AccountPage(props: Props) {
  const { frame, context, phone, facts } = props
  const words = frame.words.phone
  const { appid, name, state } = facts.chat
  const isFollowed = state !== 'never' && state !== 'unfollowed'
  return (
    <Shell {...props} title={words.account.title} back={phoneHref(context, phone.person)}>
      <div data-live="account">
        <div class="ph-profile">
          <Avatar name={name} seed={appid} size="large" />
          <div>
            <h2>{name}</h2>
            <p>
              {words.account.kinds[facts.kind]} · {words.states[state]}
            </p>
          </div>
        </div>
        <div class="ph-acts">
          {isFollowed ? <Followed {...props} /> : <NotFollowed {...props} />}
        </div>
        {isFollowed ? <Settings {...props} /> : <Consent {...props} />}
        <Subscriptions {...props} />
        <Facts {...props} />
      </div>
    </Shell>
  )
}

function Followed({ frame, context, phone, facts }: Props) {
  const words = frame.words.phone.account
  const { appid } = facts.chat
  return (
    <>
      <a
        class="weui-btn weui-btn_primary"
        id="chat"
        href={phoneHref(context, phone.person, `/chat/${appid}`)}
      >
        {words.chat}
      </a>
      <VerbForm context={context} person={phone.person} verb="unfollow" fields={{ account: appid }}>
        <button type="submit" class="weui-btn weui-btn_default" id="unfollow">
          {words.unfollow}
        </button>
      </VerbForm>
    </>
  )
}

function NotFollowed({ frame, context, phone, facts }: Props) {
  const words = frame.words.phone.account
  const { appid, state } = facts.chat
  return (
    <VerbForm context={context} person={phone.person} verb="follow" fields={{ account: appid }}>
      <button type="submit" class="weui-btn weui-btn_primary" id="follow">
        {state === 'never' ? words.follow : words.refollow}
      </button>
    </VerbForm>
  )
}

function Settings(props: Props) {
  const { facts, frame } = props
  const words = frame.words.phone.account
  const { state } = facts.chat
  const isMuted = state === 'muted'
  const isBlocking = state === 'blocking'
  return (
    <>
      <h3 class="weui-cells__title">{words.settings}</h3>
      <div class="weui-cells">
        <Switch
          {...props}
          id="notices"
          verb={isMuted ? 'unmute' : 'mute'}
          on={!isMuted}
          name={words.notices}
          hint={words.noticesHint}
        />
        <Switch
          {...props}
          id="block"
          verb={isBlocking ? 'unblock' : 'block'}
          on={isBlocking}
          name={words.block}
          hint={words.blockHint}
        />
        <ConsentSwitch {...props} />
      </div>
    </>
  )
}

/** Who does not follow can have been asked by a web page too. */
function Consent(props: Props) {
  const words = props.frame.words.phone.account
  return (
    <>
      <h3 class="weui-cells__title">{words.settings}</h3>
      <div class="weui-cells">
        <ConsentSwitch {...props} />
      </div>
    </>
  )
}

function ConsentSwitch(props: Props) {
  const { consented } = props.facts.chat
  const words = props.frame.words.phone.account
  return (
    <Switch
      {...props}
      id="consent"
      verb={consented ? 'deny' : 'allow'}
      on={consented}
      name={words.consent}
      hint={words.consentHint}
    />
  )
}

interface SwitchProps {
  readonly id: string
  /** What a tap does. */
  readonly verb: string
  readonly on: boolean
  readonly name: string
  readonly hint: string
}

function Switch({ context, phone, facts, id, verb, on, name, hint }: Props & SwitchProps) {
  return (
    <VerbForm
      context={context}
      person={phone.person}
      verb={verb}
      fields={{ account: facts.chat.appid }}
    >
      <SwitchButton id={id} on={on} name={name} hint={hint} />
    </VerbForm>
  )
}

/** A line with a switch: one button, so that it works without script. */
export function SwitchButton({ id, on, name, hint }: Omit<SwitchProps, 'verb'>) {
  return (
    <button
      type="submit"
      class="weui-cell ph-switch"
      id={id}
      role="switch"
      aria-checked={on ? 'true' : 'false'}
      aria-describedby={`${id}-hint`}
      aria-labelledby={`${id}-name`}
    >
      <span class="weui-cell__bd">
        <span id={`${id}-name`}>{name}</span>
        <span class="weui-cell__desc" id={`${id}-hint`}>
          {hint}
        </span>
      </span>
      <span class="ph-knob" aria-hidden="true" />
    </button>
  )
}

function Facts({ frame, facts }: Props) {
  const words = frame.words.phone.account
  const { appid, openid } = facts.chat
  const rows = [
    [words.original, facts.original_id],
    [words.appid, appid],
    [words.openid, openid ?? words.noOpenid],
  ].filter(([, value]) => value !== '')
  return (
    <>
      <h3 class="weui-cells__title">{words.facts}</h3>
      <dl class="weui-cells ph-facts">
        {rows.map(([name, value]) => (
          <div class="weui-cell">
            <dt class="weui-cell__bd">{name}</dt>
            <dd class="weui-cell__ft">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
