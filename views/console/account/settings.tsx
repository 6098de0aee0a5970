import { Panel } from '../../components/panel.tsx'
import { Field, optionsOf, Select } from '../field.tsx'
import { type AccountProps, Submit, VerbForm } from '../parts.tsx'

/** How TUPU and WeChat treat the account. */
export function SettingsTab(props: AccountProps) {
  return (
    <>
      <AtTupu {...props} />
      <AtWechat {...props} />
    </>
  )
}

function AtWechat({ frame: { words }, context, facts: { official } }: AccountProps) {
  const text = words.console.settings
  if (!official) return null
  const { appid, review, quotas, rules } = official
  const at = { words, context, form: 'wechat' }
  const [kind, reads] =
    typeof review === 'string' ? [review, ''] : ['after_reads', String(review.after_reads)]
  const selects = [
    { name: 'quotas', label: text.quotas, value: quotas, names: text.quotasNames },
    { name: 'rules', label: text.rules, value: rules, names: words.console.checklist.rulesNames },
  ]
  return (
    <Panel id="at-wechat" title={text.wechat}>
      <VerbForm
        context={context}
        verb="official_account.update"
        form="wechat"
        fields={{ appid }}
        class="c-form"
      >
        <Select
          {...at}
          name="review"
          label={text.review}
          value={kind}
          options={optionsOf(text.reviews)}
        />
        <Field {...at} name="reads" type="number" label={text.reads} value={reads} />
        {selects.map(({ names, ...select }) => (
          <Select {...at} {...select} options={optionsOf(names)} />
        ))}
        <Submit words={words} verb="official_account.update" id="save-wechat" about="at-wechat" />
      </VerbForm>
    </Panel>
  )
}

function AtTupu({ frame: { words }, context, facts: { life } }: AccountProps) {
  const text = words.console.settings
  const at = { words, context, form: 'tupu' }
  const { key, company, retention_days, minute_limit } = life
  return (
    <Panel id="at-tupu" title={text.tupu}>
      <VerbForm
        context={context}
        verb="account.update"
        form="tupu"
        fields={{ eid: key }}
        class="c-form"
      >
        <Field {...at} name="company" label={text.company} value={company} maxlength={100} />
        <Field
          {...at}
          type="number"
          name="retention_days"
          label={text.retention}
          hint={text.retentionHint}
          value={numberText(retention_days)}
        />
        <Field
          {...at}
          type="number"
          name="minute_limit"
          label={text.limit}
          hint={text.limitHint}
          value={numberText(minute_limit)}
        />
        <Submit words={words} verb="account.update" id="save-tupu" about="at-tupu" />
      </VerbForm>
    </Panel>
  )
}

function numberText(number: number | null): string {
  return number === null ? '' : String(number)
}
