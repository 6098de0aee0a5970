/** Where a list goes on. */
export function Older({ href, name, note }: { href?: string; name: string; note?: string }) {
  return (
    <p class="c-older">
      {href === undefined ? null : (
        <a class="c-button" href={href} rel="next">
          {name}
        </a>
      )}{' '}
      {note}
    </p>
  )
}
