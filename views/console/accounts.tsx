import { Empty, Panel } from '../components/panel.tsx'
import { Row, Rows } from '../components/rows.tsx'
import { cannotText, StandingChip, standingText } from './account/standing.tsx'
import { Field } from './field.tsx'
import { type ConsoleProps, hrefOf, Submit, VerbForm } from './parts.tsx'
import type { ListedAccount } from './props.ts'
import { Shell } from './shell.tsx'
import { type WebsiteApp, WebsiteApps } from './website-apps.tsx'

/** All accounts of a world, the form that makes another, and its website apps. */
export function AccountsPage(
  props: ConsoleProps & {
    readonly accounts: readonly ListedAccount[]
    readonly apps: readonly WebsiteApp[]
  },
) {
  const { words } = props.frame
  const { context, accounts } = props
  const text = words.console.accounts
  return (
    <Shell {...props} title={text.title} place="accounts">
      {accounts.length === 0 ? (
        <Empty title={text.none} text={text.noneText} />
      ) : (
        <Rows label={text.title} live="accounts">
          {accounts.map((account) => (
            <Row
              href={hrefOf(context, `/${account.key}`)}
              id={account.key}
              chip={<StandingChip account={account} words={words} />}
              name={account.company}
              under={account.eid}
              line={standingText(account, words)}
              note={cannotText(account, words)}
            />
          ))}
        </Rows>
      )}
      <Make {...props} />
      <WebsiteApps {...props} />
    </Shell>
  )
}

function Make({ frame: { words }, context }: ConsoleProps) {
  const text = words.console.accounts
  const at = { words, context, form: 'make' }
  return (
    <Panel id="make-title" title={text.make}>
      <p class="c-muted">{text.makeHint}</p>
      <VerbForm
        context={context}
        verb="account.create"
        form="make"
        fields={{ stage: 'new' }}
        class="c-form"
      >
        <Field {...at} name="key" label={text.key} hint={text.keyHint} maxlength={40} required />
        <Field {...at} name="company" label={text.company} maxlength={100} />
        <Submit words={words} verb="account.create" id="make" look="primary" />
      </VerbForm>
    </Panel>
  )
}
