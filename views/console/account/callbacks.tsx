import { Chip, type Tone } from '../../components/chip.tsx'
import { Panel } from '../../components/panel.tsx'
import { filled } from '../../components/text.tsx'
import { When, whenText } from '../../components/when.tsx'
import { Field, optionsOf, Select } from '../field.tsx'
import { type AccountProps, Submit, VerbButton, VerbForm } from '../parts.tsx'
import type { CallbackLine, Delivery, Official, PushLine } from '../props.ts'

/** Where the platform is told what became of messages, and what was sent there and to the server of the official account. */
export function CallbacksTab(props: AccountProps) {
  const { frame, facts } = props
  const text = frame.words.console.callbacks
  return (
    <>
      <Where {...props} />
      {facts.official ? <Server {...props} official={facts.official} /> : null}
      <Panel id="last" title={text.last}>
        {facts.callbacks.length === 0 ? <p class="c-muted">{text.none}</p> : null}
        <ul class="c-lines">
          {facts.callbacks.map((line) => (
            <Callback {...props} line={line} />
          ))}
        </ul>
      </Panel>
      <Panel id="pushes" title={text.pushes}>
        {facts.pushes.length === 0 ? <p class="c-muted">{text.noPushes}</p> : null}
        <ul class="c-lines">
          {facts.pushes.map((line) => (
            <Push {...props} line={line} />
          ))}
        </ul>
      </Panel>
    </>
  )
}

function Where({ frame: { words }, context, facts: { life } }: AccountProps) {
  const text = words.console.callbacks
  const at = { words, context, form: 'callback' }
  const { callback, key } = life
  return (
    <Panel id="callbacks" title={text.title}>
      <VerbForm
        context={context}
        verb="account.update"
        form="callback"
        fields={{ eid: key }}
        class="c-form"
      >
        <Field
          {...at}
          name="callback.url"
          type="url"
          label={text.url}
          hint={text.urlHint}
          value={callback?.url ?? ''}
        />
        <Field
          {...at}
          name="callback.secret"
          label={text.secret}
          hint={text.secretHint}
          value={callback?.secret ?? ''}
          maxlength={200}
        />
        <Submit words={words} verb="account.update" id="save-callback" about="callbacks" />
      </VerbForm>
    </Panel>
  )
}

type ServerProps = AccountProps & { readonly official: Official }

/** As in WeChat's console: where it pushes to, by a request that the server must answer first. */
function Server(props: ServerProps) {
  const { frame, context, official } = props
  const { words } = frame
  const text = words.console.server
  const { appid, server } = official
  return (
    <Panel id="server" title={text.title}>
      {server === null ? null : (
        <p>
          <Chip tone={server.verified ? 'good' : 'warn'}>
            {server.verified ? text.verified : text.notVerified}
          </Chip>
        </p>
      )}
      <VerbForm
        context={context}
        verb="official_account.update"
        form="server"
        fields={{ appid }}
        class="c-form"
      >
        <ServerFields {...props} />
        <Submit words={words} verb="official_account.update" id="save-server" about="server" />
      </VerbForm>
    </Panel>
  )
}

function ServerFields({ frame: { words }, context, facts: { life }, official }: ServerProps) {
  const text = words.console.server
  const at = { words, context, form: 'server' }
  const { server } = official
  const { token, aes_key } = life
  return (
    <>
      <Field
        {...at}
        name="server.url"
        type="url"
        label={text.url}
        hint={text.urlHint}
        value={server?.url ?? ''}
      />
      <Field {...at} name="server.token" label={text.token} value={token ?? ''} />
      <Field {...at} name="server.aes_key" label={text.aesKey} value={aes_key ?? ''} />
      <Select
        {...at}
        name="server.mode"
        label={text.mode}
        value={server?.mode ?? 'plain'}
        options={optionsOf(text.modes)}
      />
    </>
  )
}

function Callback(props: AccountProps & { readonly line: CallbackLine }) {
  const { frame, context, facts, line } = props
  const { callback, body } = line
  return (
    <li id={`callback-${callback}`}>
      <Line {...props} name={body.event} of={line} />
      {facts.life.callback === null ? null : (
        <VerbButton
          words={frame.words}
          context={context}
          verb="callback.redeliver"
          id={`redeliver-${callback}`}
          about={`callback-${callback}`}
          fields={{ callback }}
          isLittle
        />
      )}
    </li>
  )
}

function Push(props: AccountProps & { readonly line: PushLine }) {
  const { frame, context, line } = props
  const { push, event } = line
  return (
    <li id={`push-${push}`}>
      <Line {...props} name={event} of={line} />
      <VerbButton
        words={frame.words}
        context={context}
        verb="push.redeliver"
        id={`redeliver-${push}`}
        about={`push-${push}`}
        fields={{ push }}
        isLittle
      />
    </li>
  )
}

const tones: Readonly<Record<Delivery['state'], Tone>> = {
  pending: 'warn',
  delivered: 'good',
  failed: 'bad',
}

/** How the delivery of something stands: its state, its last attempt and the next one. */
function Line({
  frame: { words },
  name,
  of,
}: AccountProps & { readonly name: string; readonly of: Delivery }) {
  const text = words.console.callbacks
  const { state, tries, due_at, last_at, last_status, last_error } = of
  return (
    <div>
      <p>
        <Chip tone={tones[state]}>{text.states[state]}</Chip> <code>{name}</code>{' '}
        {last_at === null ? null : <When at={last_at} words={words} />}
        {last_status === null
          ? null
          : ` · ${filled(text.answered, { status: String(last_status) })}`}
      </p>
      {last_error === null ? null : <p lang="en">{last_error}</p>}
      <p class="c-small">
        {filled(text.tries, { count: String(tries) })}
        {due_at === null ? null : ` · ${filled(text.nextTry, { date: whenText(due_at, words) })}`}
      </p>
    </div>
  )
}
