import type { PropsWithChildren } from 'hono/jsx'
import { filled } from '../components/text.tsx'
import { Layout } from '../layout.tsx'
import { langHref } from '../page-context.ts'
import type { Words } from '../words/en.ts'
import { ClockBar, kindName } from './clock-bar.tsx'
import type { ConsoleProps } from './parts.tsx'
import type { Flash } from './props.ts'

interface Props extends ConsoleProps {
  readonly title: string
}

/** A page of the console: what was done last, the clock, and what it is about. */
export function Shell(props: PropsWithChildren<Props>) {
  const { frame, context, title, children } = props
  return (
    <Layout
      frame={frame}
      title={`${title} – ${frame.words.site.name}`}
      section="accounts"
      basePath={context.basePath}
      langHref={(lang) => langHref(context, lang)}
    >
      <div class="page co">
        <h1>{title}</h1>
        <FlashBox flash={context.flash} words={frame.words} />
        <ClockBar {...props} />
        {children}
      </div>
    </Layout>
  )
}

/** What was done last, or why it was not. */
function FlashBox({ flash, words }: { flash: Flash | undefined; words: Words }) {
  if (!flash) return null
  const text = words.console.flash
  if (flash.kind === 'refused') {
    return (
      <div class="co-notice co-refused" role="alert">
        <strong>{text.refused}</strong>
        <p>{words.console.refusals[flash.code]}</p>
        <p>
          {text.says} <q lang="en">{flash.reason}</q>
        </p>
      </div>
    )
  }
  return (
    <div class="co-notice" role="status">
      <strong>{text.done[flash.verb]}</strong>
      {flash.lost > 0 ? <p>{filled(text.lost, { count: String(flash.lost) })}</p> : null}
      {flash.verb === 'clock.advance' ? <Ran flash={flash} words={words} /> : null}
    </div>
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
