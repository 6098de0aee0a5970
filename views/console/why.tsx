import { Banner } from '../components/banner.tsx'
import { Facts, Panel } from '../components/panel.tsx'
import { SearchField } from '../components/search-field.tsx'
import { filled } from '../components/text.tsx'
import { pageHref } from '../page-context.ts'
import type { ConsoleWords } from '../words/console/en.ts'
import { mobileText } from './messages/list.tsx'
import type { ConsoleProps } from './parts.tsx'
import { Shell } from './shell.tsx'

type Verdict = keyof ConsoleWords['why']['verdicts']

/** Why a message to a mobile did not arrive. */
export interface WhyFacts {
  /** As it was typed. */
  readonly mobile: string
  /** Null: what was typed is no mobile. */
  readonly found: {
    readonly verdict: Verdict
    readonly sentence: string
    readonly rule: string | null
    readonly actual: string | null
    readonly expected: string | null
    readonly trace: string | null
  } | null
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

function Found(props: Props & { readonly found: NonNullable<WhyFacts['found']> }) {
  const { frame, facts, found } = props
  const { words } = frame
  const text = words.console.why
  const { verdict, sentence, rule, actual, expected, trace } = found
  const evidence = [
    { name: text.rule, is: rule === null ? null : <RuleText rule={rule} {...props} /> },
    { name: text.actual, is: actual },
    { name: text.expected, is: expected },
    { name: text.trace, is: trace },
  ]
  const title = filled(text.verdicts[verdict], { mobile: mobileText(facts.mobile) })
  return (
    <>
      <Banner tone={tones[verdict]} title={title} isAnswer>
        <p>{sentence}</p>
      </Banner>
      <Panel id="evidence" title={text.evidence}>
        <Facts of={evidence.filter(({ is }) => is !== null)} />
      </Panel>
    </>
  )
}

/** A rule by its words, its name beside them. */
function RuleText({ rule, frame: { words } }: Props & { readonly rule: string }) {
  const said = words.rules[rule]
  return (
    <>
      {said} <code>{rule}</code>
    </>
  )
}
