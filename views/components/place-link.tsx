/** Something that can be opened, and what is there. */
interface Place {
  readonly name: string
  readonly text: string
}

/** One of a list of places: its name as a link, the path that it leads to, and what is there. */
export function PlaceLink({
  place,
  href,
  label = href,
}: {
  place: Place
  href: string
  label?: string
}) {
  return (
    <div>
      <dt>
        <a href={href}>{place.name}</a> <code>{label}</code>
      </dt>
      <dd>{place.text}</dd>
    </div>
  )
}
