import { filled, Say } from './components/text.tsx'
import { type Frame, Layout } from './layout.tsx'
import type { Site } from './site/props.ts'

/** What platforms have met, for the wall. */
export interface CoverageFacts {
  /** Undefined: all worlds. */
  readonly world: string | undefined
  readonly met: number
  readonly of: number
  readonly percent: number
  readonly groups: readonly OutcomeGroup[]
}

export interface OutcomeGroup {
  readonly group: string
  readonly outcomes: readonly OutcomeFacts[]
}

export interface OutcomeFacts {
  /** Its name within the group: a code, or a word. */
  readonly name: string
  /** The errmsg of a code. */
  readonly text: string | undefined
  readonly hits: number
  readonly advice: string
  readonly mobile: string | undefined
  readonly how: string | undefined
}

interface Props {
  readonly frame: Frame
  /** Left out: the page stands alone, as a file from CI does. */
  readonly site?: Site | undefined
  readonly facts: CoverageFacts
}

/** One page to hang on the wall: a tile for every outcome, filled when it was met. */
export function CoveragePage({ frame, site, facts }: Props) {
  const { words } = frame
  const { coverage } = words
  const { world } = facts
  return (
    <Layout
      frame={frame}
      title={`${coverage.title} · ${words.site.name}`}
      site={site}
      place="coverage"
      langHref={(lang) => `?${queryOf(facts, { lang })}`}
    >
      <div class={site ? 'cv' : 'page cv'}>
        <header class="cv-head">
          <Ring facts={facts} label={filled(coverage.sum, sumOf(facts))} />
          <div>
            <h1>{coverage.title}</h1>
            <p class="cv-scope">
              <strong>
                {world === undefined ? coverage.everywhere : filled(coverage.world, { world })}
              </strong>
              {' · '}
              {filled(coverage.sum, sumOf(facts))}
            </p>
            <p class="c-muted">{coverage.lead}</p>
          </div>
        </header>
        {facts.groups.map((group) => (
          <Group frame={frame} group={group} />
        ))}
        <Further frame={frame} facts={facts} />
      </div>
    </Layout>
  )
}

const sumOf = ({ met, of }: { met: number; of: number }) => ({ met: String(met), of: String(of) })

function queryOf({ world }: CoverageFacts, more: Record<string, string>): string {
  return new URLSearchParams({ ...(world !== undefined && { world }), ...more }).toString()
}

/** How much of it was met, as a ring that fills. */
function Ring({ facts: { percent }, label }: { facts: CoverageFacts; label: string }) {
  return (
    <svg class="cv-ring" viewBox="0 0 120 120" role="img" aria-label={label}>
      <circle class="cv-ring-all" cx="60" cy="60" r="52" pathLength="100" />
      {percent > 0 ? (
        <circle
          class="cv-ring-met"
          cx="60"
          cy="60"
          r="52"
          pathLength="100"
          stroke-dasharray={`${percent} 100`}
          transform="rotate(-90 60 60)"
        />
      ) : null}
      <text x="60" y="61" text-anchor="middle" dominant-baseline="central">
        {`${percent}%`}
      </text>
    </svg>
  )
}

/** So many outcomes fill half a line. */
const few = 3

function Group({ frame, group: { group, outcomes } }: { frame: Frame; group: OutcomeGroup }) {
  const { coverage } = frame.words
  const words = coverage.groups[group] ?? { title: group, text: '' }
  const met = outcomes.filter(({ hits }) => hits > 0).length
  return (
    <section class={outcomes.length > few ? 'cv-group' : 'cv-group cv-few'} aria-labelledby={group}>
      <header>
        <h2 id={group}>{words.title}</h2>
        <p class="cv-sum">{filled(coverage.groupSum, sumOf({ met, of: outcomes.length }))}</p>
        <p class="aside">{words.text}</p>
      </header>
      <ul class="cv-tiles">
        {outcomes.map((outcome) => (
          <Tile frame={frame} outcome={outcome} />
        ))}
      </ul>
    </section>
  )
}

function Tile({ frame, outcome }: { frame: Frame; outcome: OutcomeFacts }) {
  const { coverage } = frame.words
  const { name, text, hits, advice, mobile, how } = outcome
  const isMet = hits > 0
  return (
    <li class={isMet ? 'cv-tile cv-met' : 'cv-tile'}>
      <div class="cv-name">
        <h3 translate="no">{name}</h3>
        <p class="cv-hits">
          {isMet ? filled(coverage.met, { hits: String(hits) }) : coverage.notMet}
        </p>
      </div>
      {text === undefined ? null : (
        <p class="cv-text" lang="en" translate="no">
          {text.replace(/\{\w+\}/g, '…')}
        </p>
      )}
      <p>
        <Say text={advice} />
      </p>
      <p class="cv-how">
        {coverage.provoke}
        {how === undefined ? (
          <Say text={coverage.mobile} fill={{ mobile: mobile ?? '' }} />
        ) : (
          <Say text={how} />
        )}
      </p>
    </li>
  )
}

/** Since when is counted, and where the same is to be had for machines. */
function Further({ frame: { words }, facts }: Omit<Props, 'site'>) {
  const { coverage } = words
  const href = `/_sim/v1/coverage?${queryOf(facts, {})}`.replace(/\?$/, '')
  const isOfWorld = facts.world !== undefined
  return (
    <footer class="cv-further">
      <p>{isOfWorld ? coverage.since.world : coverage.since.everywhere}</p>
      <p>
        {coverage.asData} <a href={href}>{href}</a>
      </p>
      <p>
        {coverage.merge} <code>tupu-sim coverage a.json b.json --min 80</code>
      </p>
    </footer>
  )
}
