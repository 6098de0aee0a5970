import type { Frame } from '../layout.tsx'
import { Mobile } from '../mobile.tsx'

/** What the phone shows when a login was decided. */
export interface Props {
  readonly frame: Frame
  readonly isAllowed: boolean
}

/** The end of a login on the phone: it goes on in the browser before the code. */
export function LoginDonePage({ frame, isAllowed }: Props) {
  const { login } = frame.words.wechat
  const { heading, text } = isAllowed ? login.allowed : login.denied
  return (
    <Mobile frame={frame} title={heading} kind="wx-plain">
      <div class="weui-msg">
        <div class="weui-msg__icon-area" aria-hidden="true">
          <i class={`${isAllowed ? 'weui-icon-success' : 'weui-icon-info'} weui-icon_msg`} />
        </div>
        <div class="weui-msg__text-area">
          <h1 class="weui-msg__title">{heading}</h1>
          <p class="weui-msg__desc">{text}</p>
        </div>
      </div>
    </Mobile>
  )
}
