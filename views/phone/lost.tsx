import type { Lost } from '../../src/phone/pages/lost.ts'
import type { Frame } from '../layout.tsx'
import { Mobile } from '../mobile.tsx'

interface Props {
  readonly frame: Frame
  readonly way: string
  readonly reason: Lost
}

/** There is no such phone, or no such page of it. */
export function LostPage({ frame, way, reason }: Props) {
  const { lost } = frame.words.phone
  const start = reason === 'unknown_world' ? '/phone' : `${way}/phone`
  return (
    <Mobile frame={frame} title={lost.title} kind="ph-lost">
      <div class="weui-msg">
        <div class="weui-msg__icon-area">
          <i class="weui-icon-warn weui-icon_msg-primary" aria-hidden="true" />
        </div>
        <div class="weui-msg__text-area">
          <h1 class="weui-msg__title">{lost.title}</h1>
          <p class="weui-msg__desc">{lost[reason]}</p>
        </div>
        <div class="weui-msg__opr-area">
          <p class="weui-btn-area">
            <a class="weui-btn weui-btn_primary" href={start} target="_top">
              {lost.lead}
            </a>
          </p>
        </div>
      </div>
    </Mobile>
  )
}
