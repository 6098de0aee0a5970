import { Code, filled, Say } from '../components/text.tsx'
import type { Frame } from '../layout.tsx'
import type { Words } from '../words/en.ts'
import { Fields } from './fields.tsx'
import { CopyCode, DocsSay, docsHref } from './parts.tsx'
import type { DocsContext, EndpointDoc, NavSurface } from './props.ts'
import { FidelityBadge, Refusals } from './refusals.tsx'
import { DocsShell, surfaceTitle } from './shell.tsx'

interface Props {
  readonly frame: Frame
  readonly docs: DocsContext
  readonly surface: NavSurface
  readonly endpoint: EndpointDoc
}

interface PartProps {
  readonly words: Words
  readonly docs: DocsContext
  readonly endpoint: EndpointDoc
}

/** One endpoint: how it is called, what it takes, what it refuses, examples, the answer. */
export function DocsEndpoint({ frame, docs, surface, endpoint }: Props) {
  const { words } = frame
  const { id, methods, path, summary, source, fidelity, fields } = endpoint
  const above = [{ path: `/${surface.tag}`, title: surfaceTitle(words, surface) }]
  const here = `/${surface.tag}/${id}`
  return (
    <DocsShell frame={frame} docs={docs} title={id} here={here} above={above}>
      <p class="lead">
        <Say text={summary} />
      </p>
      <p class="call">
        <span class="method">{methods.join(', ')}</span> <code>{path}</code>{' '}
        {fidelity ? <FidelityBadge words={words} fidelity={fidelity} /> : null}
      </p>
      <div class="sides">
        <div class="taken">
          <h2>{words.docs.fields}</h2>
          {fields.length > 0 ? (
            <Fields words={words} fields={fields} anchors />
          ) : (
            <p>{words.docs.noFields}</p>
          )}
        </div>
        <Example
          words={words}
          docs={docs}
          endpoint={endpoint}
          isSigned={surface.name === 'tupu' && docs.facts.sender?.signed === true}
        />
        <div class="refused">
          <Refused words={words} docs={docs} endpoint={endpoint} />
          <p class="aside">{filled(words.docs.source, { source })}</p>
        </div>
      </div>
    </DocsShell>
  )
}

function Refused({ words, docs, endpoint }: PartProps) {
  const { refusals, statuses } = endpoint
  if (refusals.length > 0) {
    return (
      <>
        <h2>{words.docs.refusals}</h2>
        <Refusals words={words} refusals={refusals} />
      </>
    )
  }
  return (
    <p>
      <a href={docsHref(docs, '/errors#problems')}>{words.docs.refuses}</a>: {statuses.join(', ')}
    </p>
  )
}

function Example({ words, docs, endpoint, isSigned }: PartProps & { isSigned: boolean }) {
  const { examples, earlier, status, answer, answerFields } = endpoint
  return (
    <div class="shown">
      <h2>{words.docs.example}</h2>
      <Notes words={words} docs={docs} isSigned={isSigned} />
      {earlier.length > 0 ? (
        <p class="aside">
          {words.docs.earlier}{' '}
          {earlier.map((id, i) => (
            <>
              {i > 0 ? ', ' : ''}
              <DocsSay words={words} docs={docs} text={`\`${id}\``} />
            </>
          ))}
        </p>
      ) : null}
      {examples.map(({ language, code }, i) => (
        <details name="code" class="example" open={i === 0} data-language={language}>
          <summary>{language}</summary>
          <CopyCode words={words} text={code} />
        </details>
      ))}
      <h2>
        {words.docs.answer} <span class="status">{`${words.docs.status} ${status}`}</span>
      </h2>
      {answer === '' ? null : <Code text={answer} />}
      {answerFields.length > 0 ? (
        <details>
          <summary>{words.docs.answerFields}</summary>
          <Fields words={words} fields={answerFields} answer />
        </details>
      ) : null}
    </div>
  )
}

/** In which world the examples call, and what else whoever pastes them must know. */
function Notes({ words, docs, isSigned }: { words: Words; docs: DocsContext; isSigned: boolean }) {
  const { sender, needsToken, fill } = docs.facts
  const { own, none, signed, token } = words.docs.notes
  const company = sender?.company ?? ''
  const notes = [
    filled(sender ? own : none, { ...fill, company }),
    ...(isSigned ? [signed] : []),
    ...(needsToken ? [token] : []),
  ]
  return (
    <>
      {notes.map((text) => (
        <p class="aside">
          <DocsSay words={words} docs={docs} text={text} />
        </p>
      ))}
    </>
  )
}
