import { filled } from '../components/text.tsx'
import { When, whenText } from '../components/when.tsx'
import { Field } from './field.tsx'
import { type AccountProps, Submit, VerbButton, VerbForm } from './parts.tsx'
import type { CallbackLine } from './props.ts'

/** Where the platform is told what became of messages, and what it was told last. */
export function Callbacks(props: AccountProps) {
  const { frame, facts } = props
  const text = frame.words.console.callbacks
  return (
    <section aria-labelledby="callbacks">
      <h2 id="callbacks">{text.title}</h2>
      <Where {...props} />
      <h3>{text.last}</h3>
      {facts.callbacks.length === 0 ? <p>{text.none}</p> : null}
      {facts.callbacks.map((line) => (
        <One {...props} line={line} />
      ))}
    </section>
  )
}

function Where({ frame: { words }, context, facts: { life } }: AccountProps) {
  const text = words.console.callbacks
  const at = { words, context, form: 'callback' }
  return (
    <VerbForm
      context={context}
      verb="account.update"
      form="callback"
      fields={{ eid: life.key }}
      class="fields co-form"
    >
      <Field
        {...at}
        name="callback.url"
        type="url"
        label={text.url}
        hint={text.urlHint}
        value={life.callback?.url ?? ''}
      />
      <Field
        {...at}
        name="callback.secret"
        label={text.secret}
        hint={text.secretHint}
        value={life.callback?.secret ?? ''}
        maxlength={200}
      />
      <Submit words={words} verb="account.update" id="save-callback" about="callbacks" />
    </VerbForm>
  )
}

function One({
  frame: { words },
  context,
  facts,
  line,
}: AccountProps & { readonly line: CallbackLine }) {
  const text = words.console.callbacks
  const { callback, state, body, tries, due_at, last_at, last_status, last_error } = line
  return (
    <div class="co-card" id={`callback-${callback}`}>
      <p>
        <code>{body.event}</code> <span class="co-state">{text.states[state]}</span>
      </p>
      <ul class="co-times">
        <li>{filled(text.tries, { count: String(tries) })}</li>
        {last_at === null ? null : (
          <li>
            <When at={last_at} words={words} />{' '}
            {last_status === null ? null : filled(text.answered, { status: String(last_status) })}{' '}
            {last_error === null ? null : <span lang="en">{last_error}</span>}
          </li>
        )}
        {due_at === null ? null : (
          <li>{filled(text.nextTry, { date: whenText(due_at, words) })}</li>
        )}
      </ul>
      {facts.life.callback === null ? null : (
        <VerbButton
          words={words}
          context={context}
          verb="callback.redeliver"
          id={`redeliver-${callback}`}
          about={`callback-${callback}`}
          fields={{ callback }}
          quiet
        />
      )}
    </div>
  )
}
