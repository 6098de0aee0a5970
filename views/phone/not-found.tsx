import { ButtonLink } from '../components/button.tsx'
import { Empty } from '../components/panel.tsx'
import { type Frame, Layout } from '../layout.tsx'
import { Mobile } from '../mobile.tsx'
import type { Site } from '../site/props.ts'
import type { MissingPage } from './props.ts'

interface Props {
  readonly frame: Frame
  /** Undefined: the page was in no world, or in the frame of another. */
  readonly site: Site | undefined
  readonly basePath: string
  readonly reason: MissingPage
}

/** There is no such phone, or no such page of it. */
export function NotFoundPage({ frame, site, basePath, reason }: Props) {
  const { words } = frame
  const { notFound } = words.phone
  const start = reason === 'unknown_world' ? '/phone' : `${basePath}/phone`
  if (frame.isFramed) return <FramedNotFound {...{ frame, reason, start }} />
  return (
    <Layout
      frame={frame}
      title={`${notFound.title} – ${words.site.name}`}
      site={site}
      place="people"
    >
      <h1>{notFound.title}</h1>
      <Empty title={notFound[reason]} text={words.console.notFound.text}>
        <ButtonLink href={start} look="primary">
          {notFound.lead}
        </ButtonLink>
      </Empty>
    </Layout>
  )
}

/** The same where the phone would be. */
function FramedNotFound({
  frame,
  reason,
  start,
}: Pick<Props, 'frame' | 'reason'> & { start: string }) {
  const { notFound } = frame.words.phone
  return (
    <Mobile frame={frame} title={notFound.title} kind="ph-lost">
      <div class="weui-msg">
        <div class="weui-msg__icon-area">
          <i class="weui-icon-warn weui-icon_msg-primary" aria-hidden="true" />
        </div>
        <div class="weui-msg__text-area">
          <h1 class="weui-msg__title">{notFound.title}</h1>
          <p class="weui-msg__desc">{notFound[reason]}</p>
        </div>
        <div class="weui-msg__opr-area">
          <p class="weui-btn-area">
            <a class="weui-btn weui-btn_primary" href={start} target="_top">
              {notFound.lead}
            </a>
          </p>
        </div>
      </div>
    </Mobile>
  )
}
