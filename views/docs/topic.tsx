import type { Fidelity as Label } from '../../src/core/refusal.ts'
import { Code, filled, Say } from '../components/text.tsx'
import type { Frame } from '../layout.tsx'
import type { TopicName, TopicPart } from '../words/docs/topic.ts'
import type { Words } from '../words/en.ts'
import { CodeTable, Drills, Outcomes, Rules, Settings } from './data.tsx'
import { Fields } from './fields.tsx'
import { CopyCode, DocsParagraphs, DocsSay, docsHref } from './parts.tsx'
import type { DocsContext, TopicData } from './props.ts'
import { FidelityBadge } from './refusals.tsx'
import { samples } from './samples.ts'
import { DocsShell } from './shell.tsx'
import { topic_names } from './topics.ts'

interface Props {
  readonly frame: Frame
  readonly docs: DocsContext
  readonly name: TopicName
  readonly data: TopicData
}

/** A page that was written by hand. */
export function DocsTopic({ frame, docs, name, data }: Props) {
  const { words } = frame
  const { title, lead, parts } = words.docs.topics[name]
  return (
    <DocsShell frame={frame} docs={docs} title={title} here={`/${name}`}>
      <p class="lead">{lead}</p>
      {parts.map((part) => (
        <section class="part" aria-labelledby={part.id}>
          <h2 id={part.id}>{part.title}</h2>
          <Part words={words} docs={docs} part={part} data={data} />
        </section>
      ))}
      <Neighbours words={words} docs={docs} name={name} />
    </DocsShell>
  )
}

interface PartProps {
  readonly words: Words
  readonly docs: DocsContext
  readonly part: TopicPart
  readonly data: TopicData
}

function Part({ words, docs, part, data }: PartProps) {
  const { text, code, list = [], after = [], show } = part
  return (
    <>
      <DocsParagraphs words={words} docs={docs} of={text} />
      {code ? <CopyCode words={words} text={filled(samples[code], docs.facts.fill)} /> : null}
      {list.length > 0 ? (
        <ul class="points">
          {list.map((point) => (
            <li>
              <DocsSay words={words} docs={docs} text={point} />
            </li>
          ))}
        </ul>
      ) : null}
      {show ? <Shown words={words} show={show} data={data} /> : null}
      <DocsParagraphs words={words} docs={docs} of={after} />
    </>
  )
}

function Shown({
  words,
  show,
  data,
}: {
  words: Words
  show: NonNullable<TopicPart['show']>
  data: TopicData
}) {
  switch (show) {
    case 'outcomes':
      return <Outcomes words={words} outcomes={data.outcomes} />
    case 'drills':
      return <Drills words={words} drills={data.drills} />
    case 'settings':
      return <Settings words={words} settings={data.settings} />
    case 'rules':
      return <Rules words={words} />
    case 'fidelity':
      return <Fidelity words={words} />
    case 'profile':
      return <Profile words={words} profile={data.profile} />
    case 'partners':
      return <Partners words={words} partners={data.partners} />
    case 'tupu':
    case 'wechat':
    case 'sink':
    case 'problems':
      return <CodeTable words={words} name={show} codes={data.codes[show]} />
  }
}

const labels: readonly Label[] = ['documented', 'reported', 'assumed']

/** What the labels mean. */
function Fidelity({ words }: { words: Words }) {
  return (
    <dl class="glance">
      {labels.map((label) => (
        <div>
          <dt>
            <FidelityBadge words={words} fidelity={label} />
          </dt>
          <dd>{words.fidelity[label].means}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A profile as an example, and its fields. */
function Profile({ words, profile }: { words: Words; profile: TopicData['profile'] }) {
  return (
    <>
      <Code text={profile.example} copy />
      <h3>{words.docs.fields}</h3>
      <Fields words={words} fields={profile.fields} />
    </>
  )
}

/** The shipped profiles, each with what of it is assumed. */
function Partners({ words, partners }: { words: Words; partners: TopicData['partners'] }) {
  return (
    <>
      {partners.map(({ name, base, source, assumptions, data }) => (
        <>
          <h3 id={`partner-${name}`}>
            <code>{name}</code> <FidelityBadge words={words} fidelity="assumed" />
          </h3>
          <p>
            <code>{base}</code> · {filled(words.docs.source, { source })}
          </p>
          <ul class="points">
            {assumptions.map((one) => (
              <li>
                <Say text={one} />
              </li>
            ))}
          </ul>
          <details>
            <summary>{words.docs.profileData}</summary>
            <Code text={data} copy />
          </details>
        </>
      ))}
    </>
  )
}

/** The pages before and after, as one reads them. */
function Neighbours({ words, docs, name }: { words: Words; docs: DocsContext; name: TopicName }) {
  const at = topic_names.indexOf(name)
  const around = [
    { word: words.docs.previous, topic: topic_names[at - 1] },
    { word: words.docs.next, topic: topic_names[at + 1] },
  ]
  return (
    <ul class="neighbours">
      {around.map(({ word, topic }) =>
        topic === undefined ? null : (
          <li>
            <span>{word}</span>{' '}
            <a href={docsHref(docs, `/${topic}`)}>{words.docs.topics[topic].title}</a>
          </li>
        ),
      )}
    </ul>
  )
}
