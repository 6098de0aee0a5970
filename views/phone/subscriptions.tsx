import { filled } from '../components/text.tsx'
import { VerbForm } from './parts.tsx'
import type { AccountFacts, AskedSubscription } from './props.ts'
import type { ScreenProps } from './shell.tsx'

type Props = ScreenProps & { readonly facts: AccountFacts }

/** The notifications for which an account can ask: each opens into the sheet that does, as on a web page in WeChat. */
export function Subscriptions(props: Props) {
  const { subscriptions } = props.facts
  if (subscriptions.length === 0) return null
  return (
    <>
      <h3 class="weui-cells__title">{props.frame.words.phone.subscriptions.title}</h3>
      <div class="weui-cells">
        {subscriptions.map((asked) => (
          <Sheet {...props} asked={asked} />
        ))}
      </div>
    </>
  )
}

function Sheet(props: Props & { readonly asked: AskedSubscription }) {
  const { frame, facts, asked } = props
  const words = frame.words.phone.subscriptions
  return (
    <details class="ph-ask" data-template={asked.template_id}>
      <summary class="weui-cell">
        <span class="weui-cell__bd">{asked.title}</span>
        <span class="weui-cell__ft">{standingText(props)}</span>
      </summary>
      <div class="ph-ask-sheet">
        <p>{filled(words.asks, { name: facts.chat.name })}</p>
        <dl>
          {asked.lines.map(({ label, example }) => (
            <div>
              <dt>{label}</dt>
              <dd>{example}</dd>
            </div>
          ))}
        </dl>
        <div class="ph-ask-acts">
          <Answer {...props} accept={false} />
          <Answer {...props} accept={true} />
        </div>
        <SwitchOff {...props} />
      </div>
    </details>
  )
}

/** What the phone's settings offer for a notification that is allowed. */
function SwitchOff({
  frame,
  context,
  phone,
  facts,
  asked,
}: Props & { readonly asked: AskedSubscription }) {
  if (asked.answer !== 'accept') return null
  const { switchOff } = frame.words.phone.subscriptions
  const { appid: account } = facts.chat
  const fields = { account, template_id: asked.template_id, accept: 'false', by: 'settings' }
  return (
    <VerbForm
      context={context}
      person={phone.person}
      verb="subscribe"
      fields={fields}
      class="ph-ask-off"
    >
      <button type="submit">{switchOff}</button>
    </VerbForm>
  )
}

function standingText({
  frame,
  asked,
}: {
  frame: Props['frame']
  asked: AskedSubscription
}): string {
  const words = frame.words.phone.subscriptions
  if (asked.answer === null) return words.never
  if (asked.answer === 'reject') return words.refused
  return asked.sends_left === null
    ? words.always
    : filled(words.left, { n: String(asked.sends_left) })
}

function Answer({
  frame,
  context,
  phone,
  facts,
  asked,
  accept,
}: Props & { readonly asked: AskedSubscription; readonly accept: boolean }) {
  const words = frame.words.phone.subscriptions
  const fields = {
    account: facts.chat.appid,
    template_id: asked.template_id,
    accept: String(accept),
  }
  return (
    <VerbForm context={context} person={phone.person} verb="subscribe" fields={fields}>
      <button
        type="submit"
        class={`weui-btn weui-btn_mini ${accept ? 'weui-btn_primary' : 'weui-btn_default'}`}
      >
        {accept ? words.allow : words.refuse}
      </button>
    </VerbForm>
  )
}
