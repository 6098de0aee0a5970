import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import { Panel } from '../components/panel.tsx'
import { PostForm } from '../components/post-form.tsx'
import type { Frame } from '../layout.tsx'
import type { Site } from '../site/props.ts'
import type { PeopleFacts, PhoneContext } from './props.ts'

/** What the table of phones is given. */
export interface PeopleProps {
  readonly frame: Frame
  readonly context: PhoneContext
  readonly site: Site
  readonly facts: PeopleFacts
}

const field_names: readonly (string | null)[] = ['name', 'mobile', 'key']

/** The form that makes somebody, with a phone. */
export function MakePerson(props: PeopleProps) {
  const { frame, context, facts } = props
  const { people, refusals, flash: text } = frame.words.phone
  const { flash } = context
  const isElsewhere = flash?.kind === 'refused' && !field_names.includes(flash.field)
  return (
    <Panel id="make" title={people.make}>
      <p class="c-muted">{people.makeHint}</p>
      {isElsewhere ? (
        <Banner tone="bad" title={text.refused} isAnswer>
          <p>{refusals[flash.code]}</p>
        </Banner>
      ) : null}
      <PostForm class="c-form" context={context} path="/phone">
        <Field {...props} name="name" label={people.name} maxlength={100} />
        <Field {...props} name="mobile" label={people.mobile} hint={people.mobileHint} type="tel" />
        <Field {...props} name="key" label={people.key} hint={people.keyHint} maxlength={40} />
        {facts.accounts.length > 0 ? (
          <fieldset class="c-form">
            <legend>{people.followsLegend}</legend>
            {facts.accounts.map(({ key, company }) => (
              <label class="ph-check">
                <input type="checkbox" name="follows" value={key} />
                <span>{company}</span>
              </label>
            ))}
          </fieldset>
        ) : null}
        <Button id="make-phone" look="primary">
          {people.submit}
        </Button>
      </PostForm>
    </Panel>
  )
}

interface FieldProps extends PeopleProps {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly type?: string
  readonly maxlength?: number
}

function Field({ frame, context, name, label, hint, type = 'text', maxlength }: FieldProps) {
  const { flash, typed } = context
  const isWrong = flash?.kind === 'refused' && flash.field === name
  const fault = isWrong ? frame.words.phone.refusals[flash.code] : ''
  const described = [fault && `${name}-fault`, hint && `${name}-hint`].filter(Boolean).join(' ')
  return (
    <div class="c-field">
      <label for={name}>{label}</label>
      {hint ? (
        <p class="c-small" id={`${name}-hint`}>
          {hint}
        </p>
      ) : null}
      {fault ? (
        <p class="c-error" id={`${name}-fault`} role="alert">
          {fault}
        </p>
      ) : null}
      <input
        id={name}
        name={name}
        type={type}
        class="c-input"
        value={typed.fields[name] ?? ''}
        maxlength={maxlength}
        autocomplete="off"
        aria-describedby={described || undefined}
        aria-invalid={fault ? 'true' : undefined}
        autofocus={fault !== ''}
      />
    </div>
  )
}
