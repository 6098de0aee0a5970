import type { PropsWithChildren } from 'hono/jsx'
import type { Notice } from '../../src/console/facts.ts'
import { filled } from '../components/text.tsx'
import { Layout } from '../layout.tsx'
import { langHref } from '../phone/parts.tsx'
import type { Words } from '../words/words.ts'
import { ClockBar, kindName } from './clock-bar.tsx'
import type { ConsoleProps } from './parts.tsx'

interface Props extends ConsoleProps {
  readonly title: string
}

/** A page of the console: what was done last, the clock, and what it is about. */
export function Shell(props: PropsWithChildren<Props>) {
  const { frame, visit, title, children } = props
  return (
    <Layout
      frame={frame}
      title={`${title} – ${frame.words.site.name}`}
      here="accounts"
      way={visit.way}
      langHref={(lang) => langHref(visit, lang)}
    >
      <div class="page co">
        <h1>{title}</h1>
        <NoticeBox notice={visit.notice} words={frame.words} />
        <ClockBar {...props} />
        {children}
      </div>
    </Layout>
  )
}

/** What was done last, or why it was not. */
function NoticeBox({ notice, words }: { notice: Notice | undefined; words: Words }) {
  if (!notice) return null
  const text = words.console.notice
  if (notice.kind === 'refused') {
    return (
      <div class="co-notice co-refused" role="alert">
        <strong>{text.refused}</strong>
        <p>{words.console.refusals[notice.code]}</p>
        <p>
          {text.says} <q lang="en">{notice.reason}</q>
        </p>
      </div>
    )
  }
  return (
    <div class="co-notice" role="status">
      <strong>{text.done[notice.verb]}</strong>
      {notice.lost > 0 ? <p>{filled(text.lost, { count: String(notice.lost) })}</p> : null}
      {notice.verb === 'clock.advance' ? <Ran notice={notice} words={words} /> : null}
    </div>
  )
}

function Ran({ notice, words }: { notice: Extract<Notice, { kind: 'done' }>; words: Words }) {
  const text = words.console.notice
  return (
    <>
      <p>{notice.ran.length > 0 ? text.ran : text.ranNothing}</p>
      {notice.ran.length > 0 ? (
        <ul>
          {notice.ran.map(({ count, kind, outcome }) => (
            <li>
              {count} × {kindName(kind, words)}: <code lang="en">{outcome}</code>
            </li>
          ))}
        </ul>
      ) : null}
      {notice.more ? <p>{text.more}</p> : null}
    </>
  )
}
