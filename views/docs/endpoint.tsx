import { Code, Say } from '../components/text.tsx'
import type { Words } from '../words/en.ts'
import { Fields } from './fields.tsx'
import type { EndpointDoc } from './props.ts'
import { FidelityBadge, Refusals } from './refusals.tsx'

interface Props {
  readonly words: Words
  /** The surface's, which makes ids unique. */
  readonly tag: string
  readonly endpoint: EndpointDoc
}

/** One endpoint: how it is called, what it takes, what it refuses, an example. */
export function EndpointArticle({ words, tag, endpoint }: Props) {
  const { docs } = words
  const { id, methods, path, summary, source, fidelity, fields } = endpoint
  const anchor = `${tag}-${id}`
  return (
    <article class="endpoint" aria-labelledby={anchor}>
      <h3 id={anchor}>
        <a href={`#${anchor}`}>
          <span class="method">{methods.join(', ')}</span> <code>{path}</code>
        </a>
      </h3>
      <p class="facts">
        <code>{id}</code> {fidelity ? <FidelityBadge words={words} fidelity={fidelity} /> : null}
      </p>
      <p>
        <Say text={summary} />
      </p>
      <div class="sides">
        <div class="said">
          <h4>{docs.fields}</h4>
          {fields.length > 0 ? <Fields words={words} fields={fields} /> : <p>{docs.noFields}</p>}
          <Refused words={words} tag={tag} endpoint={endpoint} />
          <p class="aside">
            {docs.source}: {source}
          </p>
        </div>
        <Example words={words} endpoint={endpoint} />
      </div>
    </article>
  )
}

function Refused({ words, tag, endpoint }: Props) {
  const { refusals, statuses } = endpoint
  if (refusals.length > 0) {
    return (
      <>
        <h4>{words.docs.refusals}</h4>
        <Refusals words={words} refusals={refusals} />
      </>
    )
  }
  return (
    <p>
      <a href={`#${tag}-codes`}>{words.docs.refuses}</a>: {statuses.join(', ')}
    </p>
  )
}

function Example({ words, endpoint }: { words: Words; endpoint: EndpointDoc }) {
  const { docs } = words
  const { curl, status, answer, answerFields } = endpoint
  return (
    <div class="shown">
      <h4>{docs.call}</h4>
      <Code text={curl} copy />
      <h4>
        {docs.answer} <span class="status">{`${docs.status} ${status}`}</span>
      </h4>
      {answer === '' ? null : <Code text={answer} />}
      {answerFields.length > 0 ? (
        <details>
          <summary>{docs.answerFields}</summary>
          <Fields words={words} fields={answerFields} answer />
        </details>
      ) : null}
    </div>
  )
}
