import type { Lost } from '../../src/console/lost.ts'
import { type Frame, Layout } from '../layout.tsx'

interface Props {
  readonly frame: Frame
  readonly way: string
  readonly reason: Lost
}

/** There is no such account, or no such page. */
export function LostPage({ frame, way, reason }: Props) {
  const { words, lang } = frame
  const { lost } = words.console
  const inWorld = reason === 'unknown_world' ? '' : way
  return (
    <Layout
      frame={frame}
      title={`${lost.title} – ${words.site.name}`}
      here="accounts"
      way={inWorld}
    >
      <div class="page narrow">
        <h1>{lost.title}</h1>
        <p>{lost[reason]}</p>
        <p>
          <a class="button" href={`${inWorld}/accounts?lang=${lang}`}>
            {lost.lead}
          </a>
        </p>
      </div>
    </Layout>
  )
}
