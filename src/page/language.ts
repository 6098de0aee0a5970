/** The languages that pages speak. */
export const langs = ['en', 'zh'] as const
export type Lang = (typeof langs)[number]

/** What says which language a page speaks. */
export interface LangWishes {
  /** By name, in the page's address. */
  readonly asked?: string | undefined
  /** Chosen before, and kept by the browser. */
  readonly kept?: string | undefined
  /** What the browser says of itself. */
  readonly acceptLanguage?: string | undefined
}

/** The language of a page: the one asked for, else the one kept, else the browser's first choice that we speak, else the usual one. */
export function chooseLang({ asked, kept, acceptLanguage }: LangWishes, usual: Lang = 'en'): Lang {
  return langOf(asked ?? '') ?? langOf(kept ?? '') ?? preferred(acceptLanguage ?? '') ?? usual
}

function preferred(acceptLanguage: string): Lang | undefined {
  const ranked = acceptLanguage.split(',').map((entry) => {
    const [tag = '', ...params] = entry.split(';').map((part) => part.trim())
    const q = params.find((param) => param.startsWith('q='))?.slice(2)
    return { lang: langOf(tag), q: q === undefined ? 1 : Number(q) }
  })
  const spoken = ranked.filter(({ lang, q }) => lang !== undefined && q > 0)
  return spoken.sort((a, b) => b.q - a.q)[0]?.lang
}

/** The language that a tag names, if we speak it. */
export function langOf(tag: string): Lang | undefined {
  return langs.find((lang) => tag.toLowerCase().split('-')[0] === lang)
}
