import { filled } from '../components/text.tsx'
import { Consent } from './consent.tsx'
import { EmailField, errorText, type FieldProps, MobileField, NameField } from './fields.tsx'
import { type PageProps, Sheet } from './parts.tsx'
import type { FieldCode, FieldName, FormMode, Typed } from './props.ts'

export interface FormProps extends PageProps {
  readonly mode: FormMode
  /** Where the form goes, in this language and in another. */
  readonly action: string
  readonly langAction: (lang: string) => string
  readonly noticeHref: string
  readonly cancelHref: string
  /** Proves that the form is ours. */
  readonly token: string
  readonly typed: Typed
  readonly errors: Readonly<Partial<Record<FieldName, FieldCode>>>
  /** The form had grown old. */
  readonly stale: boolean
  readonly notice: { readonly version: number; readonly text: readonly string[] }
  /** Whether the notice must be agreed to, which one need not do twice. */
  readonly asksConsent: boolean
  /** The regions as options, rendered before. */
  readonly options: string
}

const fields: readonly FieldName[] = ['name', 'mobile', 'email', 'consent']

/** The form: whoever is not registered yet, wants to change, or applies. */
export function RegisterForm(props: FormProps) {
  const { frame, company, mode, errors, stale } = props
  const { form } = frame.words.register
  const words = form[mode]
  const title = filled(words.title, { company })
  const wrong = fields.filter((field) => errors[field] !== undefined)
  const isWrong = wrong.length > 0 || stale
  return (
    <Sheet
      frame={frame}
      company={company}
      title={title}
      documentTitle={isWrong ? `${form.wrong}: ${title}` : title}
      lead={filled(words.lead, { company })}
    >
      {isWrong ? <Summary {...props} wrong={wrong} /> : null}
      <form method="post" action={props.action} novalidate class="reg-form">
        <input type="hidden" name="csrf" value={props.token} />
        <input type="hidden" name="notice" value={String(props.notice.version)} />
        <input type="hidden" name="mode" value={mode} />
        <Fields {...props} first={wrong[0]} />
        <Buttons {...props} />
        <Languages {...props} />
      </form>
    </Sheet>
  )
}

/** All errors at once, each leading to its field. */
function Summary({ frame, company, errors, stale, wrong }: FormProps & { wrong: FieldName[] }) {
  const { form } = frame.words.register
  return (
    <section class="reg-summary" role="alert">
      {stale ? <p>{form.stale}</p> : null}
      {wrong.length > 0 ? (
        <>
          <h2>{filled(form.summary, { count: String(wrong.length) })}</h2>
          <ul>
            {wrong.map((field) => (
              <li>
                <a href={`#${field}`}>{errorText(form, errors[field], company)}</a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}

function Fields(props: FormProps & { first: FieldName | undefined }) {
  const { frame, company, mode, typed, errors, options, notice, noticeHref, first } = props
  const { form } = frame.words.register
  const of = (field: FieldName): FieldProps => ({
    form,
    typed,
    error: errorText(form, errors[field], company),
    isFirst: first === field,
  })
  const hint = filled(form[mode].hint, { company })
  const isNew = errors.consent === 'notice_changed'
  return (
    <>
      <div class="weui-cells weui-cells_form reg-cells">
        <NameField {...of('name')} />
        <MobileField {...of('mobile')} hint={hint} options={options} />
        <EmailField {...of('email')} />
      </div>
      {props.asksConsent ? (
        <Consent {...of('consent')} {...{ company, notice, noticeHref, isNew }} />
      ) : null}
    </>
  )
}

function Buttons({ frame, mode, cancelHref }: FormProps) {
  const { form } = frame.words.register
  return (
    <p class="reg-buttons">
      <button type="submit" class="weui-btn weui-btn_primary">
        {form[mode].submit}
      </button>
      {mode === 'change' ? (
        <a class="weui-btn weui-btn_default" href={cancelHref}>
          {form.cancel}
        </a>
      ) : null}
    </p>
  )
}

/** The other languages as buttons: what was typed goes along. */
function Languages({ frame, langAction }: FormProps) {
  return (
    <fieldset class="reg-languages">
      <legend class="reg-unseen">{frame.words.site.languages}</legend>
      {frame.languages.map(({ lang, tag, name }) =>
        lang === frame.lang ? (
          <span aria-current="true">{name}</span>
        ) : (
          <button
            type="submit"
            name="do"
            value="language"
            lang={tag}
            formnovalidate
            formaction={langAction(lang)}
          >
            {name}
          </button>
        ),
      )}
    </fieldset>
  )
}
