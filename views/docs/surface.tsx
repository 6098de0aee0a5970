import { Say } from '../components/text.tsx'
import type { Frame } from '../layout.tsx'
import { DocsParagraphs, DocsSay, docsHref } from './parts.tsx'
import type { DocsContext, NavEndpoint, NavSurface, RefusalDoc } from './props.ts'
import { Refusals } from './refusals.tsx'
import { DocsShell, surfaceTitle } from './shell.tsx'

interface Props {
  readonly frame: Frame
  readonly docs: DocsContext
  readonly surface: NavSurface
  /** What is refused before any endpoint is reached. */
  readonly always: readonly RefusalDoc[]
}

/** One surface: what it is, and its endpoints by their nouns. */
export function DocsSurface({ frame, docs, surface, always }: Props) {
  const { words } = frame
  const { tag, name, nouns } = surface
  return (
    <DocsShell frame={frame} docs={docs} title={surfaceTitle(words, surface)} here={`/${tag}`}>
      <DocsParagraphs words={words} docs={docs} of={words.docs[name].text} />
      <h2 class="hidden-label">{words.docs.endpoints}</h2>
      {nouns.map(({ noun, endpoints }) => (
        <section aria-labelledby={noun}>
          <h3 id={noun}>{noun}</h3>
          <Endpoints docs={docs} tag={tag} endpoints={endpoints} />
        </section>
      ))}
      {always.length > 0 ? (
        <>
          <h2>{words.docs.always}</h2>
          <Refusals words={words} refusals={always} />
        </>
      ) : null}
      <p>
        <DocsSay words={words} docs={docs} text={words.docs.allCodes} />
      </p>
    </DocsShell>
  )
}

function Endpoints({
  docs,
  tag,
  endpoints,
}: {
  docs: DocsContext
  tag: string
  endpoints: readonly NavEndpoint[]
}) {
  return (
    <dl class="glance">
      {endpoints.map(({ id, methods, path, summary }) => (
        <div>
          <dt>
            <a href={docsHref(docs, `/${tag}/${id}`)}>
              <code>{id}</code>
            </a>
          </dt>
          <dd>
            <Say text={summary} />
            <br />
            <code>
              {methods.join(', ')} {path}
            </code>
          </dd>
        </div>
      ))}
    </dl>
  )
}
