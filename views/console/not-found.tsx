import { ButtonLink } from '../components/button.tsx'
import { Empty } from '../components/panel.tsx'
import { type Frame, Layout } from '../layout.tsx'
import type { Site } from '../site/props.ts'
import type { MissingPage } from './props.ts'

interface Props {
  readonly frame: Frame
  /** Undefined: the page was not even in a world. */
  readonly site: Site | undefined
  readonly reason: MissingPage
}

/** There is no such page: says why, and leads on. */
export function NotFoundPage({ frame, site, reason }: Props) {
  const { notFound } = frame.words.console
  return (
    <Layout frame={frame} title={`${notFound.title} – ${frame.words.site.name}`} site={site}>
      <h1>{notFound.title}</h1>
      <Empty title={notFound[reason]} text={notFound.text}>
        <ButtonLink href={`${site?.context.basePath ?? ''}/`} look="primary">
          {notFound.lead}
        </ButtonLink>
      </Empty>
    </Layout>
  )
}
