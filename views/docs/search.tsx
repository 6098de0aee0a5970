import { filled } from '../components/text.tsx'
import type { Frame } from '../layout.tsx'
import { docsHref } from './parts.tsx'
import type { DocsContext, Found } from './props.ts'
import { DocsShell } from './shell.tsx'

interface Props {
  readonly frame: Frame
  readonly docs: DocsContext
  readonly found: readonly Found[]
  /** How many there were, before the best were taken. */
  readonly count: number
  /** What to mark, in lower case. */
  readonly terms: readonly string[]
}

/** What a search has found, the best first. */
export function DocsSearch({ frame, docs, found, count, terms }: Props) {
  const { search, kinds } = frame.words.docs
  const numbers = { count: String(count), shown: String(found.length) }
  const summary = count === 0 ? search.none : found.length < count ? search.more : search.found
  const title = filled(search.title, { query: docs.query })
  return (
    <DocsShell frame={frame} docs={docs} title={title} here="?">
      <p class="aside">{filled(summary, numbers)}</p>
      <ol class="results">
        {found.map(({ kind, path, title: name, text, links }) => (
          <li>
            <a href={docsHref(docs, path)}>
              <Marked text={name} terms={terms} />
            </a>{' '}
            <span class="badge kind">{kinds[kind]}</span>
            <p>
              <Marked text={text} terms={terms} />
            </p>
            {links.length > 1 ? (
              <p class="aside">
                {links.map((link, i) => (
                  <>
                    {i > 0 ? '\u00a0· ' : ''}
                    <a href={docsHref(docs, link.path)}>{link.title}</a>
                  </>
                ))}
              </p>
            ) : null}
          </li>
        ))}
      </ol>
    </DocsShell>
  )
}

function Marked({ text, terms }: { text: string; terms: readonly string[] }) {
  const pattern = terms.map((term) => term.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|')
  const parts = pattern === '' ? [text] : text.split(new RegExp(`(${pattern})`, 'gi'))
  return <>{parts.map((part, i) => (i % 2 ? <mark>{part}</mark> : part))}</>
}
