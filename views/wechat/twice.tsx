import { filled } from '../components/text.tsx'
import type { Frame } from '../layout.tsx'
import { Mobile } from '../mobile.tsx'

/** What the page shows from which a browser opens a redirect twice. */
export interface Props {
  readonly frame: Frame
  readonly host: string
  /** Where it goes first, unseen. */
  readonly first: string
  /** And then, to stay. */
  readonly second: string
}

/**
 * Opens a redirect twice, one after the other: in a frame that nobody sees, and when that has come, in the window. It needs no
 * script for it, and in the frame none runs.
 */
export function TwicePage({ frame, host, first, second }: Props) {
  const { twice } = frame.words.wechat
  return (
    <Mobile frame={frame} title={twice.heading} kind="wx-plain" onward={second}>
      <div class="weui-msg">
        <div class="weui-msg__text-area">
          <h1 class="weui-msg__title">{twice.heading}</h1>
          <p class="weui-msg__desc">{filled(twice.text, { host })}</p>
        </div>
        <div class="weui-msg__opr-area">
          <p class="weui-btn-area">
            <a class="weui-btn weui-btn_default" href={second}>
              {twice.go}
            </a>
          </p>
        </div>
      </div>
      <iframe
        class="wx-unseen"
        title={twice.first}
        src={first}
        sandbox="allow-same-origin"
        tabindex={-1}
        aria-hidden="true"
      />
    </Mobile>
  )
}
