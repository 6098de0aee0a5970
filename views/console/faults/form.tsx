import { Button } from '../../components/button.tsx'
import { CodeBlock } from '../../components/code-block.tsx'
import { Filters } from '../../components/filters.tsx'
import { Panel } from '../../components/panel.tsx'
import { filled } from '../../components/text.tsx'
import { pageHref } from '../../page-context.ts'
import { Field, optionsOf, Select } from '../field.tsx'
import { type ConsoleProps, VerbForm } from '../parts.tsx'
import type { FaultsFacts, Preset } from './props.ts'

type Props = ConsoleProps & { readonly facts: FaultsFacts }

const form = 'fault'

/** A fault by its fields, filled by what goes wrong most; what came of it stands above. */
export function MakeFault(props: Props) {
  const { frame, context, facts } = props
  const { words } = frame
  const text = words.faults
  return (
    <Panel id="make-fault" title={text.make}>
      <Answer {...props} />
      <Presets {...props} />
      <VerbForm context={context} verb="fault.create" form={form} class="c-form">
        <Which {...props} />
        <What {...props} />
        <Seldom {...props} />
        <div class="c-actions">
          <Button look="primary" id="fault-make">
            {words.console.buttons['fault.create']}
          </Button>
          <Button id="fault-curl" to={pageHref(context, '/faults/curl')}>
            {text.copyAsCurl}
          </Button>
        </div>
      </VerbForm>
      <datalist id="fault-endpoints">
        {facts.choices.endpoints.map((endpoint) => (
          <option value={endpoint} />
        ))}
      </datalist>
    </Panel>
  )
}

function Presets({ frame: { words }, context, facts }: Props) {
  const { presets, presetsLabel } = words.faults
  const names = Object.entries(presets) as [Preset, string][]
  return (
    <Filters
      label={presetsLabel}
      isWrapped
      filters={names.map(([preset, name]) => ({
        name,
        href: pageHref(context, '/faults', { preset }),
        isChosen: facts.preset === preset,
      }))}
    />
  )
}

/** What each field of the form is given. */
function fieldsOf({ frame: { words }, context, facts }: Props) {
  const { fields } = words.faults
  return (name: keyof typeof fields) => ({
    words,
    context,
    form,
    name,
    ...fields[name],
    value: facts.values[name] ?? '',
  })
}

/** Names, the first of which is none of them. */
function withNone(none: string, names: Readonly<Record<string, string>>) {
  return [{ value: '', name: none }, ...optionsOf(names)]
}

function Which(props: Props) {
  const { facts, frame } = props
  const text = frame.words.faults
  const of = fieldsOf(props)
  const companies = Object.fromEntries(
    facts.choices.accounts.map(({ key, company }) => [key, company]),
  )
  return (
    <fieldset class="c-form">
      <legend class="c-label">{text.groups.which}</legend>
      <Select {...of('surface')} options={withNone(text.bySurface, text.surfaces)} />
      <Field {...of('endpoint')} list="fault-endpoints" />
      <Select {...of('account')} options={withNone(text.anyAccount, companies)} />
      <Field {...of('mobile')} type="tel" />
    </fieldset>
  )
}

function What(props: Props) {
  const text = props.frame.words.faults
  const of = fieldsOf(props)
  return (
    <fieldset class="c-form">
      <legend class="c-label">{text.groups.what}</legend>
      <Field {...of('errcode')} />
      <Select {...of('transport')} options={withNone(text.nothing, text.transports)} />
      <Field {...of('delay')} />
      <Select {...of('stage')} options={optionsOf(text.stages)} />
      <Field {...of('times')} />
    </fieldset>
  )
}

const seldom = [
  'delivery',
  'sequence',
  'errmsg',
  'probability',
  'after',
  'until',
  'person',
  'name',
] as const

/** What is seldom asked for: open where something of it is filled in, or wrong. */
function Seldom(props: Props) {
  const { frame, context, facts } = props
  const text = frame.words.faults
  const of = fieldsOf(props)
  const { flash, typed } = context
  const isUsed = (name: (typeof seldom)[number]) =>
    Boolean(facts.values[name] || (typed.form === form && typed.fields[name])) ||
    (flash?.kind === 'refused' && flash.form === form && flash.field === name)
  return (
    <details class="c-more" id="fault-more" open={seldom.some(isUsed)}>
      <summary>{text.groups.more}</summary>
      <div class="c-form">
        <Select {...of('delivery')} options={withNone(text.nothing, text.deliveries)} />
        <Field {...of('sequence')} />
        <Field {...of('errmsg')} />
        <Field {...of('probability')} />
        <Field {...of('after')} />
        <Field {...of('until')} />
        <Field {...of('person')} />
        <Field {...of('name')} />
      </div>
    </details>
  )
}

/** What the call answered, or the call itself. */
function Answer({ frame: { words }, facts: { made, curl } }: Props) {
  const text = words.faults
  const labels = { copy: words.docs.copy, copied: words.docs.copied }
  return (
    <>
      {made ? (
        <CodeBlock
          {...labels}
          id="fault-answer"
          title={filled(text.answer, { fault: made.fault })}
          text={made.answer}
        />
      ) : null}
      {curl === undefined ? null : (
        <CodeBlock {...labels} id="fault-command" title={text.command} text={curl} />
      )}
    </>
  )
}
