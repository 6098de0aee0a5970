import type { PropsWithChildren } from 'hono/jsx'

/** What pressing it means. */
export type Look = 'primary' | 'plain' | 'danger'

interface Props {
  /** Of a page one button is primary: what one has come for. */
  readonly look?: Look | undefined
  readonly id?: string
  readonly name?: string
  readonly value?: string
  /** What is read out instead of what stands on it. */
  readonly label?: string
  /** Ids of what it is about, where several buttons have one name. */
  readonly about?: string | undefined
  readonly isLittle?: boolean | undefined
  /** Where else than the others of its form it sends that. */
  readonly to?: string | undefined
}

/** The button that sends the form around it. */
export function Button(props: PropsWithChildren<Props>) {
  const { look = 'plain', id, name, value, label, about, isLittle = false, to, children } = props
  return (
    <button
      type="submit"
      class={classOf(look, isLittle)}
      id={id}
      name={name}
      value={value}
      formaction={to}
      aria-label={label}
      aria-describedby={about}
    >
      {children}
    </button>
  )
}

/** A link that looks like a button: it leads somewhere, and does nothing. */
export function ButtonLink(
  props: PropsWithChildren<{ href: string; look?: Look; id?: string; isLittle?: boolean }>,
) {
  const { href, look = 'plain', id, isLittle = false, children } = props
  return (
    <a class={classOf(look, isLittle)} href={href} id={id}>
      {children}
    </a>
  )
}

function classOf(look: Look, isLittle: boolean): string {
  return `c-button${look === 'plain' ? '' : ` c-${look}`}${isLittle ? ' c-little' : ''}`
}
