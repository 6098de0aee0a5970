import type { Notice } from '../../src/phone/pages/facts.ts'
import type { RefusedCode } from '../../src/phone/pages/refused.ts'
import type { PeopleProps } from './people.tsx'

/** Which field a refusal is about. */
const faults: Partial<Readonly<Record<RefusedCode, string>>> = {
  bad_name: 'name',
  bad_mobile: 'mobile',
  bad_key: 'key',
  person_exists: 'key',
}

/** The form that makes somebody, with a phone. */
export function MakePerson(props: PeopleProps) {
  const { frame, visit, facts } = props
  const { people, refusals, notice: said } = frame.words.phone
  const code = codeOf(visit.notice)
  const isElsewhere = code !== undefined && faults[code] === undefined
  const search = visit.wish && `?${visit.wish}`
  return (
    <section class="ph-make" aria-labelledby="make">
      <h2 id="make">{people.make}</h2>
      <p class="ph-hint">{people.makeHint}</p>
      {isElsewhere ? (
        <p class="ph-notice ph-refused" role="alert">
          {said.refused}: {refusals[code]}
        </p>
      ) : null}
      <form class="ph-form" method="post" action={`${visit.way}/phone${search}`}>
        <input type="hidden" name="token" value={visit.token} />
        <input type="hidden" name="back" value={visit.here} />
        <Field {...props} name="name" label={people.name} maxlength={100} />
        <Field {...props} name="mobile" label={people.mobile} hint={people.mobileHint} type="tel" />
        <Field {...props} name="key" label={people.key} hint={people.keyHint} maxlength={40} />
        {facts.accounts.length > 0 ? (
          <fieldset>
            <legend>{people.followsLegend}</legend>
            {facts.accounts.map(({ key, company }) => (
              <label class="ph-check">
                <input type="checkbox" name="follows" value={key} />
                <span>{company}</span>
              </label>
            ))}
          </fieldset>
        ) : null}
        <button type="submit" class="weui-btn weui-btn_primary">
          {people.submit}
        </button>
      </form>
    </section>
  )
}

interface FieldProps extends PeopleProps {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly type?: string
  readonly maxlength?: number
}

function Field({ frame, visit, name, label, hint, type = 'text', maxlength }: FieldProps) {
  const code = codeOf(visit.notice)
  const fault = code !== undefined && faults[code] === name ? frame.words.phone.refusals[code] : ''
  const described = [fault && `${name}-fault`, hint && `${name}-hint`].filter(Boolean).join(' ')
  return (
    <div class="ph-field">
      <label for={name}>{label}</label>
      {hint ? (
        <p class="ph-hint" id={`${name}-hint`}>
          {hint}
        </p>
      ) : null}
      {fault ? (
        <p class="ph-fault" id={`${name}-fault`} role="alert">
          {fault}
        </p>
      ) : null}
      <input
        id={name}
        name={name}
        type={type}
        class="weui-input"
        value={visit.typed[name] ?? ''}
        maxlength={maxlength}
        autocomplete="off"
        aria-describedby={described || undefined}
        aria-invalid={fault ? 'true' : undefined}
        autofocus={fault !== ''}
      />
    </div>
  )
}

function codeOf(notice: Notice | undefined): RefusedCode | undefined {
  return notice?.kind === 'refused' ? notice.code : undefined
}
