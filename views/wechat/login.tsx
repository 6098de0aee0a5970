import { filled } from '../components/text.tsx'
import type { Frame } from '../layout.tsx'
import { Mobile } from '../mobile.tsx'

/** What the page with a login's QR code shows. */
export interface Props {
  readonly frame: Frame
  /** The website's name. */
  readonly app: string
  readonly standing: 'waiting' | 'scanned' | 'expired'
  /** What the code says, and its picture. */
  readonly link: string
  readonly picture: string
  /** What the page asks until the answer is another one. */
  readonly asksHref: string
  readonly answer: string
  /** Where it goes on then. */
  readonly onwardHref: string
  /** The same page with a new code. */
  readonly anewHref: string
  readonly langHref: (lang: string) => string
}

/** WeChat's page on a desktop: scan the code to log in. */
export function LoginCodePage(props: Props) {
  const { frame, app, standing, link, picture, langHref } = props
  const { login } = frame.words.wechat
  return (
    <Mobile frame={frame} title={login.title} langHref={langHref} kind="wx-plain" script>
      <div class="wx-login">
        <h1>{login.title}</h1>
        {standing === 'expired' ? null : (
          <img src={picture} alt={login.code} width="280" height="280" />
        )}
        <p role="status">
          <strong>{login[standing]}</strong>
        </p>
        {standing === 'waiting' ? <p>{filled(login.to, { app })}</p> : null}
        {standing === 'expired' ? (
          <p class="weui-btn-area">
            <a class="weui-btn weui-btn_primary" href={props.anewHref}>
              {login.anew}
            </a>
          </p>
        ) : (
          <Waiting {...props} />
        )}
        {standing === 'waiting' ? (
          <p class="wx-note">
            {login.paste} <code translate="no">{link}</code>
          </p>
        ) : null}
      </div>
    </Mobile>
  )
}

/** Without script somebody says so by hand. */
function Waiting({ frame, asksHref, answer, onwardHref }: Props) {
  return (
    <p data-waits={answer} data-asks={asksHref} data-onward={onwardHref}>
      <a href={onwardHref}>{frame.words.wechat.login.go}</a>
    </p>
  )
}
