import type { Found } from '../../views/docs/props.ts'
import type { DocLang } from '../apidoc/json-schema.ts'
import type { Localized } from '../core/field.ts'

/** Something that can be found, by its words in both languages. */
export interface Entry {
  readonly kind: Found['kind']
  /** Below `/docs`. */
  readonly path: string
  readonly title: Localized
  readonly text: Localized
  /** What finds it besides, and is not shown. */
  readonly words?: string
  readonly links?: Found['links']
}

/** All entries of a documentation, ready to be searched. */
export type SearchIndex = readonly IndexedEntry[]

interface IndexedEntry extends Entry {
  /** In lower case: both titles, and everything. */
  readonly titles: string
  readonly all: string
}

export interface SearchResult {
  readonly found: readonly Found[]
  readonly count: number
  readonly terms: readonly string[]
}

const query_length_max = 100
const terms_max = 8
const found_max = 30
const text_length_max = 220

/** Kinds in the order in which they are shown, when they fit equally well. */
const kinds: readonly Entry['kind'][] = [
  'outcome',
  'code',
  'endpoint',
  'topic',
  'drill',
  'field',
  'problem',
  'setting',
  'rule',
]

export function makeIndex(entries: readonly Entry[]): SearchIndex {
  return entries.map((entry) => {
    const titles = `${entry.title.en}\n${entry.title.zh}`.toLowerCase()
    const texts = `${entry.text.en}\n${entry.text.zh}\n${entry.words ?? ''}`.toLowerCase()
    return { ...entry, titles, all: `${titles}\n${texts}` }
  })
}

/** Finds what has all words of a query, wherever in it; the best first. */
export function search(index: SearchIndex, query: string, lang: DocLang): SearchResult {
  const terms = termsOf(query)
  const whole = findAll(index, terms)
  // Chinese has no blanks: a phrase that stands nowhere as it is may stand in pieces.
  const pieces = whole.length > 0 ? terms : terms.flatMap(piecesOf)
  const found = whole.length > 0 ? whole : findAll(index, pieces)
  return {
    found: found.slice(0, found_max).map((entry) => shown(entry, pieces, lang)),
    count: found.length,
    terms: pieces,
  }
}

function termsOf(query: string): string[] {
  const words = query.slice(0, query_length_max).normalize('NFKC').toLowerCase().split(/\s+/)
  return [...new Set(words)].filter((word) => word !== '').slice(0, terms_max)
}

/** Chinese by two characters each; other words as they are. */
function piecesOf(term: string): string[] {
  return /^\p{Script=Han}{3,}$/u.test(term) ? (term.match(/.{1,2}/gu) ?? [term]) : [term]
}

function findAll(index: SearchIndex, terms: readonly string[]): IndexedEntry[] {
  if (terms.length === 0) return []
  return index
    .filter(({ all }) => terms.every((term) => all.includes(term)))
    .map((entry) => ({ entry, score: scoreOf(entry, terms) }))
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry)
}

/** How well an entry fits: by its title before its text, by whole words before parts. */
function scoreOf({ titles, kind }: IndexedEntry, terms: readonly string[]): number {
  const titleWords = titles.split(/[^\p{L}\p{N}_.-]+/u)
  const whole = titles.split('\n')
  const fits = terms.map((term) => {
    if (whole.includes(term)) return 200
    if (titleWords.includes(term)) return 100
    if (titleWords.some((word) => word.startsWith(term))) return 60
    return titles.includes(term) ? 40 : 0
  })
  const sum = fits.reduce((a: number, b) => a + b, 0)
  return sum * kinds.length + (kinds.length - kinds.indexOf(kind))
}

function shown(
  { kind, path, title, text, links = [] }: IndexedEntry,
  terms: readonly string[],
  lang: DocLang,
): Found {
  return { kind, path, title: title[lang], text: excerpt(text[lang], terms), links }
}

/** A long text around the first word that was looked for, cut between words. */
function excerpt(text: string, terms: readonly string[]): string {
  const plain = text.replaceAll('`', '')
  if (plain.length <= text_length_max) return plain
  const lower = plain.toLowerCase()
  const places = terms.map((term) => lower.indexOf(term)).filter((place) => place >= 0)
  const first = Math.min(...places, plain.length)
  const from = first === plain.length ? 0 : Math.max(0, first - text_length_max / 3)
  const part = plain.slice(from, from + text_length_max).toWellFormed()
  const begun = from > 0 ? `…${part.replace(/^\w*\s*/, '')}` : part
  return from + text_length_max < plain.length ? `${begun.replace(/\s*\w*$/, '')}…` : begun
}
