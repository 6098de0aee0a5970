import { Chip, type Tone } from '../../components/chip.tsx'
import { MessageCard } from '../../components/message-card.tsx'
import { Facts } from '../../components/panel.tsx'
import { whenText } from '../../components/when.tsx'
import { type AccountProps, Submit, VerbButton, VerbForm } from '../parts.tsx'
import type { Application } from '../props.ts'
import { ChangeForm, type OneProps, RejectForm, WantedFields } from './application-forms.tsx'

/** Applications for templates, the latest first, and what can be done about each. */
export function Applications(props: AccountProps) {
  const { frame, facts } = props
  const text = frame.words.console.applications
  return (
    <section aria-labelledby="applications">
      <h2 id="applications">{text.title}</h2>
      {facts.applications.length === 0 ? <p class="c-muted">{text.none}</p> : null}
      {facts.applications.map((application) => (
        <One {...props} application={application} />
      ))}
      <Another {...props} />
    </section>
  )
}

const tones: Readonly<Record<Application['state'], Tone>> = {
  draft: 'plain',
  pending: 'warn',
  approved: 'good',
  rejected: 'bad',
}

function One(props: OneProps) {
  const { frame, facts, application: row } = props
  const text = frame.words.console.applications
  const isByHand = row.state === 'pending' && row.due_at === null && row.reads_left === null
  return (
    <article class="c-panel" aria-labelledby={`title-of-${row.application}`}>
      <h3 id={`title-of-${row.application}`}>
        {row.title} <Chip tone={tones[row.state]}>{text.states[row.state]}</Chip>
      </h3>
      <Facts of={rowsOf(props)} />
      {isByHand ? <p>{text.byHand}</p> : null}
      <p class="c-small">{text.preview}</p>
      <div class="c-preview">
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

function rowsOf({ frame: { words }, application }: OneProps) {
  const text = words.console.applications
  const { state, submitted_at, due_at, decided_at, reads_left, reason } = application
  const instants = [
    { name: text.submitted, at: submitted_at },
    { name: text.due, at: due_at },
    { name: text.decided, at: decided_at },
  ]
  return [
    ...instants.flatMap(({ name, at }) => (at === null ? [] : [{ name, is: whenText(at, words) }])),
    ...(reads_left === null || state !== 'pending'
      ? []
      : [{ name: text.readsLeft, is: String(reads_left) }]),
    ...(reason === null ? [] : [{ name: text.reason, is: reason }]),
  ]
}

function Actions(props: OneProps) {
  const { frame, context, application: row } = props
  const { words } = frame
  const fields = { application: row.application }
  const at = { words, context, fields, about: `title-of-${row.application}` }
  if (row.state === 'approved') return null
  if (row.state === 'pending') {
    return (
      <div class="c-actions">
        <VerbButton {...at} verb="application.approve" id={`approve-${row.application}`} />
        <RejectForm {...props} />
      </div>
    )
  }
  return (
    <>
      <div class="c-actions">
        <VerbButton {...at} verb="application.submit" id={`submit-${row.application}`} />
      </div>
      <ChangeForm {...props} />
    </>
  )
}

function Another({ frame: { words }, context, facts: { official } }: AccountProps) {
  const text = words.console.applications
  if (!official) return null
  return (
    <details class="c-panel c-fold" open={context.typed.form === 'apply'}>
      <summary id="another">{text.another}</summary>
      <p class="c-muted">{text.anotherHint}</p>
      <VerbForm
        context={context}
        verb="application.create"
        form="apply"
        fields={{ appid: official.appid }}
        class="c-form"
      >
        <WantedFields words={words} context={context} form="apply" />
        <Submit words={words} verb="application.create" id="apply" />
      </VerbForm>
    </details>
  )
}
