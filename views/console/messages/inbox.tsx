import { ButtonLink } from '../../components/button.tsx'
import { type Filter, Filters } from '../../components/filters.tsx'
import { Older } from '../../components/older.tsx'
import { Empty } from '../../components/panel.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { filled } from '../../components/text.tsx'
import { spanText } from '../../components/when.tsx'
import { pageHref } from '../../page-context.ts'
import type { Words } from '../../words/en.ts'
import type { ConsoleProps } from '../parts.tsx'
import { Shell } from '../shell.tsx'
import { OutcomeChart } from './chart.tsx'
import { CheckPanel } from './check.tsx'
import { MessageList } from './list.tsx'
import type { InboxFacts, InboxQuery } from './props.ts'
import { SendForm } from './send.tsx'

type Props = ConsoleProps & { readonly facts: InboxFacts }

/** The inbox: every message that a platform has sent, and what became of it. */
export function MessagesPage(props: Props) {
  const { frame, facts } = props
  const text = frame.words.console.messages
  return (
    <Shell
      {...props}
      title={text.title}
      place="messages"
      aside={facts.send ? <ToSend name={frame.words.console.send.title} /> : null}
    >
      <div class={facts.send ? 'c-split' : undefined}>
        <div>
          <OutcomeChart {...props} />
          <Narrow {...props} />
          <button type="button" class="c-button c-primary c-fresh" data-fresh={text.fresh} hidden />
          <Found {...props} />
          <GoOn {...props} />
        </div>
        {facts.send ? (
          <div>
            <SendForm {...props} send={facts.send} />
            {facts.send.check ? <CheckPanel {...props} check={facts.send.check} /> : null}
          </div>
        ) : null}
      </div>
    </Shell>
  )
}

/** On a phone the form stands below the list: this leads there. */
function ToSend({ name }: { name: string }) {
  return (
    <span class="c-narrow">
      <ButtonLink href="#send" look="primary" id="to-send">
        {name}
      </ButtonLink>
    </span>
  )
}

/** The part that comes anew by itself, empty or not. */
function Found(props: Props) {
  const { messages } = props.facts
  return (
    <div data-live="messages">
      {messages.length === 0 ? (
        <Nothing {...props} />
      ) : (
        <MessageList {...props} messages={messages} />
      )}
    </div>
  )
}

const shown_states = ['delivered', 'refused', 'failed', 'unknown', 'accepted'] as const

function Narrow({ frame: { words }, context, facts: { query, accounts } }: Props) {
  const text = words.console.messages
  const at: Narrowed = (change) => pageHref(context, '/', addressed({ ...query, ...change }))
  const states: Filter[] = [
    { name: text.all, href: at({ state: undefined }), isChosen: query.state === undefined },
    ...shown_states.map((state) => ({
      name: text.states[state],
      href: at({ state }),
      isChosen: query.state === state,
    })),
  ]
  const ofAccounts: Filter[] = accounts.map(({ key, company }) => ({
    name: company,
    href: at({ account: query.account === key ? undefined : key }),
    isChosen: query.account === key,
  }))
  return (
    <>
      <SearchField
        id="search"
        label={text.search}
        button={text.find}
        method="post"
        action={pageHref(context, '/search')}
        value={query.q}
        fields={queryOf(query)}
      />
      <Filters
        label={text.filters}
        filters={[
          ...spanFilter(query, at, words),
          ...states,
          ...(accounts.length > 1 ? ofAccounts : []),
        ]}
      />
    </>
  )
}

type Narrowed = (change: Partial<InboxQuery>) => string

/** A span of time that the chart has led to; pressed, it is taken away. */
function spanFilter({ since, until }: InboxQuery, at: Narrowed, words: Words): Filter[] {
  if (!since || !until) return []
  const span = spanText({ at: since, until }, words)
  const name = filled(words.console.messages.span, { span })
  return [{ name, href: at({ since: undefined, until: undefined }), isChosen: true }]
}

/** What is searched for, and what that is narrowed to, as an address says it. */
function addressed(query: InboxQuery): Record<string, string> {
  return { ...queryOf(query), ...(query.asked && { asked: query.asked }) }
}

type Narrowing = Pick<InboxQuery, 'state' | 'account' | 'since' | 'until'>

function queryOf({ state, account, since, until }: Narrowing): Record<string, string> {
  return {
    ...(state && { state }),
    ...(account && { account }),
    ...(since && { since }),
    ...(until && { until }),
  }
}

function Nothing({ frame: { words }, context, facts: { query, older, accounts } }: Props) {
  const text = words.console.messages
  const isNarrowed =
    query.q !== '' || query.state || query.account || query.since || query.until || query.isOlder
  if (isNarrowed) {
    return (
      <Empty title={older === null ? text.notFound : text.notYet} text={text.notFoundText}>
        <ButtonLink href={pageHref(context, '/')}>{text.showAll}</ButtonLink>
      </Empty>
    )
  }
  if (accounts.length === 0) {
    return (
      <Empty title={text.none} text={text.noAccountText}>
        <ButtonLink href={pageHref(context, '/accounts')}>{text.toAccounts}</ButtonLink>
      </Empty>
    )
  }
  return (
    <Empty title={text.none} text={text.noneText}>
      <ButtonLink href={pageHref(context, '/environment')}>{text.connect}</ButtonLink>
    </Empty>
  )
}

/** The rest of the list. */
function GoOn({ frame: { words }, context, facts: { query, older, messages } }: Props) {
  const text = words.console.messages
  if (older === null) return null
  const href = pageHref(context, '/', { ...addressed(query), before: older })
  const looking = messages.length === 0 ? words.console.looking : undefined
  return <Older href={href} name={text.older} looking={looking} />
}
