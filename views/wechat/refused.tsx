import type { Frame } from '../layout.tsx'
import { Mobile } from '../mobile.tsx'

/** What the page after a refusal shows. */
export interface Props {
  readonly frame: Frame
  /** The link that was refused. */
  readonly againHref: string
}

/** The end of a consent that was not given: WeChat's sheet closes, and nobody else is told. */
export function RefusedPage({ frame, againHref }: Props) {
  const { refused } = frame.words.wechat
  return (
    <Mobile frame={frame} title={refused.heading} kind="wx-plain">
      <div class="weui-msg">
        <div class="weui-msg__icon-area" aria-hidden="true">
          <i class="weui-icon-info weui-icon_msg" />
        </div>
        <div class="weui-msg__text-area">
          <h1 class="weui-msg__title">{refused.heading}</h1>
          <p class="weui-msg__desc">{refused.text}</p>
        </div>
        <div class="weui-msg__opr-area">
          <p class="weui-btn-area">
            <a class="weui-btn weui-btn_default" href={againHref}>
              {refused.again}
            </a>
          </p>
        </div>
      </div>
    </Mobile>
  )
}
