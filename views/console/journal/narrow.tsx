import { Button, ButtonLink } from '../../components/button.tsx'
import { type Filter, Filters } from '../../components/filters.tsx'
import { pageHref } from '../../page-context.ts'
import { Field, Select } from '../field.tsx'
import type { ConsoleProps } from '../parts.tsx'
import {
  all_calls,
  isSameQuery,
  type JournalFacts,
  type JournalQuery,
  platform_calls,
} from './props.ts'

type Props = ConsoleProps & { readonly facts: JournalFacts }

/** What is asked for most, one click each. */
const quick = {
  refused: { errcode: '!0' },
  unmatched: { unmatched: 'true' },
  fault: { rule: 'fault.applied' },
  out: { direction: 'out' },
} as const satisfies Readonly<Record<string, JournalQuery>>
type Quick = keyof typeof quick

/** What the journal is narrowed to: chips, and a form with every filter that exchange.list has. */
export function Narrow(props: Props) {
  const { frame, context, facts } = props
  const text = frame.words.console.journal
  const isOf = (one: JournalQuery) => isSameQuery(one, facts.query)
  const chips: Filter[] = [
    {
      name: text.platform,
      href: pageHref(context, '/journal'),
      isChosen: isOf(platform_calls),
    },
    {
      name: text.all,
      href: pageHref(context, '/journal', all_calls),
      isChosen: isOf(all_calls),
    },
    ...Object.entries(quick).map(([name, query]) => ({
      name: text.quick[name as Quick],
      href: pageHref(context, '/journal', query),
      isChosen: isOf(query),
    })),
  ]
  const isOpen = !chips.some(({ isChosen }) => isChosen)
  return (
    <>
      <Filters label={text.filters} filters={chips} />
      <details class="c-more" id="filters" open={isOpen || undefined}>
        <summary>{text.more}</summary>
        <FilterForm {...props} />
      </details>
    </>
  )
}

function FilterForm(props: Props) {
  const { frame, context } = props
  const text = frame.words.console.journal
  return (
    <form method="post" action={pageHref(context, '/journal/search')}>
      <div class="c-fields">
        <Text {...props} name="text" />
        <Text {...props} name="mobile" type="tel" />
        <Choices {...props} />
        <Text {...props} name="endpoint" hint={text.hints.endpoint} />
        <Text {...props} name="errcode" hint={text.hints.errcode} />
        <Text {...props} name="status" hint={text.hints.status} />
        <Text {...props} name="rule" />
        <Text {...props} name="person" />
        <Text {...props} name="openid" />
        <Text {...props} name="client_msg_id" />
        <Text {...props} name="msgid" />
        <Text {...props} name="trace" />
        <Text {...props} name="since" hint={text.hints.instant} />
        <Text {...props} name="until" />
      </div>
      <div class="c-actions">
        <Button id="filter">{text.apply}</Button>
        <ButtonLink href={pageHref(context, '/journal')}>{text.clear}</ButtonLink>
      </div>
    </form>
  )
}

type Name = keyof JournalQuery
type TextProps = Props & { name: Name; hint?: string; type?: 'tel' }

function Text({ frame: { words }, context, facts, name, hint, type }: TextProps) {
  const { query } = facts
  return (
    <Field
      words={words}
      context={context}
      form="journal"
      name={name}
      label={words.console.journal.fields[name]}
      value={query[name] ?? ''}
      maxlength={200}
      hint={hint}
      {...(type && { type })}
    />
  )
}

function Choices(props: Props) {
  const { frame, facts } = props
  const text = frame.words.console.journal
  return (
    <>
      <Choice
        {...props}
        name="account"
        options={facts.accounts.map(({ key, company }) => ({ value: key, name: company }))}
      />
      <Choice
        {...props}
        name="surface"
        options={facts.surfaces.map((surface) => ({ value: surface, name: surface }))}
      />
      <Choice
        {...props}
        name="direction"
        options={(['in', 'out'] as const).map((value) => ({
          value,
          name: text.directions[value],
        }))}
      />
      <Choice {...props} name="unmatched" options={[{ value: 'true', name: text.yes }]} />
      <Select
        words={frame.words}
        context={props.context}
        form="journal"
        name="platform"
        label={text.fields.platform}
        value={facts.query.platform ?? 'false'}
        options={[
          { value: 'true', name: text.platform },
          { value: 'false', name: text.all },
        ]}
      />
    </>
  )
}

type ChoiceProps = Props & {
  name: Name
  options: readonly { readonly value: string; readonly name: string }[]
}

function Choice({ frame: { words }, context, facts: { query }, name, options }: ChoiceProps) {
  const text = words.console.journal
  return (
    <Select
      words={words}
      context={context}
      form="journal"
      name={name}
      label={text.fields[name]}
      value={query[name] ?? ''}
      options={[{ value: '', name: text.any }, ...options]}
    />
  )
}
