import { ButtonLink } from '../../components/button.tsx'
import { Field, optionsOf, Select } from '../field.tsx'
import { CheckButton, CheckPanel } from '../messages/check.tsx'
import { type AccountProps, Submit, VerbButton, VerbConfirm, VerbForm } from '../parts.tsx'
import type { LifeStep, Verb } from '../props.ts'
import { ChooseIndustries } from './industries.tsx'
import { tabHref } from './page.tsx'

/** What everything about one step is given; `isFirst`: it is what comes next, and its button the page's. */
export type StepProps = AccountProps & { readonly step: LifeStep; readonly isFirst?: boolean }

/** The form of the control call by which a step is taken. */
export function NextStep(props: StepProps) {
  switch (props.step.next?.call) {
    case 'vendor.ask':
      return <AskVendor {...props} />
    case 'vendor.grant':
      return <VendorAnswers {...props} />
    case 'account.connect':
      return <Connect {...props} />
    case 'industry.set':
      return <ChooseIndustries {...props} look={lookOf(props)} />
    case 'association.create':
      return <Register {...props} />
    case 'message.send':
      return <SendFirst {...props} />
    default:
      return <OneButton {...props} />
  }
}

/** The form of a step that has fields to type in. */
export function formOf({ next }: LifeStep): string | undefined {
  const forms: Readonly<Record<string, string>> = {
    'vendor.grant': 'vendor',
    'account.connect': 'connect',
    'industry.set': 'industry',
    'association.create': 'register',
    'message.send': 'send',
  }
  return next ? forms[next.call] : undefined
}

function lookOf({ isFirst }: StepProps) {
  return isFirst ? 'primary' : 'plain'
}

function OneButton(props: StepProps) {
  const { frame, context, facts, step } = props
  const { words } = frame
  const text = words.console.checklist
  const { call, input } = step.next ?? { call: '', input: {} }
  return (
    <>
      {call === 'eid.confirm' ? <p class="c-muted">{text.platform}</p> : null}
      <div class="c-actions">
        <VerbButton
          words={words}
          context={context}
          verb={call as Verb}
          id={`next-${step.step}`}
          fields={input as Record<string, string>}
          look={lookOf(props)}
        />
        {call.startsWith('application.') && call !== 'application.create' ? (
          <ButtonLink href={tabHref(context, facts.life.key, 'templates')}>
            {text.toApplications}
          </ButtonLink>
        ) : null}
      </div>
    </>
  )
}

/** Who has no official account yet needs nobody's permission. */
function AskVendor(props: StepProps) {
  const { frame, isFirst } = props
  const text = frame.words.console.checklist
  const connect = props.facts.life.checklist.find(({ next }) => next?.call === 'account.connect')
  return (
    <>
      <OneButton {...props} />
      {isFirst && connect ? (
        <>
          <h3>{text.vendorNone}</h3>
          <Connect {...props} step={connect} isFirst={false} isNew />
        </>
      ) : null}
    </>
  )
}

function VendorAnswers(props: StepProps) {
  const { frame, context, facts } = props
  const { words } = frame
  const text = words.console.checklist
  const fields = { eid: facts.life.key }
  const at = { words, context, form: 'vendor' }
  return (
    <>
      <p class="c-muted">{text.vendorAnswer}</p>
      <div class="c-actions">
        <VerbButton
          words={words}
          context={context}
          verb="vendor.grant"
          id="next-vendor_permission"
          fields={fields}
          look={lookOf(props)}
        />
        <VerbConfirm
          words={words}
          context={context}
          verb="vendor.refuse"
          id="vendor-refuse"
          name={text.vendorRefuse}
          ask={text.vendorRefuseAsk}
          form="vendor"
          fields={fields}
        >
          <Field {...at} name="reason" label={text.vendorReason} maxlength={500} required />
        </VerbConfirm>
      </div>
    </>
  )
}

/** Without the vendor's permission it can only be a new one. */
function Connect(props: StepProps & { readonly isNew?: boolean }) {
  const { frame, context, facts, step, isNew } = props
  const { words } = frame
  const text = words.console.checklist
  const form = isNew ? 'connect-new' : 'connect'
  const at = { words, context, form }
  const existing = step.next?.input['existing'] === true ? 'true' : ''
  return (
    <VerbForm
      context={context}
      verb="account.connect"
      form={form}
      fields={{ eid: facts.life.key }}
      class="c-form"
    >
      {isNew ? null : (
        <Select
          {...at}
          name="existing"
          label={text.existing}
          value={existing}
          options={[
            { value: '', name: text.existingNew },
            { value: 'true', name: text.existingTrue },
          ]}
        />
      )}
      <Select {...at} name="rules" label={text.rules} options={optionsOf(text.rulesNames)} />
      <Submit
        words={words}
        verb="account.connect"
        id={isNew ? 'connect-new' : 'next-official_account_connected'}
        look={lookOf(props)}
      />
    </VerbForm>
  )
}

function Register(props: StepProps) {
  const { frame, context, facts, step } = props
  const { words } = frame
  const text = words.console.checklist
  const at = { words, context, form: 'register' }
  const mobile = String(step.next?.input['mobile'] ?? '')
  return (
    <VerbForm
      context={context}
      verb="association.create"
      form="register"
      fields={{ account: facts.life.key }}
      class="c-form"
    >
      <Field {...at} name="mobile" type="tel" label={text.mobile} value={mobile} required />
      <Field {...at} name="name" label={text.name} maxlength={100} />
      <Submit
        words={words}
        verb="association.create"
        id="next-first_registration"
        look={lookOf(props)}
      />
    </VerbForm>
  )
}

/** As the platform would, with what came of it above. */
function SendFirst(props: StepProps) {
  const { frame, context, facts, step } = props
  const { words } = frame
  const text = words.console.checklist
  const at = { words, context, form: 'send' }
  const { mobile, message } = facts.sent?.asked ?? step.next?.input ?? {}
  return (
    <VerbForm
      context={context}
      verb="message.test"
      form="send"
      fields={{ account: facts.life.key }}
      class="c-form"
    >
      <Field
        {...at}
        name="to"
        type="tel"
        label={text.mobile}
        value={String(mobile ?? '')}
        required
      />
      <Field
        {...at}
        name="message"
        label={text.message}
        value={String(message ?? '')}
        rows={3}
        count={200}
      />
      <div class="c-actions">
        <Submit words={words} verb="message.test" id="next-first_message" look={lookOf(props)} />
        <CheckButton {...props} />
      </div>
      {facts.check ? <CheckPanel {...props} check={facts.check} /> : null}
    </VerbForm>
  )
}
