import type { PropsWithChildren } from 'hono/jsx'

export interface Filter {
  readonly name: string
  readonly href: string
  readonly isChosen: boolean
}

interface Props {
  readonly label: string
  readonly filters: readonly Filter[]
  /** They stand in several rows where there is no room for one. */
  readonly isWrapped?: boolean
}

/** What a list is narrowed to: one row of chips that scrolls sideways. */
export function Filters(props: PropsWithChildren<Props>) {
  const { label, filters, isWrapped = false, children } = props
  return (
    <nav class={isWrapped ? 'c-filters c-wrapped' : 'c-filters'} aria-label={label}>
      {filters.map(({ name, href, isChosen }) => (
        <a href={href} aria-current={isChosen ? 'true' : undefined}>
          {name}
        </a>
      ))}
      {children}
    </nav>
  )
}

interface TabsProps {
  readonly label: string
  readonly tabs: readonly Filter[]
}

/** Parts of one thing, a page each. */
export function Tabs({ label, tabs }: TabsProps) {
  return (
    <nav class="c-tabs" aria-label={label}>
      {tabs.map(({ name, href, isChosen }) => (
        <a href={href} aria-current={isChosen ? 'page' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  )
}
