import { Banner } from '../components/banner.tsx'
import { ButtonLink } from '../components/button.tsx'
import { Empty, Facts, Panel } from '../components/panel.tsx'
import { SearchField } from '../components/search-field.tsx'
import { filled } from '../components/text.tsx'
import { pageHref } from '../page-context.ts'
import type { Words } from '../words/en.ts'
import { fixText, ruleText } from './journal/decision.tsx'
import type { StrayFacts } from './journal/props.ts'
import { Strays } from './journal/strays.tsx'
import { NextButton, outcomeTitle, Sentence } from './message/explained.tsx'
import type { ExplainedFacts, Verdict } from './message/props.ts'
import { mobileText } from './messages/list.tsx'
import type { ConsoleProps } from './parts.tsx'
import { Shell } from './shell.tsx'

/** Why a message to a mobile did not arrive. */
export interface WhyFacts {
  /** As it was typed. */
  readonly mobile: string
  /** Null: what was typed is no mobile. */
  readonly found: ExplainedFacts | null
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
      {facts.found === null ? (
        <Banner tone="bad" title={text.noMobile} isAnswer>
          <p>{text.noMobileText}</p>
        </Banner>
      ) : (
        <Found {...props} found={facts.found} />
      )}
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
  const text = words.console.why
  const { verdict, message, resolved } = found
  const title = filled(text.verdicts[verdict], { mobile: mobileText(facts.mobile) })
  // A form leads back to a page that has an address.
  const path = message === null ? '/' : `/messages/${message}`
  const back = { ...context, returnTo: pageHref(context, path) }
  return (
    <>
      <Banner
        tone={resolved ? 'warn' : tones[verdict]}
        title={outcomeTitle(title, { explained: found, words })}
        button={<NextButton explained={found} context={back} words={words} />}
        isAnswer
      >
        <Sentence explained={found} words={words} />
      </Banner>
      <Evidence {...props} />
      {verdict === 'never_asked' ? <Instead {...props} /> : null}
    </>
  )
}

function Evidence({
  frame: { words },
  context,
  found,
}: Props & { readonly found: ExplainedFacts }) {
  const text = words.console.why
  const { rule, actual, expected, fix, trace, message, verdict } = found
  const evidence = [
    { name: text.rule, is: rule === null ? null : <RuleText rule={rule} words={words} /> },
    { name: text.actual, is: actual },
    { name: text.expected, is: expected },
    { name: words.console.message.fix, is: fix === null ? null : <code>{fixText(fix)}</code> },
    { name: text.trace, is: trace === null ? null : <code>{trace}</code> },
  ]
  return (
    <Panel id="evidence" title={text.evidence}>
      <Facts of={evidence.filter(({ is }) => is !== null)} />
      {verdict === 'never_asked' ? null : (
        <div class="c-actions">
          {message === null ? null : (
            <ButtonLink href={pageHref(context, `/messages/${message}`)} id="open-message">
              {words.console.journal.exchange.message}
            </ButtonLink>
          )}
          {trace === null ? null : (
            <ButtonLink href={pageHref(context, '/journal', { trace })}>
              {words.console.journal.exchange.ofTrace}
            </ButtonLink>
          )}
        </div>
      )}
    </Panel>
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
