import { Button, ButtonLink } from '../../components/button.tsx'
import { Chip, type Tone } from '../../components/chip.tsx'
import { Filters } from '../../components/filters.tsx'
import { Empty } from '../../components/panel.tsx'
import { Item, Rows } from '../../components/rows.tsx'
import { filled } from '../../components/text.tsx'
import { durationText, whenText } from '../../components/when.tsx'
import { pageHref } from '../../page-context.ts'
import type { Words } from '../../words/en.ts'
import { type ConsoleProps, VerbForm } from '../parts.tsx'
import { Shell } from '../shell.tsx'
import type { DrillsFacts, ListedDrill } from './props.ts'

type Props = ConsoleProps & { readonly facts: DrillsFacts }

/** The named bad days: what happens on each, what a good platform does, and which are going on. */
export function DrillsPage(props: Props) {
  const { frame, context, facts } = props
  const text = frame.words.drills
  const audit = (
    <ButtonLink href={pageHref(context, '/audit')} look="primary">
      {text.toAudit}
    </ButtonLink>
  )
  return (
    <Shell {...props} title={text.title} place="drills" aside={audit}>
      <p class="c-muted">{text.lead}</p>
      <Accounts {...props} />
      {facts.account === undefined ? (
        <Empty title={text.noAccount} text={text.noAccountText}>
          <ButtonLink href={pageHref(context, '/accounts')}>{text.toAccounts}</ButtonLink>
        </Empty>
      ) : null}
      <Rows label={text.title} live="drills">
        {facts.drills.map((drill) => (
          <DrillItem {...props} drill={drill} />
        ))}
      </Rows>
    </Shell>
  )
}

/** Which of several accounts is drilled. */
function Accounts({ frame: { words }, context, facts }: Props) {
  const { accounts, account } = facts
  if (accounts.length < 2) return null
  return (
    <Filters
      label={words.drills.account}
      filters={accounts.map(({ key, company }) => ({
        name: company,
        href: pageHref(context, '/drills', { account: key }),
        isChosen: key === account,
      }))}
    />
  )
}

const tones: Readonly<Record<ListedDrill['state'], Tone>> = {
  ready: 'plain',
  running: 'warn',
  over: 'plain',
}

function DrillItem(props: Props & { readonly drill: ListedDrill }) {
  const { frame, drill } = props
  const { words } = frame
  const text = words.drills
  const { name, state, lasts, advice } = drill
  const length = filled(text.lasts, { lasts: durationText(lasts, words) })
  return (
    <Item
      id={name}
      chip={<Chip tone={tones[state]}>{text.states[state]}</Chip>}
      name={<span id={`name-${name}`}>{drill.title}</span>}
      under={[length, standing(drill, words)].filter(Boolean).join(' · ')}
      line={filled(text.good, { advice: advice })}
      more={<Acts {...props} />}
      action={<Turn {...props} />}
      isStacked
    />
  )
}

/** How a drill goes on, or went. */
function standing({ state, account, hits, ends_at }: ListedDrill, words: Words): string {
  if (state === 'ready' || ends_at === null) return ''
  const fill = { account: account ?? '', hits: String(hits), end: whenText(ends_at, words) }
  return filled(words.drills[state], fill)
}

/** Starts it, or stops what is going on. */
function Turn({
  frame: { words },
  context,
  facts,
  drill,
}: Props & { readonly drill: ListedDrill }) {
  const { name, state } = drill
  const { account } = facts
  const about = `name-${name}`
  if (state === 'running') {
    return (
      <VerbForm context={context} verb="drill.stop" fields={{ name }}>
        <Button isLittle id={`stop-${name}`} about={about}>
          {words.console.buttons['drill.stop']}
        </Button>
      </VerbForm>
    )
  }
  if (account === undefined) return null
  return (
    <VerbForm context={context} verb="drill.start" fields={{ name, account }}>
      <Button isLittle id={`start-${name}`} about={about}>
        {words.console.buttons['drill.start']}
      </Button>
    </VerbForm>
  )
}

/** What says for which account, how it is called and until when is the same of each. */
const usual = ['account', 'appid', 'name', 'until']

function Acts({ frame: { words }, drill }: Props & { readonly drill: ListedDrill }) {
  const { acts, act, atOnce } = words.drills
  return (
    <details class="c-more" id={`acts-${drill.name}`}>
      <summary>{acts}</summary>
      <ul>
        {drill.acts.map(({ after, call, input }) => (
          <li>
            {after === 'PT0S' ? atOnce : filled(act, { after: durationText(after, words) })}:{' '}
            <code>{call}</code> <code>{inputText(input)}</code>
          </li>
        ))}
      </ul>
    </details>
  )
}

function inputText(input: Readonly<Record<string, unknown>>): string {
  const told = Object.entries(input).filter(([name]) => !usual.includes(name))
  return told.map(([name, value]) => `${name}: ${value}`).join(', ')
}
