import { Banner } from '../../components/banner.tsx'
import { ButtonLink } from '../../components/button.tsx'
import { Chip, type Tone } from '../../components/chip.tsx'
import { filled } from '../../components/text.tsx'
import { pageHref } from '../../page-context.ts'
import type { Words } from '../../words/en.ts'
import { type AccountProps, stepNames, VerbButton } from '../parts.tsx'
import type { ListedAccount, StepName } from '../props.ts'

type Standing = 'live' | 'disabled' | 'not_live' | 'suspended' | 'revoked'

/** How an account stands to sending, as list, header and checklist all say it. */
export function standingOf({
  state,
  sendable,
  template_state,
}: Pick<ListedAccount, 'state' | 'sendable' | 'template_state'>): Standing {
  if (state !== 'active') return state
  if (!sendable.ok) return 'not_live'
  return template_state === 'disabled' ? 'disabled' : 'live'
}

const tones: Readonly<Record<Standing, Tone>> = {
  live: 'good',
  disabled: 'bad',
  not_live: 'warn',
  suspended: 'bad',
  revoked: 'bad',
}

export function StandingChip({ account, words }: { account: ListedAccount; words: Words }) {
  const standing = standingOf(account)
  return <Chip tone={tones[standing]}>{words.console.live.chips[standing]}</Chip>
}

/** What would bring it forward. */
export function standingText(account: ListedAccount, words: Words): string {
  const { accounts, checklist, live } = words.console
  const standing = standingOf(account)
  if (standing === 'live') return accounts.nothingMissing
  if (standing !== 'not_live') return live.titles[standing]
  const [first] = account.missing
  if (first === undefined) return live.titles.not_live
  return filled(accounts.next, { step: checklist.todo[first as StepName] ?? first })
}

/** What a send gets; undefined: it is let through. */
export function cannotText(account: ListedAccount, words: Words): string | undefined {
  const standing = standingOf(account)
  if (standing === 'live') return undefined
  // TUPU lets it through, and WeChat says so.
  const { errcode, errmsg } =
    standing === 'disabled' ? { errcode: 40037, errmsg: 'invalid template_id' } : account.sendable
  return filled(words.console.live.cannot, { errcode: String(errcode), errmsg })
}

/** Whether a message would get through, what it gets if not, and the button that mends it. */
export function StandingBanner(props: AccountProps & { readonly isComplete: boolean }) {
  const { frame, context, facts, isComplete } = props
  const { words } = frame
  const text = words.console.live
  const { life } = facts
  const standing = standingOf(life)
  if (standing !== 'live') {
    return (
      <Banner
        tone={standing === 'not_live' ? 'warn' : 'bad'}
        title={text.titles[standing]}
        button={<Mend {...props} standing={standing} />}
      >
        {life.missing.length > 0 ? (
          <p>{filled(text.missing, { steps: stepNames(life.missing, words) })}</p>
        ) : null}
        <p>{cannotText(life, words)}</p>
      </Banner>
    )
  }
  if (!isComplete) {
    return (
      <Banner tone="good" title={text.titles.live}>
        <p>{text.liveText}</p>
      </Banner>
    )
  }
  return (
    <Banner
      tone="good"
      title={text.complete}
      button={<ButtonLink href={pageHref(context, '/')}>{text.toMessages}</ButtonLink>}
    >
      <p>{text.completeText}</p>
    </Banner>
  )
}

function Mend({
  frame: { words },
  context,
  facts,
  standing,
}: AccountProps & { standing: Standing }) {
  const { key, appid, template_id } = facts.life
  const at = { words, context, id: 'mend', look: 'primary' } as const
  if (standing === 'suspended')
    return <VerbButton {...at} verb="eid.resume" fields={{ eid: key }} />
  if (standing !== 'disabled' || appid === null || template_id === null) return null
  return <VerbButton {...at} verb="template.enable" fields={{ appid, template_id }} />
}
