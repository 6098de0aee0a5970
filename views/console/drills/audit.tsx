import { Banner } from '../../components/banner.tsx'
import { ButtonLink } from '../../components/button.tsx'
import { Filters } from '../../components/filters.tsx'
import { Empty } from '../../components/panel.tsx'
import { Row, Rows } from '../../components/rows.tsx'
import { filled } from '../../components/text.tsx'
import { MomentOf, whenText } from '../../components/when.tsx'
import { pageHref } from '../../page-context.ts'
import type { Words } from '../../words/en.ts'
import { recipientText, StateChip } from '../messages/list.tsx'
import type { ConsoleProps } from '../parts.tsx'
import { Shell } from '../shell.tsx'
import type { AuditFacts, AuditItem, AuditList } from './props.ts'

type Props = ConsoleProps & { readonly facts: AuditFacts }
type FoundProps = Props & { readonly found: NonNullable<AuditFacts['found']> }

const lists = ['lost', 'double', 'late', 'pending'] as const

/** Whether the platform fell back wherever it had to: what was lost, told twice, told too late, and is open. */
export function AuditPage(props: Props) {
  const { frame, context, facts } = props
  const text = frame.words.drills
  const crumbs = [{ href: pageHref(context, '/drills'), name: text.title }]
  return (
    <Shell {...props} title={text.audit.title} place="drills" crumbs={crumbs}>
      <p class="c-muted">{text.audit.lead}</p>
      <Within {...props} />
      {facts.found === undefined ? null : <Verdict {...props} found={facts.found} />}
    </Shell>
  )
}

function Within({ frame: { words }, context, facts }: Props) {
  const { within, withins } = words.drills.audit
  return (
    <Filters
      label={within}
      filters={Object.entries(withins).map(([duration, name]) => ({
        name,
        href: pageHref(context, '/audit', { within: duration }),
        isChosen: facts.within === duration,
      }))}
    >
      <span class="c-filter-note">{within}</span>
    </Filters>
  )
}

function Verdict(props: FoundProps) {
  const { frame, context, facts, found } = props
  const text = frame.words.drills.audit
  const { lost, double, late, pending } = found.totals
  const hasFound = lost + double + late + pending > 0
  if (!facts.hasMessages) {
    return (
      <Empty title={text.nothing} text={text.nothingText}>
        <ButtonLink href={pageHref(context, '/drills')}>{text.toDrills}</ButtonLink>
        <ButtonLink href={pageHref(context, '/')}>{text.toMessages}</ButtonLink>
      </Empty>
    )
  }
  const fill = { lost: String(lost), double: String(double), late: String(late) }
  const isBad = lost + double > 0
  const title = isBad ? text.bad : late > 0 ? text.late : text.good
  return (
    <>
      <Banner tone={isBad ? 'bad' : late > 0 ? 'warn' : 'good'} title={filled(title, fill)} />
      {hasFound ? lists.map((list) => <List {...props} list={list} />) : null}
      {found.from === null ? null : (
        <p class="c-small">{filled(text.from, { from: whenText(found.from, frame.words) })}</p>
      )}
    </>
  )
}

function List(props: FoundProps & { readonly list: AuditList }) {
  const { frame, found, list } = props
  const text = frame.words.drills.audit
  const items = found[list]
  const count = found.totals[list]
  const fill = { shown: String(items.length), count: String(count) }
  return (
    <section aria-labelledby={`list-${list}`}>
      <h2 id={`list-${list}`}>
        {text.lists[list]} <span class="c-muted c-num">{count}</span>
      </h2>
      <p class="c-small">{items.length === 0 ? text.empty[list] : text.means[list]}</p>
      {items.length === 0 ? null : (
        <Rows label={text.lists[list]}>
          {items.toReversed().map((item) => (
            <ItemRow {...props} item={item} />
          ))}
        </Rows>
      )}
      {count > items.length ? <p class="c-small">{filled(text.shown, fill)}</p> : null}
    </section>
  )
}

function ItemRow(props: FoundProps & { readonly list: AuditList; readonly item: AuditItem }) {
  const { frame, context, site, list, item } = props
  const { words } = frame
  const { message, state, errcode, mobile, name, client_msg_id, text, at } = item
  const answer = { errcode, errmsg: null }
  const shown = recipientText({ mobile, answer }, words)
  const isAttention = list === 'lost' || list === 'double'
  return (
    <Row
      href={pageHref(context, `/messages/${message}`)}
      id={`${list}-${message}`}
      chip={<StateChip message={{ state, answer }} words={words} />}
      name={name || shown}
      under={
        [...(name === '' ? [] : [shown]), ...(client_msg_id === null ? [] : [client_msg_id])].join(
          ' · ',
        ) || undefined
      }
      line={text}
      note={<span class={isAttention ? 'c-attention' : undefined}>{cameText(item, words)}</span>}
      at={<MomentOf at={at} now={site.facts.clock.now} words={words} />}
    />
  )
}

/** What came instead of the message, and when. */
function cameText({ contacts }: AuditItem, words: Words): string {
  const { came, noneCame } = words.drills.audit
  if (contacts.length === 0) return noneCame
  const { channels } = words.console.messages
  return contacts
    .map(({ channel, at }) => filled(came, { channel: channels[channel], at: whenText(at, words) }))
    .join(' · ')
}
