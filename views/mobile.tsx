import type { PropsWithChildren } from 'hono/jsx'
import type { Frame } from './layout.tsx'

interface Props {
  readonly frame: Frame
  readonly title: string
  /** Where the same page is in another language; undefined: the page has a switch of its own, or none. */
  readonly langHref?: ((lang: string) => string) | undefined
  /** The phone's own script: for live updates. */
  readonly script?: boolean
  readonly kind?: string
  /** Where the browser goes on by itself, once everything on the page has come. */
  readonly onward?: string
  /** Tells its landmarks from those of other pages in the same window, where pages stand in frames. */
  readonly label?: string
}

/** The document around a page on a phone: WeUI's look, the watermark, the way to the other language. */
export function Mobile({
  frame,
  title,
  langHref,
  script = false,
  kind,
  onward,
  label,
  children,
}: PropsWithChildren<Props>) {
  const { words } = frame
  return (
    <html lang={words.tag}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        {onward === undefined ? null : <meta http-equiv="refresh" content={`0;url=${onward}`} />}
        <link rel="icon" type="image/svg+xml" href={frame.icon} />
        <link rel="stylesheet" href={frame.mobile} />
        {script ? <script src={frame.script} defer /> : null}
      </head>
      <body class={kind}>
        {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: directly below the body it is the banner */}
        <header aria-label={label}>
          <a class="sim-skip" href="#main">
            {words.site.skip}
          </a>
          {frame.isFramed ? null : <p class="sim-mark">{words.site.watermark}</p>}
        </header>
        <main id="main" tabindex={-1} aria-label={label}>
          {children}
        </main>
        {langHref ? <Languages frame={frame} href={langHref} label={label} /> : null}
      </body>
    </html>
  )
}

function Languages({
  frame,
  href,
  label,
}: {
  frame: Frame
  href: (lang: string) => string
  label: string | undefined
}) {
  const { languages } = frame.words.site
  return (
    <nav class="sim-foot" aria-label={label === undefined ? languages : `${languages} · ${label}`}>
      {frame.languages.map((other) => (
        <a
          href={href(other.lang)}
          lang={other.tag}
          hreflang={other.tag}
          aria-current={other.lang === frame.lang ? 'true' : undefined}
        >
          {other.name}
        </a>
      ))}
    </nav>
  )
}
