import type { Frame } from '../layout.tsx'
import { Mobile } from '../mobile.tsx'

/** What the page outside WeChat shows. */
export interface Props {
  readonly frame: Frame
  /** Where one may say who is looking; undefined: not everybody may. */
  readonly whoHref: string | undefined
  readonly langHref: (lang: string) => string
}

/** What WeChat shows to a browser that is not its own. */
export function OutsidePage({ frame, whoHref, langHref }: Props) {
  const { sorry, outside } = frame.words.wechat
  return (
    <Mobile frame={frame} title={sorry} langHref={langHref} kind="wx-plain">
      <div class="weui-msg">
        <div class="weui-msg__icon-area" aria-hidden="true">
          <i class="weui-icon-info weui-icon_msg" />
        </div>
        <div class="weui-msg__text-area">
          <h1 class="weui-msg__title">{outside.heading}</h1>
          <p class="weui-msg__desc">{outside.why}</p>
        </div>
        {whoHref === undefined ? null : (
          <div class="weui-msg__opr-area">
            <p class="weui-btn-area">
              <a class="weui-btn weui-btn_default" href={whoHref}>
                {outside.who}
              </a>
            </p>
          </div>
        )}
      </div>
    </Mobile>
  )
}
