import { ButtonLink } from '../../components/button.tsx'
import { type Filter, Filters } from '../../components/filters.tsx'
import { Older } from '../../components/older.tsx'
import { Empty } from '../../components/panel.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { pageHref } from '../../page-context.ts'
import type { ConsoleProps } from '../parts.tsx'
import { Shell } from '../shell.tsx'
import { MessageList } from './list.tsx'
import type { InboxFacts, InboxQuery } from './props.ts'

type Props = ConsoleProps & { readonly facts: InboxFacts }

/** The inbox: every message that a platform has sent, and what became of it. */
export function MessagesPage(props: Props) {
  const { frame, facts } = props
  const text = frame.words.console.messages
  return (
    <Shell {...props} title={text.title} place="messages">
      <Narrow {...props} />
      <button type="button" class="c-button c-primary c-fresh" data-fresh={text.fresh} hidden />
      {facts.messages.length === 0 ? (
        <Nothing {...props} />
      ) : (
        <MessageList {...props} messages={facts.messages} />
      )}
      <GoOn {...props} />
    </Shell>
  )
}

const shown_states = ['delivered', 'refused', 'failed', 'accepted'] as const

function Narrow({ frame: { words }, context, facts: { query, accounts } }: Props) {
  const text = words.console.messages
  const at = (change: Partial<InboxQuery>) =>
    pageHref(context, '/', queryOf({ ...query, ...change }))
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
        filters={[...states, ...(accounts.length > 1 ? ofAccounts : [])]}
      />
    </>
  )
}

function queryOf({
  state,
  account,
}: Pick<InboxQuery, 'state' | 'account'>): Record<string, string> {
  return { ...(state && { state }), ...(account && { account }) }
}

function Nothing({ frame: { words }, context, facts: { query, older } }: Props) {
  const text = words.console.messages
  const isNarrowed = query.q !== '' || query.state || query.account || query.isOlder
  if (isNarrowed) {
    return (
      <Empty title={older === null ? text.notFound : text.notYet} text={text.notFoundText}>
        <ButtonLink href={pageHref(context, '/')}>{text.showAll}</ButtonLink>
      </Empty>
    )
  }
  return (
    <Empty title={text.none} text={text.noneText}>
      <ButtonLink href={pageHref(context, '/environment')}>{text.connect}</ButtonLink>
    </Empty>
  )
}

/** The rest of the list; of what was searched for, by a form. */
function GoOn({ frame: { words }, context, facts: { query, older } }: Props) {
  const text = words.console.messages
  if (older === null) return null
  if (query.q === '') {
    const href = pageHref(context, '/', { ...queryOf(query), before: older })
    return <Older href={href} name={text.older} />
  }
  const fields = { ...queryOf(query), q: query.q, before: older }
  return (
    <form method="post" action={pageHref(context, '/search')}>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class="c-button" id="older">
        {text.older}
      </button>
    </form>
  )
}
