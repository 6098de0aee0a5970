import type { PropsWithChildren } from 'hono/jsx'
import { filled } from '../components/text.tsx'
import { type Frame, Layout } from '../layout.tsx'
import { langHref } from '../page-context.ts'
import type { Words } from '../words/en.ts'
import { docsHref } from './parts.tsx'
import type { DocsContext, NavSurface } from './props.ts'
import { topic_groups } from './topics.ts'

interface Props {
  readonly frame: Frame
  readonly docs: DocsContext
  readonly title: string
  /** Where the page stands, below `/docs`: empty for the first one. */
  readonly here: string
  /** Between the first page and this one. */
  readonly above?: readonly { readonly path: string; readonly title: string }[]
}

/** Around each page of the documentation: contents beside it, the way to it and a search above it. */
export function DocsShell(props: PropsWithChildren<Props>) {
  const { frame, docs, title, here, above = [], children } = props
  const { words } = frame
  const isFirst = here === ''
  return (
    <Layout
      frame={frame}
      title={isFirst ? `${title} · ${words.site.name}` : `${title} · ${words.site.docs}`}
      site={docs.site}
      place="docs"
      isReading
      langHref={(lang) => langHref(docs, lang)}
      script={docs.script}
    >
      <div class="docs">
        <Contents words={words} docs={docs} here={here} />
        <div class="content">
          <Search words={words} docs={docs} />
          {isFirst ? null : (
            <nav class="crumbs" aria-label={words.docs.where}>
              <ol>
                {[{ path: '', title: words.site.docs }, ...above].map(({ path, title: name }) => (
                  <li>
                    <a href={docsHref(docs, path)}>{name}</a>
                  </li>
                ))}
              </ol>
            </nav>
          )}
          <h1>{title}</h1>
          {children}
        </div>
      </div>
    </Layout>
  )
}

function Search({ words, docs }: { words: Words; docs: DocsContext }) {
  const { search } = words.docs
  const lang = new URLSearchParams(docs.langQuery).get('lang')
  return (
    <search>
      <form class="search" action={`${docs.basePath}/docs`}>
        <label for="q" class="hidden-label">
          {search.label}
        </label>
        <input
          id="q"
          type="search"
          name="q"
          value={docs.query}
          placeholder={search.example}
          maxlength={100}
        />
        {lang === null ? null : <input type="hidden" name="lang" value={lang} />}
        <button type="submit">{search.button}</button>
      </form>
    </search>
  )
}

/** All topics and surfaces; of the surface that one reads, its nouns, and of the noun its endpoints. */
function Contents({ words, docs, here }: { words: Words; docs: DocsContext; here: string }) {
  const { groups, topics, contents, reference } = words.docs
  return (
    <nav class="contents" aria-label={contents}>
      {topic_groups.map(({ group, topics: names }) => (
        <>
          <p>{groups[group]}</p>
          <ul>
            {names.map((name) => (
              <Entry docs={docs} here={here} path={`/${name}`} title={topics[name].title} />
            ))}
          </ul>
        </>
      ))}
      <p>{reference}</p>
      <ul>
        {docs.surfaces.map((surface) => (
          <Entry
            docs={docs}
            here={here}
            path={`/${surface.tag}`}
            title={surfaceTitle(words, surface)}
          >
            {here.split('/')[1] === surface.tag ? (
              <Nouns docs={docs} here={here} surface={surface} />
            ) : null}
          </Entry>
        ))}
      </ul>
    </nav>
  )
}

function Nouns({ docs, here, surface }: { docs: DocsContext; here: string; surface: NavSurface }) {
  const own = here.split('/')[2]
  return (
    <ul>
      {surface.nouns.map(({ noun, endpoints }) => (
        <Entry docs={docs} here={here} path={`/${surface.tag}#${noun}`} title={noun}>
          {endpoints.some(({ id }) => id === own) ? (
            <ul>
              {endpoints.map(({ id }) => (
                <Entry docs={docs} here={here} path={`/${surface.tag}/${id}`} title={id} />
              ))}
            </ul>
          ) : null}
        </Entry>
      ))}
    </ul>
  )
}

function Entry(
  props: PropsWithChildren<{ docs: DocsContext; here: string; path: string; title: string }>,
) {
  const { docs, here, path, title, children } = props
  return (
    <li>
      <a href={docsHref(docs, path)} aria-current={path === here ? 'page' : undefined}>
        {title}
      </a>
      {children}
    </li>
  )
}

/** A surface is named by its words; a partner's own profile by its name too. */
export function surfaceTitle({ docs }: Words, { name, profile }: NavSurface): string {
  return profile === undefined ? docs[name].title : filled(docs.variant, { profile })
}
