import { Button, ButtonLink } from '../components/button.tsx'
import { PageHead } from '../components/page-head.tsx'
import { Empty } from '../components/panel.tsx'
import { SearchField } from '../components/search-field.tsx'
import { filled } from '../components/text.tsx'
import { mobileText } from '../console/messages/list.tsx'
import { Layout } from '../layout.tsx'
import { langHref, pageHref } from '../page-context.ts'
import type { PhoneWords } from '../words/phone/en.ts'
import { MakePerson, type PeopleProps } from './make-person.tsx'
import { Avatar, peopleCrumb, phoneHref, Unread } from './parts.tsx'
import type { PersonLine, PhoneContext } from './props.ts'

/** The table on which all phones of a world lie. */
export function PeoplePage(props: PeopleProps) {
  const { frame, context, site, facts } = props
  const { phone: words, console } = frame.words
  const { people } = words
  return (
    <Layout
      frame={frame}
      title={`${people.title} · ${facts.world}`}
      site={site}
      place="people"
      langHref={(lang) => langHref(context, lang)}
    >
      <PageHead title={people.title} label={console.way} crumbs={[peopleCrumb(frame, context)]} />
      <p class="c-muted">{filled(people.lead, { world: facts.world })}</p>
      <SearchField
        id="q"
        label={people.search}
        button={people.find}
        method="get"
        action={`${context.basePath}/phone`}
        value={facts.q}
        fields={langField(props)}
      />
      {facts.people.length === 0 ? <Nobody {...props} /> : <People {...props} />}
      <MakePerson {...props} />
    </Layout>
  )
}

/** A form that is sent in its address says the language again. */
function langField({ frame, context }: PeopleProps): Record<string, string> {
  return context.langQuery ? { lang: frame.lang } : {}
}

function Nobody({ frame, context, facts: { q } }: PeopleProps) {
  const { people } = frame.words.phone
  if (q === '') return <Empty title={people.none} text={people.noneText} />
  return (
    <Empty title={filled(people.nobody, { q })} text={people.nobodyText}>
      <ButtonLink href={pageHref(context, '/phone')}>{people.all}</ButtonLink>
    </Empty>
  )
}

function People(props: PeopleProps) {
  const { frame, context, facts } = props
  const words = frame.words.phone
  const { people, hasMore } = facts
  return (
    <form method="get" action={`${context.basePath}/phone`}>
      {Object.entries(langField(props)).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <ul class="c-rows ph-phones" aria-label={words.people.list}>
        {people.map((line) => (
          <Line line={line} context={context} words={words} />
        ))}
      </ul>
      {hasMore ? (
        <p class="c-small">{filled(words.people.more, { count: String(people.length) })}</p>
      ) : null}
      <p class="ph-side-act">
        <span class="c-small">{words.people.sideHint}</span>
        <Button>{words.people.side}</Button>
      </p>
    </form>
  )
}

function Line({
  line,
  context,
  words,
}: {
  line: PersonLine
  context: PhoneContext
  words: PhoneWords
}) {
  const { person, key, name, mobile, unread, follows } = line
  const { people } = words
  return (
    <li class="ph-person">
      <a class="c-row" href={phoneHref(context, person)}>
        <span class="ph-picture">
          <Avatar name={name} seed={person} />
          <Unread count={unread} words={words} />
        </span>
        <span>
          <strong>{name}</strong>{' '}
          <small>{mobile === null ? people.noMobile : mobileText(mobile)}</small>
        </span>
        <span>
          <span class="c-line">
            {follows.length > 0
              ? filled(people.follows, { names: follows.join(' · ') })
              : people.followsNobody}
          </span>
          <small>{filled(people.keyed, { key })}</small>
        </span>
      </a>
      <label class="ph-choose">
        <span class="c-hidden">{filled(people.choose, { name })}</span>
        <input type="checkbox" name="side" value={key} />
      </label>
    </li>
  )
}
