import { filled, Paragraphs } from '../components/text.tsx'
import type { Words } from '../words/en.ts'
import { EndpointArticle } from './endpoint.tsx'
import type { SurfaceDoc } from './props.ts'
import { Refusals } from './refusals.tsx'

interface Props {
  readonly words: Words
  readonly surface: SurfaceDoc
}

/** A surface is named by its words; a partner's own profile by its name too. */
export function surfaceTitle({ docs }: Words, { name, profile }: SurfaceDoc): string {
  return profile === undefined ? docs[name].title : filled(docs.variant, { profile })
}

/** One surface: what it is, all its endpoints, all its codes. */
export function SurfaceSection({ words, surface }: Props) {
  const { docs } = words
  const { tag, name, endpoints, always, codes } = surface
  const codesId = `${tag}-codes`
  const count = String(codes.length)
  return (
    <section aria-labelledby={tag} class="surface">
      <h2 id={tag}>{surfaceTitle(words, surface)}</h2>
      <Paragraphs of={docs[name].text} />
      <Endpoints words={words} surface={surface} />
      {endpoints.map((endpoint) => (
        <EndpointArticle words={words} tag={tag} endpoint={endpoint} />
      ))}
      {always.length > 0 ? (
        <>
          <h3>{docs.always}</h3>
          <Refusals words={words} refusals={always} />
        </>
      ) : null}
      <h3 id={codesId}>{name === 'control' ? docs.problems : docs.codes}</h3>
      <details>
        <summary>{filled(docs.allCodes, { count })}</summary>
        <Refusals words={words} refusals={codes} />
      </details>
    </section>
  )
}

/** The endpoints at a glance. */
function Endpoints({ words, surface: { tag, endpoints } }: Props) {
  return (
    <>
      <h3>{words.docs.endpoints}</h3>
      <dl class="glance">
        {endpoints.map(({ id, methods, path, summary }) => (
          <div>
            <dt>
              <a href={`#${tag}-${id}`}>
                <code>
                  {methods.join(', ')} {path}
                </code>
              </a>
            </dt>
            <dd>{summary}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
