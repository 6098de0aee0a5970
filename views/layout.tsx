import type { PropsWithChildren } from 'hono/jsx'
import { filled } from './components/text.tsx'
import { SiteHeader } from './site/header.tsx'
import { Places } from './site/places.tsx'
import type { PlaceName, Site } from './site/props.ts'
import type { Words } from './words/en.ts'

/** What every page needs besides what it shows. */
export interface Frame {
  readonly words: Words
  readonly lang: string
  readonly languages: readonly {
    readonly lang: string
    readonly tag: string
    readonly name: string
  }[]
  readonly stylesheet: string
  /** The look of pages on a phone, of the frame around one, and the script of the phone itself. */
  readonly mobile: string
  readonly around: string
  readonly script: string
  /** The script of the console. */
  readonly consoleScript: string
  readonly icon: string
  /** The page stands in another one's frame, which has the watermark already. */
  readonly isFramed: boolean
  readonly version: string
}

interface Props {
  readonly frame: Frame
  readonly title: string
  /** The world around the page; left out: the page is in none, or for somebody who may not see one. */
  readonly site?: Site | undefined
  /** Which row of the navigation leads to this page. */
  readonly place?: PlaceName | undefined
  /** Where the same page is in another language, if its address says more than that. */
  readonly langHref?: (lang: string) => string
  /** Where its script is, if it has one. */
  readonly script?: string | undefined
  /** Where it is told that it has changed, if that is of interest. */
  readonly events?: string | undefined
  /** Text to be read: larger, on paper. */
  readonly isReading?: boolean
  /** A phone: it has its own look, and on a phone's own screen leaves the frame one row. */
  readonly isPhone?: boolean
  /** Tells its landmarks from those of a page in a frame of it. */
  readonly label?: string
}

/** The document around a page for people at the simulator: its head, and the frame that is the same everywhere. */
export function Layout(props: PropsWithChildren<Props>) {
  const { frame, site, place, isReading, isPhone = false, label, children } = props
  const { words, version } = frame
  const href = props.langHref ?? ((other: string) => `?lang=${other}`)
  return (
    <html lang={words.tag}>
      <Head {...props} />
      <body class={isPhone ? 'ph-page' : undefined}>
        <SiteHeader frame={frame} site={site} langHref={href} isFolded={isPhone} label={label} />
        <div class={site ? 'f-body' : 'f-body f-bare'}>
          {site ? <Places words={words} site={site} here={place} /> : null}
          <main
            id="main"
            class={isReading ? 'f-main read' : 'f-main'}
            tabindex={-1}
            aria-label={label}
            data-events={props.events}
          >
            {children}
          </main>
        </div>
        <footer class="f-foot">
          <p>
            <span class="watermark">{words.site.watermark}</span>{' '}
            <span class="f-version">{filled(words.site.version, { version })}</span>
          </p>
        </footer>
      </body>
    </html>
  )
}

function Head({ frame, title, site, script, isPhone }: Props) {
  const { stylesheet, mobile, around, icon, consoleScript } = frame
  const styles = isPhone ? [mobile, around] : [stylesheet]
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{title}</title>
      <link rel="icon" type="image/svg+xml" href={icon} />
      {styles.map((href) => (
        <link rel="stylesheet" href={href} />
      ))}
      {site === undefined ? null : <script src={consoleScript} defer />}
      {script === undefined ? null : <script src={script} defer />}
    </head>
  )
}
