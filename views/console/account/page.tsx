import { Tabs } from '../../components/filters.tsx'
import { type AccountProps, hrefOf } from '../parts.tsx'
import { type AccountTab, account_tabs } from '../props.ts'
import { Shell } from '../shell.tsx'
import { CallbacksTab } from './callbacks.tsx'
import { EidTab } from './eid.tsx'
import { HistoryTab } from './history.tsx'
import { OnboardingTab } from './onboarding.tsx'
import { RegistrationsTab } from './registrations.tsx'
import { SettingsTab } from './settings.tsx'
import { StandingChip } from './standing.tsx'
import { TemplatesTab } from './templates.tsx'

const parts: Readonly<Record<AccountTab, (props: AccountProps) => unknown>> = {
  onboarding: OnboardingTab,
  templates: TemplatesTab,
  eid: EidTab,
  registrations: RegistrationsTab,
  callbacks: CallbacksTab,
  settings: SettingsTab,
  history: HistoryTab,
}

/** One account, a tab for each of its parts. */
export function AccountPage(props: AccountProps) {
  const { frame, context, facts } = props
  const { words } = frame
  const { life, tab } = facts
  const names = words.console.tabs
  const Part = parts[tab] as (props: AccountProps) => ReturnType<typeof Shell>
  return (
    <Shell
      {...props}
      title={life.company}
      place="accounts"
      crumbs={[{ href: hrefOf(context), name: words.site.places.accounts }]}
      aside={<StandingChip account={life} words={words} />}
    >
      <Tabs
        label={names.label}
        tabs={account_tabs.map((name) => ({
          name: names[name],
          href: tabHref(context, life.key, name),
          isChosen: name === tab,
        }))}
      />
      <Part {...props} />
    </Shell>
  )
}

/** The address of a tab; the first one has none of its own. */
export function tabHref(context: AccountProps['context'], key: string, tab: AccountTab): string {
  return hrefOf(context, `/${key}`, tab === 'onboarding' ? {} : { tab })
}
