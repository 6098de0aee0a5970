import type { Frame } from '../layout.tsx'
import { Mobile } from '../mobile.tsx'
import type { MissingPage } from './props.ts'

interface Props {
  readonly frame: Frame
  readonly basePath: string
  readonly reason: MissingPage
}

/** There is no such phone, or no such page of it. */
export function NotFoundPage({ frame, basePath, reason }: Props) {
  const { notFound } = frame.words.phone
  const start = reason === 'unknown_world' ? '/phone' : `${basePath}/phone`
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
