import { filled } from '../components/text.tsx'
import type { Frame } from '../layout.tsx'
import { Mobile } from '../mobile.tsx'

/** What an error page shows. */
export interface Props {
  readonly frame: Frame
  readonly error: {
    /** WeChat's own words, which are Chinese. */
    readonly text: string
    readonly meaning: string
    /** Undefined: WeChat shows no number. */
    readonly code: number | undefined
    readonly trace: string
  }
}

/** WeChat's page about a link that it does not follow. */
export function ErrorPage({ frame, error: { text, meaning, code, trace } }: Props) {
  const { wechat } = frame.words
  return (
    <Mobile frame={frame} title={wechat.sorry} kind="wx-plain">
      <div class="weui-msg">
        <div class="weui-msg__icon-area" aria-hidden="true">
          <i class="weui-icon-warn weui-icon_msg" />
        </div>
        <div class="weui-msg__text-area">
          <h1 class="weui-msg__title" lang="zh-CN">
            {text}
          </h1>
          {code === undefined ? null : (
            <p class="weui-msg__desc">{filled(wechat.error.code, { code: String(code) })}</p>
          )}
          <p class="weui-msg__desc">{meaning}</p>
          <p class="wx-trace">{filled(wechat.error.trace, { trace })}</p>
        </div>
      </div>
    </Mobile>
  )
}
