import type { PropsWithChildren } from 'hono/jsx'
import { Code } from '../components/text.tsx'
import type { Words } from '../words/en.ts'
import type { DocsContext, NavEndpoint, NavSurface } from './props.ts'
import { isTopicName } from './topics.ts'

/** The address of a page of the documentation: in its world, in the language that was asked for. */
export function docsHref({ basePath, langQuery }: DocsContext, path: string): string {
  const [page = '', place] = path.split('#')
  const hash = place === undefined ? '' : `#${place}`
  return `${basePath}/docs${page}${langQuery && `?${langQuery}`}${hash}`
}

/** The page of an endpoint, below `/docs`; of one that several surfaces have, the first. */
export function endpointPath(docs: DocsContext, id: string): string | undefined {
  const surface = docs.surfaces.find((one) => endpointsOf(one).some((each) => each.id === id))
  return surface && `/${surface.tag}/${id}`
}

export function endpointsOf({ nouns }: NavSurface): NavEndpoint[] {
  return nouns.flatMap(({ endpoints }) => endpoints)
}

interface Props {
  readonly words: Words
  readonly docs: DocsContext
}

/** A sentence: what is between backticks is code, and a link where it names an endpoint or a page of ours. */
export function DocsSay({ words, docs, text }: Props & { text: string }) {
  const parts = text.split('`')
  return (
    <>{parts.map((part, i) => (i % 2 ? <Piece words={words} docs={docs} code={part} /> : part))}</>
  )
}

function Piece({ words, docs, code }: Props & { code: string }) {
  const [, page = '', place = ''] = /^\/docs\/([a-z]+)(#[a-z]+)?$/.exec(code) ?? []
  if (page !== '') {
    const title = isTopicName(page) ? words.docs.topics[page].title : surfaceTitle(words, page)
    return <a href={docsHref(docs, `/${page}${place}`)}>{title}</a>
  }
  const path = endpointPath(docs, code)
  const text = <code>{code}</code>
  return path === undefined ? text : <a href={docsHref(docs, path)}>{text}</a>
}

function surfaceTitle({ docs }: Words, name: string): string {
  const isSurface = name === 'tupu' || name === 'wechat' || name === 'sink' || name === 'control'
  return isSurface ? docs[name].title : name
}

/** Sentences as paragraphs, with links. */
export function DocsParagraphs({ words, docs, of }: Props & { of: readonly string[] }) {
  return (
    <>
      {of.map((text) => (
        <p>
          <DocsSay words={words} docs={docs} text={text} />
        </p>
      ))}
    </>
  )
}

/** What is to be pasted, with a button that the script shows: without it one click selects all. */
export function CopyCode({ words: { docs }, text }: { words: Words; text: string }) {
  return (
    <div class="copyable">
      <Code text={text} copy />
      <button type="button" class="copy-button" hidden data-done={docs.copied}>
        {docs.copy}
      </button>
    </div>
  )
}

/** A table that is longer or wider than what is around it: it scrolls inside. */
export function Scroll({
  label,
  tall,
  children,
}: PropsWithChildren<{ label: string; tall?: boolean }>) {
  return (
    <section class={tall ? 'scroll tall' : 'scroll'} aria-label={label} tabindex={0}>
      {children}
    </section>
  )
}
