import { Say } from '../components/text.tsx'
import type { Words } from '../words/en.ts'
import type { EndpointDoc, FieldRow } from './props.ts'

type Row = FieldRow & { readonly place?: EndpointDoc['fields'][number]['place'] }

interface Props {
  readonly words: Words
  readonly fields: readonly Row[]
  /** Of an answer everything is there, unless its type says otherwise. */
  readonly answer?: boolean
  /** Each has an address on the page. */
  readonly anchors?: boolean
}

/** Fields with type, place and meaning, one below the other: a table would not fit a phone. */
export function Fields({ words, fields, answer = false, anchors = false }: Props) {
  return (
    <dl class="field-rows">
      {fields.map((field) => (
        <div id={anchors ? `field-${field.name}` : undefined}>
          <dt>
            <code class="name">{field.name}</code> <span class="type">{field.type}</span>{' '}
            {field.required && !answer ? <b class="required">{words.docs.required}</b> : null}{' '}
            {field.place ? <span class="place">{placeWord(words, field.place)}</span> : null}
          </dt>
          <Facts words={words} field={field} />
        </div>
      ))}
    </dl>
  )
}

function Facts({ words: { docs }, field }: { words: Words; field: Row }) {
  const { description, limits, pattern, default: usual } = field
  if (!description && !limits && !pattern && !usual) return null
  return (
    <dd>
      {description ? (
        <p>
          <Say text={description} />
        </p>
      ) : null}
      <p class="limits">
        {limits ? <span>{`${docs.limits[limits.of]} ${limits.text}`}</span> : null}{' '}
        {pattern ? <code>{pattern}</code> : null}{' '}
        {usual ? <span>{`${docs.usual} ${usual}`}</span> : null}
      </p>
    </dd>
  )
}

function placeWord({ docs }: Words, place: NonNullable<Row['place']>): string {
  const words = { path: docs.inPath, query: docs.inQuery, header: docs.inHeader, body: docs.inBody }
  return words[place]
}
