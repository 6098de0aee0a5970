import { Field, optionsOf, Select } from './field.tsx'
import { type AccountProps, Submit, VerbButton, VerbForm } from './parts.tsx'
import type { LifeStep, Verb } from './props.ts'

/** What everything about one step is given. */
export type StepProps = AccountProps & { readonly step: LifeStep }

/** The button of the control call by which a step is taken; what needs more than a button has its fields, or its place. */
export function NextStep(props: StepProps) {
  const { frame, context, step } = props
  const { words } = frame
  const { call, input } = step.next ?? { call: '', input: {} }
  const text = words.console.checklist
  switch (call) {
    case 'account.connect':
      return <Connect {...props} />
    case 'industry.set':
      return <a href="#industries">{text.toIndustries}</a>
    case 'association.create':
      return <Register {...props} />
    case 'vendor.grant':
      return <VendorAnswers {...props} />
    default: {
      const isWechat = call.startsWith('application.')
      return (
        <div class="co-row">
          <VerbButton
            words={words}
            context={context}
            verb={call as Verb}
            id={`next-${step.step}`}
            about={`name-${step.step}`}
            fields={input as Record<string, string>}
          />
          {isWechat ? <a href="#applications">{text.toApplications}</a> : null}
        </div>
      )
    }
  }
}

function VendorAnswers({ frame: { words }, context, facts }: StepProps) {
  const fields = { eid: facts.life.key }
  const form = 'vendor'
  return (
    <>
      <VerbButton
        words={words}
        context={context}
        verb="vendor.grant"
        id="next-vendor_permission"
        fields={fields}
      />
      <VerbForm
        context={context}
        verb="vendor.refuse"
        form={form}
        fields={fields}
        class="fields co-form"
      >
        <Field
          words={words}
          context={context}
          form={form}
          name="reason"
          label={words.console.checklist.vendorReason}
          maxlength={500}
          required
        />
        <Submit words={words} verb="vendor.refuse" id="vendor-refuse" class="co-quiet" />
      </VerbForm>
    </>
  )
}

function Connect({ frame: { words }, context, facts, step }: StepProps) {
  const text = words.console.checklist
  const at = { words, context, form: 'connect' }
  const existing = step.next?.input['existing'] === true ? 'true' : ''
  return (
    <VerbForm
      context={context}
      verb="account.connect"
      form="connect"
      fields={{ eid: facts.life.key }}
      class="fields co-form"
    >
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
      <Select {...at} name="rules" label={text.rules} options={optionsOf(text.rulesNames)} />
      <Submit words={words} verb="account.connect" id="next-official_account_connected" />
    </VerbForm>
  )
}

function Register({ frame: { words }, context, facts, step }: StepProps) {
  const text = words.console.checklist
  return (
    <VerbForm
      context={context}
      verb="association.create"
      form="register"
      fields={{ account: facts.life.key }}
      class="fields co-form"
    >
      <Field
        words={words}
        context={context}
        form="register"
        name="mobile"
        type="tel"
        label={text.mobile}
        hint={text.mobileHint}
        value={String(step.next?.input['mobile'] ?? '')}
        required
      />
      <Submit words={words} verb="association.create" id="next-first_registration" />
    </VerbForm>
  )
}
