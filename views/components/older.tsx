interface Props {
  readonly href?: string
  readonly name: string
  readonly note?: string
  /** Nothing was found so far: a script looks on by itself, and says so. */
  readonly looking?: string | undefined
}

/** Where a list goes on. */
export function Older({ href, name, note, looking }: Props) {
  return (
    <p class="c-older">
      {href === undefined ? null : (
        <a class="c-button" href={href} rel="next" data-looking={looking}>
          {name}
        </a>
      )}{' '}
      {note}
    </p>
  )
}
