import { filled } from '../components/text.tsx'
import type { FieldProps } from './fields.tsx'

interface Props extends FieldProps {
  readonly company: string
  readonly notice: { readonly version: number; readonly text: readonly string[] }
  readonly noticeHref: string
  /** The notice has changed while somebody typed: it is shown at once. */
  readonly isNew: boolean
}

/** The privacy notice, and the box by which one agrees to it. */
export function Consent(props: Props) {
  const { form, typed, error, isFirst, company, notice } = props
  const label = filled(form.consent.label, { company, version: String(notice.version) })
  return (
    <div class="reg-consent">
      <NoticeText {...props} />
      <label class="reg-agree">
        <input
          type="checkbox"
          id="consent"
          name="consent"
          value="yes"
          checked={typed.consent}
          required
          aria-invalid={error === undefined ? undefined : 'true'}
          aria-describedby={error === undefined ? undefined : 'consent-error'}
          autofocus={isFirst}
        />
        <span>{label}</span>
      </label>
      {error === undefined ? null : (
        <p class="reg-error" id="consent-error">
          {error}
        </p>
      )}
    </div>
  )
}

/** It opens where one is: going to another page would lose what was typed. */
function NoticeText({ form, company, notice, noticeHref, isNew }: Props) {
  return (
    <details open={isNew}>
      <summary>{form.consent.notice}</summary>
      {notice.text.map((line) => (
        <p>{filled(line, { company })}</p>
      ))}
      <p>
        <a href={noticeHref} target="_blank" rel="noopener">
          {form.consent.page}
        </a>
      </p>
    </details>
  )
}
