import { filled } from '../components/text.tsx'
import { whenText } from '../components/when.tsx'
import { Select } from './field.tsx'
import { type AccountProps, Submit, VerbForm } from './parts.tsx'
import type { IndustryRow } from './props.ts'

/** The two industries of the official account, and the form that sets them. */
export function Industries(props: AccountProps) {
  const { official } = props.facts
  const text = props.frame.words.console.industries
  return (
    <section aria-labelledby="industries">
      <h2 id="industries">{text.title}</h2>
      {official ? null : <p>{text.none}</p>}
      <Present {...props} />
      <Choose {...props} />
    </section>
  )
}

function Present({ frame: { words }, facts: { official } }: AccountProps) {
  const text = words.console.industries
  if (!official) return null
  const { primary, secondary, since, changed_in } = official.industries
  if (!primary || !secondary) return <p>{text.none}</p>
  return (
    <>
      <dl class="co-facts">
        {[
          { label: text.primary, industry: primary },
          { label: text.secondary, industry: secondary },
        ].map(({ label, industry }) => (
          <>
            <dt>{label}</dt>
            <dd>
              {industry.code}{' '}
              <span lang="zh-CN">
                {industry.first_class} / {industry.second_class}
              </span>
            </dd>
          </>
        ))}
      </dl>
      {since === null ? null : <p>{filled(text.since, { date: whenText(since, words) })}</p>}
      {changed_in === null ? null : <p>{filled(text.changedIn, { month: changed_in })}</p>}
      <p>{text.warning}</p>
    </>
  )
}

function Choose({
  frame: { words, lang },
  context,
  facts: { official, industries },
}: AccountProps) {
  const text = words.console.industries
  if (!official) return null
  const at = { words, context, form: 'industry' }
  const options = [
    { value: '', name: text.choose },
    ...industries.map((row) => ({ value: String(row.code), name: nameOf(row, lang) })),
  ]
  const { primary, secondary } = official.industries
  const fields = [
    { name: 'primary', label: text.primary, value: codeText(primary) },
    { name: 'secondary', label: text.secondary, value: codeText(secondary) },
  ]
  return (
    <VerbForm
      context={context}
      verb="industry.set"
      form="industry"
      fields={{ appid: official.appid }}
      class="fields co-form"
    >
      {fields.map((field) => (
        <Select {...at} {...field} options={options} />
      ))}
      <Submit words={words} verb="industry.set" id="set-industries" />
    </VerbForm>
  )
}

function codeText(industry: { readonly code: number } | null): string {
  return industry === null ? '' : String(industry.code)
}

function nameOf({ code, en, ...live }: IndustryRow, lang: string): string {
  const { first_class, second_class } = lang === 'en' ? en : live
  return `${code} ${first_class} / ${second_class}`
}
