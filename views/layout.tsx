import type { PropsWithChildren } from 'hono/jsx'
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
  /** The look of pages on a phone, and the script of the phone itself. */
  readonly mobile: string
  readonly script: string
  readonly icon: string
  readonly version: string
}

interface Props {
  readonly frame: Frame
  readonly title: string
  /** Which link of the header leads to this page. */
  readonly section?: 'home' | 'accounts' | 'docs'
  /** What links to pages of a world begin with: `/w/ci-7`, or nothing. */
  readonly basePath?: string
  /** Where the same page is in another language, if its address says more than that. */
  readonly langHref?: (lang: string) => string
  /** Where its script is, if it has one. */
  readonly script?: string | undefined
}

/** The document around a page: head, watermark, ways to other pages and languages. */
export function Layout(props: PropsWithChildren<Props>) {
  const { frame, title, langHref, script, children } = props
  const { words, lang, icon, version } = frame
  return (
    <html lang={words.tag}>
      <Head frame={frame} title={title} script={script} />
      <body>
        <header class="top">
          <a class="skip" href="#main">
            {words.site.skip}
          </a>
          <p class="watermark">{words.site.watermark}</p>
          <div class="bar">
            <a class="brand" href={`/?lang=${lang}`}>
              <img src={icon} alt="" width="24" height="24" />
              {words.site.name}
            </a>
            <Pages {...props} />
            <Languages frame={frame} href={langHref ?? ((other) => `?lang=${other}`)} />
          </div>
        </header>
        <main id="main" tabindex={-1}>
          {children}
        </main>
        <footer>
          <p>
            {words.site.name}, {words.site.version} {version}
          </p>
        </footer>
      </body>
    </html>
  )
}

function Head({ frame: { stylesheet, icon }, title, script }: Props) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{title}</title>
      <link rel="icon" type="image/svg+xml" href={icon} />
      <link rel="stylesheet" href={stylesheet} />
      {script === undefined ? null : <script src={script} defer />}
    </head>
  )
}

function Pages({ frame: { words, lang }, section, basePath = '' }: Props) {
  const { site } = words
  return (
    <nav aria-label={site.pages}>
      <PageLink href={`/?lang=${lang}`} isCurrent={section === 'home'} name={site.home} />
      <PageLink href={`${basePath}/phone?lang=${lang}`} isCurrent={false} name={site.phones} />
      <PageLink
        href={`${basePath}/accounts?lang=${lang}`}
        isCurrent={section === 'accounts'}
        name={site.accounts}
      />
      <PageLink
        href={`${basePath}/docs?lang=${lang}`}
        isCurrent={section === 'docs'}
        name={site.docs}
      />
    </nav>
  )
}

function PageLink({ href, isCurrent, name }: { href: string; isCurrent: boolean; name: string }) {
  return (
    <a href={href} aria-current={isCurrent ? 'page' : undefined}>
      {name}
    </a>
  )
}

function Languages({ frame, href }: { frame: Frame; href: (lang: string) => string }) {
  const { words, lang, languages } = frame
  return (
    <nav class="languages" aria-label={words.site.languages}>
      {languages.map((other) => (
        <a
          href={href(other.lang)}
          lang={other.tag}
          hreflang={other.tag}
          aria-current={other.lang === lang ? 'true' : undefined}
        >
          {other.name}
        </a>
      ))}
    </nav>
  )
}
