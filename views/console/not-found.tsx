import { type Frame, Layout } from '../layout.tsx'
import type { MissingPage } from './props.ts'

interface Props {
  readonly frame: Frame
  readonly basePath: string
  readonly reason: MissingPage
}

/** There is no such account, or no such page. */
export function NotFoundPage({ frame, basePath, reason }: Props) {
  const { words, lang } = frame
  const { notFound } = words.console
  const inWorld = reason === 'unknown_world' ? '' : basePath
  return (
    <Layout
      frame={frame}
      title={`${notFound.title} – ${words.site.name}`}
      section="accounts"
      basePath={inWorld}
    >
      <div class="page narrow">
        <h1>{notFound.title}</h1>
        <p>{notFound[reason]}</p>
        <p>
          <a class="button" href={`${inWorld}/accounts?lang=${lang}`}>
            {notFound.lead}
          </a>
        </p>
      </div>
    </Layout>
  )
}
