import type { Words } from '../../words/en.ts'
import { Field } from '../field.tsx'
import { type AccountProps, Submit, VerbConfirm, VerbForm } from '../parts.tsx'
import type { Application, ConsoleContext } from '../props.ts'

/** What everything about one application is given. */
export type OneProps = AccountProps & { readonly application: Application }

/** WeChat rejects it, and says why. */
export function RejectForm({ frame: { words }, context, application: { application } }: OneProps) {
  const text = words.console.applications
  const form = `reject-${application}`
  const at = { words, context, form }
  return (
    <VerbConfirm
      words={words}
      context={context}
      verb="application.reject"
      id={form}
      about={`title-of-${application}`}
      name={text.reject}
      ask={text.rejectAsk}
      form={form}
      fields={{ application }}
    >
      <Field {...at} name="reason" label={text.reason} maxlength={500} required />
    </VerbConfirm>
  )
}

/** A draft or a rejected application is changed before it is submitted. */
export function ChangeForm({ frame: { words }, context, application: row }: OneProps) {
  const text = words.console.applications
  const { application, state } = row
  const form = `change-${application}`
  const isOpen = state === 'rejected' || context.typed.form === form
  return (
    <details class="c-more" open={isOpen}>
      <summary id={`open-${form}`}>{text.change}</summary>
      <p class="c-muted">{text.changeHint}</p>
      <VerbForm
        context={context}
        verb="application.update"
        form={form}
        fields={{ application }}
        class="c-form"
      >
        <WantedFields words={words} context={context} form={form} of={row} />
        <Submit
          words={words}
          verb="application.update"
          id={form}
          about={`title-of-${application}`}
          look="plain"
        />
      </VerbForm>
    </details>
  )
}

/** What is applied for: title, text, and the text with values in it. */
export function WantedFields({
  words,
  context,
  form,
  of,
}: {
  words: Words
  context: ConsoleContext
  form: string
  of?: Application
}) {
  const { field } = words.console.applications
  const at = { words, context, form }
  return (
    <>
      <Field {...at} name="title" label={field.title} value={of?.title ?? ''} maxlength={100} />
      <Field {...at} name="content" label={field.content} value={of?.content ?? ''} rows={6} />
      <Field {...at} name="example" label={field.example} value={of?.example ?? ''} rows={6} />
    </>
  )
}
