import type { Application, Visit } from '../../src/console/facts.ts'
import type { Words } from '../words/words.ts'
import type { OneProps } from './applications.tsx'
import { Field } from './field.tsx'
import { Does, Submit } from './parts.tsx'

/** WeChat says no, and why. */
export function RejectForm({ frame: { words }, visit, application: { application } }: OneProps) {
  const text = words.console.applications
  const form = `reject-${application}`
  return (
    <Does
      visit={visit}
      verb="application.reject"
      form={form}
      fields={{ application }}
      class="fields co-form"
    >
      <Field
        words={words}
        visit={visit}
        form={form}
        name="reason"
        label={text.reason}
        hint={text.reasonHint}
        maxlength={500}
        required
      />
      <Submit
        words={words}
        verb="application.reject"
        id={form}
        about={`title-of-${application}`}
        class="co-quiet"
      />
    </Does>
  )
}

/** A draft or a rejected application is changed before it is handed in. */
export function ChangeForm({ frame: { words }, visit, application: row }: OneProps) {
  const text = words.console.applications
  const { application, state } = row
  const form = `change-${application}`
  const isOpen = state === 'rejected' || visit.typed.form === form
  return (
    <details open={isOpen}>
      <summary id={`open-${form}`}>{text.change}</summary>
      <p>{text.changeHint}</p>
      <Does
        visit={visit}
        verb="application.update"
        form={form}
        fields={{ application }}
        class="fields co-form"
      >
        <WantedFields words={words} visit={visit} form={form} of={row} />
        <Submit
          words={words}
          verb="application.update"
          id={form}
          about={`title-of-${application}`}
          class="co-quiet"
        />
      </Does>
    </details>
  )
}

/** What is applied for: title, text, and the text with values in it. */
export function WantedFields({
  words,
  visit,
  form,
  of,
}: {
  words: Words
  visit: Visit
  form: string
  of?: Application
}) {
  const { field } = words.console.applications
  const at = { words, visit, form }
  return (
    <>
      <Field {...at} name="title" label={field.title} value={of?.title ?? ''} maxlength={100} />
      <Field {...at} name="content" label={field.content} value={of?.content ?? ''} rows={6} />
      <Field {...at} name="example" label={field.example} value={of?.example ?? ''} rows={6} />
    </>
  )
}
