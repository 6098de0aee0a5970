import { Field, optionsOf, Select } from './field.tsx'
import { type AccountProps, Submit, VerbForm } from './parts.tsx'

/** How WeChat and TUPU treat the account. */
export function Settings(props: AccountProps) {
  const text = props.frame.words.console.settings
  return (
    <section aria-labelledby="settings">
      <h2 id="settings">{text.title}</h2>
      <AtWechat {...props} />
      <AtTupu {...props} />
    </section>
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
    <>
      <h3 id="at-wechat">{text.wechat}</h3>
      <VerbForm
        context={context}
        verb="official_account.update"
        form="wechat"
        fields={{ appid }}
        class="fields co-form"
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
    </>
  )
}

function AtTupu({ frame: { words }, context, facts: { life } }: AccountProps) {
  const text = words.console.settings
  const at = { words, context, form: 'tupu', type: 'number', hint: text.empty } as const
  const { key, retention_days, minute_limit } = life
  return (
    <>
      <h3 id="at-tupu">{text.tupu}</h3>
      <VerbForm
        context={context}
        verb="account.update"
        form="tupu"
        fields={{ eid: key }}
        class="fields co-form"
      >
        <Field
          {...at}
          name="retention_days"
          label={text.retention}
          value={numberText(retention_days)}
        />
        <Field {...at} name="minute_limit" label={text.limit} value={numberText(minute_limit)} />
        <Submit words={words} verb="account.update" id="save-tupu" about="at-tupu" />
      </VerbForm>
    </>
  )
}

function numberText(number: number | null): string {
  return number === null ? '' : String(number)
}
