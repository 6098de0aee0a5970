import { Facts, Panel } from '../../components/panel.tsx'
import { filled } from '../../components/text.tsx'
import { whenText } from '../../components/when.tsx'
import { Select } from '../field.tsx'
import { type AccountProps, Submit, VerbConfirm, VerbForm } from '../parts.tsx'
import type { IndustryRow, Official } from '../props.ts'

/** The two industries of the official account, and the form that sets them. */
export function Industries(props: AccountProps) {
  const { official } = props.facts
  const text = props.frame.words.console.industries
  if (!official) return null
  const isSet = official.industries.primary !== null
  return (
    <Panel id="industries" title={text.title}>
      {isSet ? <Present {...props} official={official} /> : <p class="c-muted">{text.none}</p>}
      {isSet ? <ChangeIndustries {...props} /> : <ChooseIndustries {...props} look="plain" />}
    </Panel>
  )
}

function Present({
  frame: { words },
  official: { industries },
}: AccountProps & { readonly official: Official }) {
  const text = words.console.industries
  const { primary, secondary, since, changed_in } = industries
  if (!primary || !secondary) return null
  const nameOfOne = ({ code, first_class, second_class }: typeof primary) => (
    <>
      {code}{' '}
      <span lang="zh-CN">
        {first_class} / {second_class}
      </span>
    </>
  )
  return (
    <>
      <Facts
        of={[
          { name: text.primary, is: nameOfOne(primary) },
          { name: text.secondary, is: nameOfOne(secondary) },
          ...(since === null ? [] : [{ name: text.since, is: whenText(since, words) }]),
        ]}
      />
      {changed_in === null ? null : <p>{filled(text.changedIn, { month: changed_in })}</p>}
    </>
  )
}

/** The form that sets both for the first time. */
export function ChooseIndustries(props: AccountProps & { readonly look: 'primary' | 'plain' }) {
  const { frame, context, facts, look } = props
  const { words } = frame
  const { official } = facts
  if (!official) return null
  return (
    <VerbForm context={context} {...formOf(official)} class="c-form">
      <TwoSelects {...props} />
      <Submit words={words} verb="industry.set" id="set-industries" look={look} />
    </VerbForm>
  )
}

/** Templates may be lost by it. */
function ChangeIndustries(props: AccountProps) {
  const { frame, context, facts } = props
  const { words } = frame
  const { official } = facts
  const text = words.console.industries
  if (!official) return null
  return (
    <VerbConfirm
      words={words}
      context={context}
      {...formOf(official)}
      id="set-industries"
      name={text.change}
      ask={text.changeAsk}
    >
      <TwoSelects {...props} />
    </VerbConfirm>
  )
}

function formOf({ appid }: Official) {
  return { verb: 'industry.set', form: 'industry', fields: { appid } } as const
}

/** Both of them; what is most common is chosen already. */
function TwoSelects({
  frame: { words, lang },
  context,
  facts: { official, industries, life },
}: AccountProps) {
  const text = words.console.industries
  const at = { words, context, form: 'industry' }
  const options = [
    { value: '', name: text.choose },
    ...industries.map((row) => ({ value: String(row.code), name: nameOf(row, lang) })),
  ]
  const usual = life.checklist.find(({ step }) => step === 'industries_set')?.next?.input ?? {}
  const { primary = null, secondary = null } = official?.industries ?? {}
  const fields = [
    { name: 'primary', label: text.primary, value: codeText(primary, usual['primary']) },
    { name: 'secondary', label: text.secondary, value: codeText(secondary, usual['secondary']) },
  ]
  return (
    <>
      {fields.map((field) => (
        <Select {...at} {...field} options={options} />
      ))}
    </>
  )
}

function codeText(industry: { readonly code: number } | null, usual: unknown): string {
  return industry === null ? String(usual ?? '') : String(industry.code)
}

function nameOf({ code, en, ...live }: IndustryRow, lang: string): string {
  const { first_class, second_class } = lang === 'en' ? en : live
  return `${code} ${first_class} / ${second_class}`
}
