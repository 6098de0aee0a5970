import type { Frame } from '../layout.tsx'
import { Mobile } from '../mobile.tsx'

/** What the consent page shows. */
export interface Props {
  readonly frame: Frame
  /** Names of the official account and of the person who is asked. */
  readonly account: string
  readonly person: string
  readonly action: string
  /** What the form carries unseen. */
  readonly fields: Readonly<Record<string, string>>
  /** The same form came back too late, or from elsewhere. */
  readonly stale: boolean
  readonly langHref: ((lang: string) => string) | undefined
}

/** WeChat's sheet: an account asks for nickname and avatar. */
export function ConsentPage({ frame, account, person, action, fields, stale, langHref }: Props) {
  const { consent } = frame.words.wechat
  return (
    <Mobile frame={frame} title={consent.title} langHref={langHref} kind="wx-sheet">
      <form class="wx-card" method="post" action={action} aria-labelledby="asks">
        {Object.entries(fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {stale ? (
          <p class="wx-stale" role="alert">
            {consent.stale}
          </p>
        ) : null}
        <h1 class="wx-asks" id="asks">
          <span class="wx-avatar wx-avatar_square" aria-hidden="true">
            {[...account][0]}
          </span>
          <span>{account}</span> <span class="wx-asks__word">{consent.asks}</span>
        </h1>
        <p class="wx-what">{consent.what}</p>
        <p class="wx-as">{consent.as}</p>
        <p class="wx-self">
          <span class="wx-avatar" aria-hidden="true">
            {[...person][0]}
          </span>
          <strong>{person}</strong>
        </p>
        <div class="wx-verdicts">
          <button class="weui-btn weui-btn_default" type="submit" name="verdict" value="deny">
            {consent.deny}
          </button>
          <button class="weui-btn weui-btn_primary" type="submit" name="verdict" value="allow">
            {consent.allow}
          </button>
        </div>
      </form>
    </Mobile>
  )
}
