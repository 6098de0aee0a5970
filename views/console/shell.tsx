import type { Child, PropsWithChildren } from 'hono/jsx'
import { Banner } from '../components/banner.tsx'
import { type Crumb, PageHead } from '../components/page-head.tsx'
import { filled } from '../components/text.tsx'
import { Layout } from '../layout.tsx'
import { langHref } from '../page-context.ts'
import { kindName } from '../site/clock-menu.tsx'
import type { PlaceName } from '../site/props.ts'
import type { Words } from '../words/en.ts'
import type { ConsoleProps } from './parts.tsx'
import type { Flash } from './props.ts'

interface Props extends ConsoleProps {
  readonly title: string
  /** The row of the navigation that leads here, or to a page above. */
  readonly place?: PlaceName
  /** Pages above this one, after that row. */
  readonly crumbs?: readonly Crumb[]
  /** At the right of the title. */
  readonly aside?: Child
  readonly isReading?: boolean
}

/** A page of the console in its frame: the way to it, its title, what was done last, and what it is about. */
export function Shell(props: PropsWithChildren<Props>) {
  const { frame, context, site, events, title, place, crumbs, aside, isReading, children } = props
  const { words } = frame
  return (
    <Layout
      frame={frame}
      title={`${title} – ${words.site.name}`}
      site={site}
      place={place}
      events={events}
      isReading={isReading ?? false}
      langHref={(lang) => langHref(context, lang)}
    >
      <PageHead title={title} label={words.console.way} crumbs={crumbs} aside={aside} />
      <FlashBox flash={context.flash} words={words} />
      {children}
    </Layout>
  )
}

/** What was done last, or why it was not. */
function FlashBox({ flash, words }: { flash: Flash | undefined; words: Words }) {
  // What a test message was answered stands beside its form.
  if (!flash || (flash.kind === 'done' && flash.verb === 'message.test')) return null
  const text = words.console.flash
  if (flash.kind === 'forgotten') return <Banner tone="warn" title={text.forgotten} isAnswer />
  if (flash.kind === 'refused') {
    return (
      <Banner tone="bad" title={text.refused} isAnswer>
        <p>{words.console.refusals[flash.code]}</p>
        <p class="c-small">
          {text.says} <q lang="en">{flash.reason}</q>
        </p>
      </Banner>
    )
  }
  return (
    <Banner tone="good" title={text.done[flash.verb]} isAnswer>
      {flash.lost > 0 ? <p>{filled(text.lost, { count: String(flash.lost) })}</p> : null}
      {flash.verb === 'clock.advance' ? <Ran flash={flash} words={words} /> : null}
    </Banner>
  )
}

function Ran({ flash, words }: { flash: Extract<Flash, { kind: 'done' }>; words: Words }) {
  const text = words.console.flash
  return (
    <>
      <p>{flash.ran.length > 0 ? text.ran : text.ranNothing}</p>
      {flash.ran.length > 0 ? (
        <ul>
          {flash.ran.map(({ count, kind, outcome }) => (
            <li>
              {count} × {kindName(kind, words)}: <code lang="en">{outcome}</code>
            </li>
          ))}
        </ul>
      ) : null}
      {flash.more ? <p>{text.more}</p> : null}
    </>
  )
}
