import { pageHref } from '../page-context.ts'
import type { Words } from '../words/en.ts'
import type { Place, PlaceName, Site } from './props.ts'

interface Props {
  readonly words: Words
  readonly site: Site
  readonly here: PlaceName | undefined
}

/** The navigation: every place with how much is there; on a phone one row that scrolls sideways. */
export function Places({ words, site: { facts, context }, here }: Props) {
  const { site } = words
  const leads = (place: Place, i: number) => place.isSecond && !facts.places[i - 1]?.isSecond
  return (
    <nav class="f-nav" aria-label={site.pages}>
      <ul data-live="places">
        {facts.places.map((place, i) => (
          <li class={leads(place, i) ? 'f-second' : undefined}>
            <a
              href={pageHref(context, place.path)}
              aria-current={place.name === here ? 'page' : undefined}
            >
              {site.places[place.name]}
              {place.count === '' ? null : <span> {place.count}</span>}
            </a>
          </li>
        ))}
        {facts.signedIn ? (
          <li>
            <a href="/sign-in">{site.signOut}</a>
          </li>
        ) : null}
      </ul>
    </nav>
  )
}
