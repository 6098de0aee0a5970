import { ButtonLink } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { Panel } from '../../components/panel.tsx'
import { Row, Rows } from '../../components/rows.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { pageHref } from '../../page-context.ts'
import type { Words } from '../../words/en.ts'
import { Field, Select } from '../field.tsx'
import { mobileText } from '../messages/list.tsx'
import { type ConsoleProps, Submit, VerbForm } from '../parts.tsx'
import { Shell } from '../shell.tsx'
import { GoOn, NothingFound } from './parts.tsx'
import type { ListedPerson, PeopleFacts } from './props.ts'

type Props = ConsoleProps & { readonly facts: PeopleFacts }

/** Everybody who has a phone in the world, and how they stand to its accounts. */
export function PeoplePage(props: Props) {
  const { frame, context, facts } = props
  const text = frame.words.console.people
  return (
    <Shell
      {...props}
      title={text.title}
      place="people"
      aside={<ButtonLink href={pageHref(context, '/phone')}>{text.phones}</ButtonLink>}
    >
      <SearchField
        id="search"
        label={text.search}
        button={text.find}
        method="post"
        action={pageHref(context, '/people/search')}
        value={facts.q}
      />
      {facts.people.length === 0 ? (
        <NothingFound {...props} text={text} showAll={pageHref(context, '/people')} />
      ) : (
        <Rows label={text.title} live="people">
          {facts.people.map((person) => (
            <PersonRow {...props} person={person} />
          ))}
        </Rows>
      )}
      <GoOn {...props} name={text.more} path="/people" isEmpty={facts.people.length === 0} />
      <Make {...props} />
    </Shell>
  )
}

function PersonRow({ frame: { words }, context, person }: Props & { person: ListedPerson }) {
  const text = words.console.people
  const { name, mobile, key, accounts } = person
  const line = accounts.map(({ company }) => company).join(' · ')
  return (
    <Row
      href={pageHref(context, `/people/${person.person}`)}
      id={person.person}
      chip={<PersonChip person={person} words={words} />}
      name={name || key}
      under={`${mobile === null ? text.noMobile : mobileText(mobile)} · ${key}`}
      line={line || text.noAccounts}
      note={accounts.length === 0 ? undefined : accounts.map((at) => noteOf(at, words)).join(' · ')}
    />
  )
}

function noteOf({ state, registered }: ListedPerson['accounts'][number], words: Words): string {
  const text = words.console.people
  const between = words.tag === 'en' ? ', ' : '、'
  return registered ? `${text.states[state]}${between}${text.registered}` : text.states[state]
}

/** The best that there is between a person and any account. */
function PersonChip({ person: { accounts }, words }: { person: ListedPerson; words: Words }) {
  const text = words.console.people.chips
  if (accounts.some(({ registered }) => registered))
    return <Chip tone="good">{text.registered}</Chip>
  if (accounts.some(({ state }) => state === 'following')) return <Chip>{text.following}</Chip>
  return <Chip>{text.none}</Chip>
}

function Make({ frame: { words }, context, facts }: Props) {
  const text = words.console.people
  const at = { words, context, form: 'person' }
  const accounts = facts.accounts.map(({ key, company }) => ({ value: key, name: company }))
  return (
    <Panel id="make-person" title={text.make}>
      <VerbForm context={context} verb="person.create" form="person" class="c-form">
        <Field {...at} name="name" label={text.name} maxlength={100} required />
        <Field {...at} name="mobile" type="tel" label={text.mobile} />
        <Field {...at} name="key" label={text.key} hint={text.keyHint} maxlength={40} />
        <Select
          {...at}
          name="follows"
          label={text.follows}
          options={[{ value: '', name: text.followsNone }, ...accounts]}
        />
        <Submit words={words} verb="person.create" id="make" look="primary" />
      </VerbForm>
    </Panel>
  )
}
