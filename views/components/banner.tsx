import type { Child, PropsWithChildren } from 'hono/jsx'

interface Props {
  readonly tone: 'good' | 'bad' | 'warn'
  readonly title: string
  /** The one button that mends it. */
  readonly button?: Child
  /** Read out at once: it answers what was done just now. */
  readonly isAnswer?: boolean
}

/** What a page has to say first, and what to do about it. */
export function Banner(props: PropsWithChildren<Props>) {
  const { tone, title, button, isAnswer, children } = props
  const role = isAnswer ? (tone === 'bad' ? 'alert' : 'status') : undefined
  // Whoever stands further down sees it, too.
  const stays = isAnswer && tone === 'good' ? ' c-stays' : ''
  return (
    <div class={tone === 'good' ? `c-banner${stays}` : `c-banner c-is-${tone}`} role={role}>
      <div>
        <strong>{title}</strong>
        {children}
      </div>
      {button}
    </div>
  )
}
