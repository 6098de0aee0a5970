import { filled } from '../components/text.tsx'
import { Mobile } from '../mobile.tsx'
import { langHref, pageHref } from '../page-context.ts'
import type { PhoneWords } from '../words/phone/en.ts'
import { MakePerson, type PeopleProps } from './make-person.tsx'
import { Avatar, phoneHref, Unread } from './parts.tsx'
import type { PersonLine, PhoneContext } from './props.ts'

/** The table on which all phones of a world lie. */
export function PeoplePage(props: PeopleProps) {
  const { frame, context, facts } = props
  const words = frame.words.phone
  return (
    <Mobile
      frame={frame}
      title={`${words.people.title} · ${facts.world}`}
      langHref={(lang) => langHref(context, lang)}
      kind="ph-table"
    >
      <header class="ph-head">
        <h1>{words.people.title}</h1>
        <p>{filled(words.people.lead, { world: facts.world })}</p>
      </header>
      <Search {...props} />
      <People {...props} />
      <MakePerson {...props} />
    </Mobile>
  )
}

function Search({ frame, context, facts }: PeopleProps) {
  const { people } = frame.words.phone
  return (
    <search>
      <form class="ph-search" method="get" action={`${context.basePath}/phone`}>
        <label class="ph-hidden" for="q">
          {people.search}
        </label>
        <input
          id="q"
          name="q"
          type="search"
          class="weui-input"
          value={facts.q}
          placeholder={people.search}
          autocomplete="off"
        />
        {context.langQuery ? <input type="hidden" name="lang" value={frame.lang} /> : null}
        <button type="submit" class="weui-btn weui-btn_mini weui-btn_default">
          {people.find}
        </button>
        {facts.q ? <a href={pageHref(context, '/phone')}>{people.all}</a> : null}
      </form>
    </search>
  )
}

function People({ frame, context, facts }: PeopleProps) {
  const words = frame.words.phone
  const { q, people, hasMore } = facts
  if (people.length === 0) {
    return <p class="ph-none">{q ? filled(words.people.nobody, { q }) : words.people.none}</p>
  }
  return (
    <form method="get" action={`${context.basePath}/phone`} class="ph-people">
      {context.langQuery ? <input type="hidden" name="lang" value={frame.lang} /> : null}
      <ul class="ph-list" aria-label={words.people.list}>
        {people.map((line) => (
          <Line line={line} context={context} words={words} />
        ))}
      </ul>
      {hasMore ? (
        <p class="ph-hint">{filled(words.people.more, { count: String(people.length) })}</p>
      ) : null}
      <p class="ph-side-act">
        <button type="submit" class="weui-btn weui-btn_mini weui-btn_default">
          {words.people.side}
        </button>
        <span class="ph-hint">{words.people.sideHint}</span>
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
      <a class="ph-line" href={phoneHref(context, person)}>
        <span class="ph-picture">
          <Avatar name={name} seed={person} />
          <Unread count={unread} words={words} />
        </span>
        <span class="ph-line-text">
          <span class="ph-line-top">
            <span class="ph-name">{name}</span>
            <span class="ph-key">{key}</span>
          </span>
          <span class="ph-line-last">
            <span class="ph-number">{mobile ?? people.noMobile}</span>
            <span class="ph-cut">
              {follows.length > 0
                ? filled(people.follows, { names: follows.join(' · ') })
                : people.followsNobody}
            </span>
          </span>
        </span>
      </a>
      <label class="ph-choose">
        <span class="ph-hidden">{filled(people.choose, { name })}</span>
        <input type="checkbox" name="side" value={key} />
      </label>
    </li>
  )
}
