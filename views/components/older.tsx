/** Where a list goes on: in an address, or in a form where that must not say what is looked for. */
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

/** The same in a form, which sends what is looked for. */
export function OlderForm({
  action,
  fields,
  name,
}: {
  action: string
  fields: Readonly<Record<string, string>>
  name: string
}) {
  return (
    <form method="post" action={action}>
      {Object.entries(fields).map(([field, value]) => (
        <input type="hidden" name={field} value={value} />
      ))}
      <button type="submit" class="c-button" id="older">
        {name}
      </button>
    </form>
  )
}
