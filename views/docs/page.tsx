import { Paragraphs } from '../components/text.tsx'
import { type Frame, Layout } from '../layout.tsx'
import type { Words } from '../words/en.ts'
import { Decisions, Fidelity, Profiles, Signature, Start } from './guide.tsx'
import type { Docs, SurfaceDoc } from './props.ts'
import { SurfaceSection, surfaceTitle } from './surface.tsx'

/** A heading with what stands below it. */
interface Section {
  readonly title: string
  readonly text: readonly string[]
}

interface Props {
  readonly frame: Frame
  readonly docs: Docs
}

/** The documentation of everything that answers here. */
export function DocsPage({ frame, docs }: Props) {
  const { words } = frame
  return (
    <Layout frame={frame} title={`${words.site.docs} · ${words.site.name}`} section="docs">
      <div class="docs">
        <Contents words={words} surfaces={docs.surfaces} />
        <div class="content">
          <h1>{words.site.docs}</h1>
          <p class="lead">{words.docs.lead}</p>
          <Start words={words} />
          <Guide id="worlds" section={words.docs.worlds} />
          <Guide id="pages" section={words.docs.pages} />
          <Fidelity words={words} />
          {docs.surfaces.map((surface) => (
            <SurfaceSection words={words} surface={surface} />
          ))}
          <Signature words={words} />
          <Guide id="magic" section={words.docs.magic} />
          <Profiles words={words} profile={docs.profile} />
          <Decisions words={words} />
        </div>
      </div>
    </Layout>
  )
}

function Contents({ words, surfaces }: { words: Words; surfaces: readonly SurfaceDoc[] }) {
  const { docs } = words
  return (
    <nav class="contents" aria-label={docs.contents}>
      <ol>
        <Entry id="start" title={docs.start.title} />
        <Entry id="worlds" title={docs.worlds.title} />
        <Entry id="pages" title={docs.pages.title} />
        <Entry id="fidelity" title={docs.fidelity.title} />
        {surfaces.map((surface) => (
          <li>
            <a href={`#${surface.tag}`}>{surfaceTitle(words, surface)}</a>
            <ol>
              {surface.endpoints.map(({ id }) => (
                <li>
                  <a href={`#${surface.tag}-${id}`}>{id}</a>
                </li>
              ))}
            </ol>
          </li>
        ))}
        <Entry id="signature" title={docs.signature.title} />
        <Entry id="magic" title={docs.magic.title} />
        <Entry id="profiles" title={docs.profiles.title} />
        <Entry id="decisions" title={docs.decisions.title} />
      </ol>
    </nav>
  )
}

function Entry({ id, title }: { id: string; title: string }) {
  return (
    <li>
      <a href={`#${id}`}>{title}</a>
    </li>
  )
}

function Guide({ id, section }: { id: string; section: Section }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{section.title}</h2>
      <Paragraphs of={section.text} />
    </section>
  )
}
