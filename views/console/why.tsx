import { Banner } from '../components/banner.tsx'
import { ButtonLink } from '../components/button.tsx'
import { Empty, Facts, Panel } from '../components/panel.tsx'
import { SearchField } from '../components/search-field.tsx'
import { filled } from '../components/text.tsx'
import { pageHref } from '../page-context.ts'
import { basePathOf } from '../site/world-menu.tsx'
import type { Words } from '../words/en.ts'
import { fixText, ruleText } from './journal/decision.tsx'
import type { StrayFacts } from './journal/props.ts'
import { Strays, strayHref } from './journal/strays.tsx'
import { NextButton, outcomeTitle, Sentence } from './message/explained.tsx'
import type { ExplainedFacts, Verdict } from './message/props.ts'
import { mobileText } from './messages/list.tsx'
import type { ConsoleProps } from './parts.tsx'
import { Shell } from './shell.tsx'

/** Why a message to a mobile did not arrive. */
export interface WhyFacts {
  /** As it was typed: a mobile, or another name of a send. */
  readonly mobile: string
  readonly isMobile: boolean
  /** Null: nothing was typed that could name a send. */
  readonly found: ExplainedFacts | null
  /** The call of nobody's that is told instead of the send. */
  readonly instead: StrayFacts | undefined
  /** A message to that mobile in another world. */
  readonly elsewhere: { readonly world: string; readonly message: string } | undefined
  /** Where an EID was none of this world's: those that are. */
  readonly eids: readonly string[]
  /** Where nothing has come to that mobile: what came and reached nobody. */
  readonly strays: readonly StrayFacts[]
}

type Props = ConsoleProps & { readonly facts: WhyFacts }

/** The answer to the one question that stands in every header. */
export function WhyPage(props: Props) {
  const { frame, context, facts } = props
  const { words } = frame
  const text = words.console.why
  return (
    <Shell {...props} title={words.site.why.label} place="messages">
      <SearchField
        id="why"
        label={text.mobile}
        button={words.site.why.ask}
        method="post"
        action={pageHref(context, '/why')}
        name="mobile"
        value={facts.mobile}
      />
      <div data-live="why">
        {facts.found ? <Found {...props} found={facts.found} /> : null}
        {facts.found === null && facts.mobile !== '' ? (
          <Banner tone="bad" title={text.noMobile} isAnswer>
            <p>{text.noMobileText}</p>
          </Banner>
        ) : null}
      </div>
    </Shell>
  )
}

const tones: Readonly<Record<Verdict, 'good' | 'bad' | 'warn'>> = {
  reached: 'good',
  refused: 'bad',
  failed_later: 'bad',
  pending: 'warn',
  unknown: 'warn',
  fault: 'bad',
  never_asked: 'warn',
}

function Found(props: Props & { readonly found: ExplainedFacts }) {
  const { frame, context, facts, found } = props
  const { words } = frame
  const { verdict, message, resolved } = found
  // A form leads back to a page that has an address.
  const path = message === null ? '/' : `/messages/${message}`
  const back = { ...context, returnTo: pageHref(context, path) }
  return (
    <>
      <Banner
        tone={resolved ? 'warn' : tones[verdict]}
        title={outcomeTitle(titleOf(facts, found, words), { explained: found, words })}
        button={<NextButton explained={found} context={back} words={words} />}
        isAnswer
      >
        <Sentence explained={found} words={words} />
        <InOtherWorld {...props} />
      </Banner>
      <Evidence {...props} />
      {verdict === 'never_asked' ? <Instead {...props} /> : null}
    </>
  )
}

/** Of a mobile what became of the latest message to it, of another name what became of its own. */
function titleOf({ mobile, isMobile }: WhyFacts, found: ExplainedFacts, words: Words): string {
  const text = words.console.why
  const { verdict, message } = found
  if (isMobile) return filled(text.verdicts[verdict], { mobile: mobileText(mobile) })
  if (verdict === 'never_asked') return filled(text.unknownName, { name: mobile })
  if (message !== null) return words.console.message.verdicts[verdict]
  return words.console.journal.exchange.verdicts[tones[verdict]]
}

/** What is missing here may have been sent into another world. */
function InOtherWorld({ frame, context, facts: { elsewhere } }: Props) {
  if (!elsewhere) return null
  const { world, message } = elsewhere
  const text = frame.words.console.why
  const there = { ...context, basePath: basePathOf(world) }
  return (
    <p>
      {filled(text.elsewhere, { world })}{' '}
      <a href={pageHref(there, `/messages/${message}`)}>{text.openElsewhere}</a>
    </p>
  )
}

function Evidence(props: Props & { readonly found: ExplainedFacts }) {
  const { words } = props.frame
  const text = words.console.why
  const { rule, actual, expected, fix, trace } = props.found
  const { eids } = props.facts
  const evidence = [
    { name: text.rule, is: rule === null ? null : <RuleText rule={rule} words={words} /> },
    { name: text.actual, is: actual },
    { name: text.expected, is: expected },
    { name: text.eids, is: eids.length === 0 ? null : eids.join(', ') },
    { name: words.console.message.fix, is: fix === null ? null : <code>{fixText(fix)}</code> },
    { name: text.trace, is: trace === null ? null : <code>{trace}</code> },
  ]
  return (
    <Panel id="evidence" title={text.evidence}>
      <Facts of={evidence.filter(({ is }) => is !== null)} />
      <Actions {...props} />
    </Panel>
  )
}

/** Where there is more to see: the message or the call itself, and where EIDs come from. */
function Actions(props: Props & { readonly found: ExplainedFacts }) {
  const { frame, context, facts, found } = props
  const { words } = frame
  const text = words.console.journal.exchange
  const { trace, message, rule } = found
  const { instead } = facts
  if (trace === null) return null
  return (
    <div class="c-actions">
      {message === null ? null : (
        <ButtonLink href={pageHref(context, `/messages/${message}`)} id="open-message">
          {text.message}
        </ButtonLink>
      )}
      {instead ? (
        <ButtonLink href={strayHref(context, instead)}>{words.console.message.open}</ButtonLink>
      ) : (
        <ButtonLink href={pageHref(context, '/journal', { trace })}>{text.ofTrace}</ButtonLink>
      )}
      {rule === 'eid.known' ? (
        <ButtonLink href={pageHref(context, '/accounts')}>{words.site.places.accounts}</ButtonLink>
      ) : null}
    </div>
  )
}

/** Where nothing has come: what has come besides, in this world and in none, and how a platform is connected. */
function Instead(props: Props) {
  const { frame, context, facts } = props
  const text = frame.words.console.why
  if (facts.strays.length === 0) {
    return (
      <Empty title={text.nothing} text={text.nothingText}>
        <ButtonLink href={pageHref(context, '/environment')} look="primary">
          {frame.words.console.messages.connect}
        </ButtonLink>
      </Empty>
    )
  }
  return (
    <>
      <h2>{text.instead}</h2>
      <p class="c-muted">{frame.words.console.journal.strays.lead}</p>
      <Strays {...props} strays={facts.strays} />
    </>
  )
}

/** A rule by its words, its name beside them. */
function RuleText({ rule, words }: { rule: string; words: Words }) {
  return (
    <>
      {ruleText(rule, words)} <code>{rule}</code>
    </>
  )
}
