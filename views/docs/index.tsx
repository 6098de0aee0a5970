import { Say } from '../components/text.tsx'
import type { Frame } from '../layout.tsx'
import type { Words } from '../words/en.ts'
import { docsHref, endpointsOf } from './parts.tsx'
import type { DocsContext, NavSurface } from './props.ts'
import { DocsShell, surfaceTitle } from './shell.tsx'
import { old_places, topic_groups } from './topics.ts'

/** The first page of the documentation: what there is to read, and all endpoints at a glance. */
export function DocsIndex({ frame, docs }: { frame: Frame; docs: DocsContext }) {
  const { words } = frame
  return (
    <DocsShell frame={frame} docs={docs} title={words.site.docs} here="">
      <p class="lead">{words.docs.lead}</p>
      <p class="aside">{words.docs.search.hint}</p>
      <div class="topics">
        {topic_groups.map(({ group, topics }) => (
          <section aria-labelledby={group}>
            <h2 id={group}>{words.docs.groups[group]}</h2>
            <ul>
              {topics.map((name) => (
                <li id={old_places[name]}>
                  <a href={docsHref(docs, `/${name}`)}>{words.docs.topics[name].title}</a>
                  <p>{words.docs.topics[name].lead}</p>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <h2>{words.docs.allEndpoints}</h2>
      {docs.surfaces.map((surface) => (
        <Endpoints words={words} docs={docs} surface={surface} />
      ))}
    </DocsShell>
  )
}

/** Every endpoint has a place here under the name that it had on the one long page. */
function Endpoints({
  words,
  docs,
  surface,
}: {
  words: Words
  docs: DocsContext
  surface: NavSurface
}) {
  const { tag } = surface
  return (
    <section aria-labelledby={tag}>
      <h3 id={tag}>
        <a id={`${tag}-codes`} href={docsHref(docs, `/${tag}`)}>
          {surfaceTitle(words, surface)}
        </a>
      </h3>
      <ul class="all">
        {endpointsOf(surface).map(({ id, summary }) => (
          <li id={`${tag}-${id}`}>
            <a href={docsHref(docs, `/${tag}/${id}`)}>
              <code>{id}</code>
            </a>{' '}
            <span>
              <Say text={summary} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
