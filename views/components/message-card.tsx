import type { PropsWithChildren } from 'hono/jsx'
import { Avatar } from '../phone/parts.tsx'

interface Props {
  /** Tells its title from those of other cards of the page. */
  readonly id: string
  readonly from: { readonly name: string; readonly appid: string }
  readonly title: string
  readonly line: string | null
  readonly keywords: readonly { readonly label: string; readonly value: string }[]
}

/** A template message as WeChat draws it: whose it is, title, single line, labelled keywords, and what follows. */
export function MessageCard(props: PropsWithChildren<Props>) {
  const { id, from, title, line, keywords, children } = props
  return (
    <article class="ph-card" aria-labelledby={`title-${id}`}>
      <p class="ph-card-from">
        <Avatar name={from.name} seed={from.appid} size="small" />
        {from.name}
      </p>
      <h2 id={`title-${id}`}>{title}</h2>
      {line ? <p class="ph-card-line">{line}</p> : null}
      {keywords.length > 0 ? (
        <dl class="ph-card-words">
          {keywords.map(({ label, value }) => (
            <div>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {children}
    </article>
  )
}
