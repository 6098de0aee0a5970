import type { Frame } from '../layout.tsx'
import { pageHref } from '../page-context.ts'
import type { Words } from '../words/en.ts'
import { ClockMenu } from './clock-menu.tsx'
import type { Site } from './props.ts'
import { WorldMenu } from './world-menu.tsx'

interface Props {
  readonly frame: Frame
  readonly site: Site | undefined
  readonly langHref: (lang: string) => string
  /** Where there is little room it is one row, and the rest behind a button. */
  readonly isFolded?: boolean
  /** Tells it from the header of a page in a frame. */
  readonly label?: string | undefined
}

/** The header of every page: its world, that world's clock, the one question, and the language. */
export function SiteHeader({ frame, site, langHref, isFolded = false, label }: Props) {
  const { words, lang, languages, icon } = frame
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: directly below the body it is the banner
    <header class="f-top" aria-label={label}>
      <a class="skip" href="#main">
        {words.site.skip}
      </a>
      <a class="f-brand" href={site ? pageHref(site.context, '/') : '/'}>
        <img src={icon} alt={words.site.name} width="24" height="24" />
        <span aria-hidden="true">{words.site.name}</span>
      </a>
      {site ? <WorldMenu words={words} site={site} /> : null}
      {site ? <ClockMenu words={words} site={site} /> : null}
      {isFolded ? (
        <details class="f-fold">
          <summary>{words.site.menu}</summary>
        </details>
      ) : null}
      {site ? <Why words={words} site={site} /> : null}
      <nav class="f-languages" aria-label={words.site.languages}>
        {languages
          .filter((other) => other.lang !== lang)
          .map((other) => (
            <a class="f-lang" href={langHref(other.lang)} lang={other.tag} hreflang={other.tag}>
              {other.name}
            </a>
          ))}
      </nav>
    </header>
  )
}

/** Sent as a form, because a mobile belongs into no address. */
function Why({ words, site: { context } }: { words: Words; site: Site }) {
  const { label, placeholder } = words.site.why
  return (
    <search class="f-why">
      <form class="f-why" method="post" action={pageHref(context, '/why')}>
        <input
          type="search"
          name="mobile"
          aria-label={label}
          placeholder={placeholder}
          maxlength={64}
          autocomplete="off"
          required
        />
      </form>
    </search>
  )
}
