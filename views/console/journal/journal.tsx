import { Banner } from '../../components/banner.tsx'
import { ButtonLink } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { Older } from '../../components/older.tsx'
import { Empty } from '../../components/panel.tsx'
import { Row, Rows } from '../../components/rows.tsx'
import { filled } from '../../components/text.tsx'
import { MomentOf } from '../../components/when.tsx'
import { pageHref } from '../../page-context.ts'
import type { ConsoleProps } from '../parts.tsx'
import { Shell } from '../shell.tsx'
import { AnswerChip, shortPathText } from './bytes.tsx'
import { ruleText } from './decision.tsx'
import { Narrow } from './narrow.tsx'
import {
  all_calls,
  har_max,
  isSameQuery,
  type JournalFacts,
  type ListedCall,
  platform_calls,
} from './props.ts'
import { Strays } from './strays.tsx'

type Props = ConsoleProps & { readonly facts: JournalFacts }

/** The journal: every call, the newest first, and first of all those that nobody claimed. */
export function JournalPage(props: Props) {
  const { frame, context, facts } = props
  const text = frame.words.console.journal
  return (
    <Shell
      {...props}
      title={text.title}
      place="journal"
      aside={<ButtonLink href={pageHref(context, '/bundle')}>{text.bundle}</ButtonLink>}
    >
      <Narrow {...props} />
      {facts.refused === null ? null : (
        <Banner tone="bad" title={text.refused} isAnswer>
          <p lang="en">{facts.refused}</p>
        </Banner>
      )}
      <Unclaimed {...props} />
      <button type="button" class="c-button c-primary c-fresh" data-fresh={text.fresh} hidden />
      <div data-live="calls">
        <Har {...props} />
        {facts.calls.length === 0 ? <Nothing {...props} /> : <Calls {...props} />}
      </div>
      <GoOn {...props} />
    </Shell>
  )
}

/** The list as a file. */
function Har({ frame: { words }, context, facts }: Props) {
  const text = words.console.journal
  const { filters, calls, after } = facts
  if (calls.length === 0) return null
  return (
    <p class="c-small">
      <a href={pageHref(context, '/journal/har', { ...filters, ...(after && { after }) })}>
        {text.exchange.har}
      </a>
      {` · ${filled(text.harOf, { count: String(har_max) })}`}
    </p>
  )
}

/** On the first screen: what reached nobody. */
function Unclaimed(props: Props) {
  const { frame, context, facts } = props
  const text = frame.words.console.journal.strays
  return (
    <div data-live="strays">
      {facts.strays.length === 0 ? null : (
        <>
          <div class="c-panel-head">
            <h2>{text.title}</h2>
            <a href={pageHref(context, '/journal/strays')}>{text.all}</a>
          </div>
          <Strays {...props} strays={facts.strays} />
        </>
      )}
    </div>
  )
}

function Calls(props: Props) {
  const { frame, facts } = props
  return (
    <Rows label={frame.words.console.journal.title}>
      {facts.calls.map((call) => (
        <CallRow {...props} call={call} />
      ))}
    </Rows>
  )
}

function CallRow({ frame: { words }, context, site, call }: Props & { call: ListedCall }) {
  const { seq, method, url, surface, endpoint, rule, why, at } = call
  return (
    <Row
      href={pageHref(context, `/journal/${seq}`)}
      id={String(seq)}
      chip={<AnswerChip of={call} words={words} />}
      name={`${method} ${shortPathText(url)}`}
      under={endpoint === '' ? undefined : `${surface} · ${endpoint}`}
      line={rule === null ? doneText(call, words) : why || ruleText(rule, words)}
      note={<Note call={call} words={words} />}
      at={<MomentOf at={at} now={site.facts.clock.now} words={words} />}
    />
  )
}

/** What a call has done; of a send, to whom. */
function doneText({ sent, summary }: ListedCall, words: Props['frame']['words']): string {
  const { sentTo, sentFor } = words.console.journal
  return sent === null ? summary : filled(sent.company === '' ? sentTo : sentFor, sent)
}

function Note({ call, words }: { call: ListedCall; words: Props['frame']['words'] }) {
  const text = words.console.journal
  const said = [call.direction === 'out' ? text.outgoing : '', call.rule ?? ''].filter(Boolean)
  return (
    <>
      {call.isFault ? <Chip tone="warn">{text.fault}</Chip> : null} {said.join(' · ')}
    </>
  )
}

function Nothing({ frame: { words }, context, facts }: Props) {
  const text = words.console.journal
  const { query, isOlder, older, isUnread, refused } = facts
  const isPlatform = isSameQuery(query, platform_calls)
  const all = (
    <ButtonLink href={pageHref(context, '/journal', all_calls)}>{text.showAll}</ButtonLink>
  )
  if (isUnread || refused !== null) return all
  if (isOlder || !(isPlatform || isSameQuery(query, all_calls))) {
    return (
      <Empty title={older === null ? text.notFound : text.notYet} text={text.notFoundText}>
        {all}
      </Empty>
    )
  }
  return (
    <Empty title={isPlatform ? text.nonePlatform : text.none} text={text.noneText}>
      <ButtonLink href={pageHref(context, '/environment')}>{text.connect}</ButtonLink>
      {isPlatform ? all : null}
    </Empty>
  )
}

/** The rest of the list. */
function GoOn({ frame: { words }, context, facts: { filters, older, calls } }: Props) {
  const text = words.console.journal
  if (older === null) return null
  const href = pageHref(context, '/journal', { ...filters, after: older })
  const looking = calls.length === 0 ? words.console.looking : undefined
  return <Older href={href} name={text.older} looking={looking} />
}
