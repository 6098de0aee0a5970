import { MessageCard } from '../components/message-card.tsx'
import { filled } from '../components/text.tsx'
import { whenText } from '../components/when.tsx'
import { ChangeForm, type OneProps, RejectForm, WantedFields } from './application-forms.tsx'
import { type AccountProps, Submit, VerbButton, VerbForm } from './parts.tsx'

/** Applications for templates, the latest first, and what can be done about each. */
export function Applications(props: AccountProps) {
  const { frame, facts } = props
  const text = frame.words.console.applications
  return (
    <section aria-labelledby="applications">
      <h2 id="applications">{text.title}</h2>
      {facts.applications.length === 0 ? <p>{text.none}</p> : null}
      {facts.applications.map((application) => (
        <One {...props} application={application} />
      ))}
      <Another {...props} />
    </section>
  )
}

function One(props: OneProps) {
  const { frame, facts, application: row } = props
  const text = frame.words.console.applications
  return (
    <article class="co-card" aria-labelledby={`title-of-${row.application}`}>
      <h3 id={`title-of-${row.application}`}>
        {row.title} <span class="co-state">{text.states[row.state]}</span>
      </h3>
      <Times {...props} />
      {row.reason === null ? null : (
        <p>
          {text.reason}: {row.reason}
        </p>
      )}
      <p class="aside">{text.preview}</p>
      <div class="co-preview">
        <MessageCard
          id={row.application}
          from={{ name: facts.official?.name ?? '', appid: row.appid }}
          title={row.title}
          {...row.preview}
        />
      </div>
      <Actions {...props} />
    </article>
  )
}

function Times({ frame: { words }, facts, application }: OneProps) {
  const text = words.console.applications
  const { state, submitted_at, due_at, decided_at, reads_left } = application
  const lines = [
    { at: submitted_at, say: text.submitted },
    { at: due_at, say: text.due },
    { at: decided_at, say: text.decided },
  ]
  const isByHand = state === 'pending' && due_at === null && reads_left === null
  return (
    <ul class="co-times">
      {lines.map(({ at, say }) =>
        at === null ? null : <li>{filled(say, { date: whenText(at, words) })}</li>,
      )}
      {reads_left === null || state !== 'pending' ? null : (
        <li>{filled(text.readsLeft, { count: String(reads_left) })}</li>
      )}
      {isByHand && facts.official ? <li>{text.byHand}</li> : null}
    </ul>
  )
}

function Actions(props: OneProps) {
  const { frame, context, application: row } = props
  const { words } = frame
  const fields = { application: row.application }
  const at = { words, context, fields, about: `title-of-${row.application}` }
  if (row.state === 'approved') return null
  if (row.state === 'pending') {
    return (
      <>
        <VerbButton {...at} verb="application.approve" id={`approve-${row.application}`} />
        <RejectForm {...props} />
      </>
    )
  }
  return (
    <>
      <VerbButton {...at} verb="application.submit" id={`submit-${row.application}`} />
      <ChangeForm {...props} />
    </>
  )
}

function Another({ frame: { words }, context, facts: { official } }: AccountProps) {
  const text = words.console.applications
  if (!official) return null
  const isTyped = context.typed.form === 'apply'
  return (
    <details open={isTyped}>
      <summary id="another">{text.another}</summary>
      <p>{text.anotherHint}</p>
      <VerbForm
        context={context}
        verb="application.create"
        form="apply"
        fields={{ appid: official.appid }}
        class="fields co-form"
      >
        <WantedFields words={words} context={context} form="apply" />
        <Submit words={words} verb="application.create" id="apply" />
      </VerbForm>
    </details>
  )
}
