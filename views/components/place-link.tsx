import type { Place } from '../words/words.ts'

/** One of a list of places: its name as a link, the path that it leads to, and what is there. */
export function PlaceLink({
  place,
  href,
  shown = href,
}: {
  place: Place
  href: string
  shown?: string
}) {
  return (
    <div>
      <dt>
        <a href={href}>{place.name}</a> <code>{shown}</code>
      </dt>
      <dd>{place.text}</dd>
    </div>
  )
}
