import { DocsEndpoint } from '../../views/docs/endpoint.tsx'
import { DocsIndex } from '../../views/docs/index.tsx'
import type { DocsContext } from '../../views/docs/props.ts'
import { DocsSearch } from '../../views/docs/search.tsx'
import { DocsSurface } from '../../views/docs/surface.tsx'
import { DocsTopic } from '../../views/docs/topic.tsx'
import { isTopicName } from '../../views/docs/topics.ts'
import type { Frame } from '../../views/layout.tsx'
import { en } from '../../views/words/en.ts'
import { zh } from '../../views/words/zh.ts'
import type { Documented } from '../apidoc/describe.ts'
import { transportAnswers } from '../apidoc/error-docs.ts'
import { tagOf } from '../apidoc/openapi.ts'
import { assetPath } from '../page/asset.ts'
import { frameOf, html } from '../page/frame.ts'
import type { Lang } from '../page/language.ts'
import { refusalDoc } from './codes.ts'
import { describeEndpoint, exampleFacts, navOf } from './describe.ts'
import { searchEntries } from './entries.ts'
import type { DocsFacts } from './facts.ts'
import { makeIndex, type SearchIndex, search } from './search.ts'
import { topicData } from './topic-data.ts'

/** Which page of the documentation is asked for, by whom. */
export interface DocsRequest {
  readonly lang: Lang
  /** Parts of the path after `/docs`. */
  readonly parts: readonly string[]
  /** What is searched for. */
  readonly query: string | undefined
  readonly facts: DocsFacts
  readonly at: Pick<DocsContext, 'basePath' | 'langQuery' | 'returnTo' | 'site'>
}

interface Drawing {
  readonly surfaces: readonly Documented[]
  readonly lang: Lang
  readonly facts: DocsFacts
  readonly frame: Frame
  readonly docs: DocsContext
}

/** A page, or where it is found instead. */
type DocsPage = { readonly status: 200 | 404; readonly html: string } | { readonly moved: string }

/** A page of the documentation. Of an address that leads nowhere the words are searched for. */
export function docsPage(
  surfaces: readonly Documented[],
  { lang, parts, query, facts, at }: DocsRequest,
): DocsPage {
  const frame = frameOf(lang)
  const docs: DocsContext = {
    ...at,
    query: query ?? '',
    script: assetPath('docs.js'),
    surfaces: navOf(surfaces, lang),
    facts: exampleFacts(facts),
  }
  const drawing = { surfaces, lang, facts, frame, docs }
  const page = query?.trim() ? searchPage(drawing, query) : readingPage(drawing, parts)
  if (page === undefined) return { status: 404, html: searchPage(drawing, parts.join(' ')) }
  return typeof page === 'string' ? { status: 200, html: page } : page
}

/** The page at an address; undefined where there is none. */
function readingPage(
  drawing: Drawing,
  [first, id, ...rest]: readonly string[],
): string | { readonly moved: string } | undefined {
  const { surfaces, lang, frame, docs } = drawing
  if (rest.length > 0) return undefined
  if (first === undefined) return html(DocsIndex({ frame, docs }))
  if (isTopicName(first)) {
    const data = topicData(frame.words, lang)
    return id === undefined ? html(DocsTopic({ frame, docs, name: first, data })) : undefined
  }
  const surface = surfaces.find((one) => tagOf(one) === first)
  if (!surface) return undefined
  return id === undefined ? surfacePage(drawing, surface) : endpointPage(drawing, surface, id)
}

function surfacePage({ lang, frame, docs }: Drawing, of: Documented): string | undefined {
  const surface = docs.surfaces.find(({ tag }) => tag === tagOf(of))
  const always = transportAnswers(of).map(({ entry }) => refusalDoc(entry, lang))
  return surface && html(DocsSurface({ frame, docs, surface, always }))
}

/** A noun alone is a place on the page of its surface. */
function endpointPage(
  { surfaces, lang, facts, frame, docs }: Drawing,
  of: Documented,
  id: string,
): string | { readonly moved: string } | undefined {
  const surface = docs.surfaces.find(({ tag }) => tag === tagOf(of))
  const endpoint = of.endpoints.find((one) => one.id === id)
  if (!surface) return undefined
  if (!endpoint) {
    const isNoun = surface.nouns.some(({ noun }) => noun === id)
    return isNoun ? { moved: `/${surface.tag}#${id}` } : undefined
  }
  const doc = describeEndpoint(surfaces, { surface: of, endpoint }, { lang, facts })
  return html(DocsEndpoint({ frame, docs, surface, endpoint: doc }))
}

const indexes = new WeakMap<readonly Documented[], SearchIndex>()

/** The index is made when somebody first searches. */
function searchPage({ surfaces, lang, frame, docs }: Drawing, query: string): string {
  const index = indexes.get(surfaces) ?? makeIndex(searchEntries(surfaces, { en, zh }))
  indexes.set(surfaces, index)
  return html(DocsSearch({ frame, docs: { ...docs, query }, ...search(index, query, lang) }))
}
