import type { Child } from 'hono/jsx'

/** A page above this one. */
export interface Crumb {
  readonly href: string
  readonly name: string
}

interface Props {
  readonly title: string
  /** What the way is called, for those who hear it. */
  readonly label?: string
  /** From the place of the navigation down to the page above. */
  readonly crumbs?: readonly Crumb[] | undefined
  /** At the right: a chip, or buttons. */
  readonly aside?: Child
}

/** The title of a page, and the way to it. */
export function PageHead({ title, label, crumbs = [], aside }: Props) {
  return (
    <div class="c-head">
      <div>
        {crumbs.length > 0 ? (
          <nav aria-label={label}>
            <ol class="c-crumbs">
              {crumbs.map(({ href, name }) => (
                <li>
                  <a href={href}>{name}</a>
                </li>
              ))}
            </ol>
          </nav>
        ) : null}
        <h1>{title}</h1>
      </div>
      {aside}
    </div>
  )
}
