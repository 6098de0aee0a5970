import { filled } from '../components/text.tsx'
import type { Words } from '../words/en.ts'
import { Field } from './field.tsx'
import { type ConsoleProps, cannotText, hrefOf, Submit, stepNames, VerbForm } from './parts.tsx'
import type { ListedAccount } from './props.ts'
import { Shell } from './shell.tsx'

/** All accounts of a world, and the form that makes another. */
export function AccountsPage(
  props: ConsoleProps & { readonly accounts: readonly ListedAccount[] },
) {
  const { words } = props.frame
  const { context, accounts, site } = props
  const text = words.console.accounts
  return (
    <Shell {...props} title={text.title} place="accounts">
      <div class="co">
        <p class="lead">{filled(text.lead, { world: site.facts.world })}</p>
        {accounts.length === 0 ? <p>{text.none}</p> : null}
        <ul class="cards co-accounts">
          {accounts.map((account) => (
            <li>
              <h2>
                <a href={hrefOf(context, `/${account.key}`)}>{account.company}</a>
              </h2>
              <p class="path">
                <code>{account.eid}</code>
              </p>
              <p>{standing(account, words)}</p>
            </li>
          ))}
        </ul>
        <Make {...props} />
      </div>
    </Shell>
  )
}

function standing({ state, sendable, missing }: ListedAccount, words: Words): string {
  const text = words.console
  if (sendable.ok) return text.accounts.live
  const lacking =
    missing.length > 0 ? [filled(text.accounts.missing, { steps: stepNames(missing, words) })] : []
  const stopped = state === 'active' ? [] : [`${text.eid.title}: ${text.eid.states[state]}`]
  return [...stopped, ...lacking, cannotText(sendable, words)].join(' · ')
}

function Make({ frame: { words }, context }: ConsoleProps) {
  const text = words.console.accounts
  const at = { words, context, form: 'make' }
  return (
    <section aria-labelledby="make-title">
      <h2 id="make-title">{text.make}</h2>
      <p>{text.makeHint}</p>
      <VerbForm
        context={context}
        verb="account.create"
        form="make"
        fields={{ stage: 'new' }}
        class="fields co-form"
      >
        <Field {...at} name="key" label={text.key} hint={text.keyHint} maxlength={40} required />
        <Field {...at} name="company" label={text.company} maxlength={100} />
        <Submit words={words} verb="account.create" id="make" />
      </VerbForm>
    </section>
  )
}
