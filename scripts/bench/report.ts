import { align } from '../table.ts'
import type { Installed, Packed } from './install.ts'
import type { Listed } from './lists.ts'
import type { Memory } from './memory.ts'
import type { Pushed } from './push.ts'
import type { Round } from './rounds.ts'
import type { Searched } from './search.ts'
import type { Start } from './start.ts'
import { type Spread, spreadOf } from './statistics.ts'

type Pairs = readonly (readonly Round[])[]

/** Everything that was measured. */
export interface Measured {
  readonly pairs: Pairs
  /** The same of the registration form. */
  readonly pages: Pairs
  /** And of a conversation on a phone. */
  readonly chats: Pairs
  /** Calls of WeChat's own. */
  readonly wechat: Pairs
  /** WeChat's pushes to a handler. */
  readonly pushes: readonly Pushed[]
  /** Sends alone, and among open phones. */
  readonly phones: Pairs
  /** Sends on SQLite and on PostgreSQL; undefined when that was left out. */
  readonly postgres: Pairs | undefined
  readonly starts: readonly Start[]
  readonly creates: readonly { create_ms: number; whole_ms: number }[]
  readonly memory: Memory
  /** Searches of a full journal. */
  readonly searches: readonly Searched[]
  /** Pages that list, in a small world and in a large one. */
  readonly lists: readonly Listed[]
  readonly packed: Packed
}

/** One figure beside what it should be. */
export interface Figure {
  readonly name: string
  readonly unit: string
  readonly found: Spread
  readonly most?: number
  readonly least?: number
}

/** The name of the measure. */
export const bare_name = 'node:http'
/** The simulator with few associations. */
export const small_name = '1,000'
/** The simulator with many. */
export const large_name = '1,000,000'
/** With many messages, and phones that are open. */
export const phones_name = 'open phones'
/** With few associations, on PostgreSQL. */
export const postgres_name = 'PostgreSQL'
/** With a full journal. */
export const journal_name = 'full journal'
/** The registration form, and a fixed page of its size. */
export const form_names = { bare: 'node:http, form', simulator: 'form page' } as const
/** A conversation, and a fixed page of its size. */
export const chat_names = { bare: 'node:http, chat', simulator: 'chat page' } as const

/** WeChat's own calls, and a bare server that gets such a GET or POST. */
export const wechat_names = {
  bare: { get: 'node:http, GET', post: 'node:http, POST' },
  token: 'token',
  stable_token: 'stable_token',
  user_info: 'user/info',
  template_send: 'template/send',
} as const

const mb = 1e6

/** The figures that have a target, and their neighbours. Of rounds always the ratio within a pair. */
export function figuresOf(measured: Measured): Figure[] {
  const { pairs, wechat, pushes, pages, chats, phones, postgres } = measured
  const { starts, creates, memory, searches, lists, packed } = measured
  return [
    ...sendFigures(pairs),
    ...(postgres ? [overAlone('rate on PostgreSQL', postgres, postgres_name, 0.25)] : []),
    overAlone('rate among open phones and messages', phones, phones_name, 0.8),
    ...wechatFigures(wechat),
    ...pushFigures(pushes),
    ...pageFigures(pages, form_names),
    ...pageFigures(chats, chat_names),
    ...timesOf(starts, creates),
    ...memoryOf(memory),
    ...searchFigures(searches),
    ...listFigures(lists),
    ...packFigures(packed),
  ]
}

function sendFigures(pairs: Pairs): Figure[] {
  const figures: Figure[] = []
  const names = [small_name, large_name].filter((name) => pairs[0]?.some((r) => r.server === name))
  for (const connections of [50, 1]) {
    for (const name of names) {
      const to = (read: (round: Round) => number) =>
        ratio(pairs, { name, against: bare_name, connections, read })
      const of = `over node:http, ${connections} conn., ${name} assoc.`
      const many = connections === 50
      const most = many ? 4.5 : 5
      figures.push(
        { name: `CPU ${of}`, unit: '×', found: to((r) => r.cpu_us), most },
        { name: `rate ${of}`, unit: '×', found: to((r) => r.rate), ...(many && { least: 0.28 }) },
      )
    }
    if (names.includes(large_name)) {
      const between = { name: large_name, against: small_name, connections }
      const found = ratio(pairs, { ...between, read: (r) => r.rate })
      const name = `rate with ${large_name} over ${small_name} assoc., ${connections} conn.`
      figures.push({ name, unit: '×', found, least: 0.9 })
    }
  }
  return figures
}

/** What a server sends beside the one with few associations on SQLite, which has no company. */
function overAlone(what: string, pairs: Pairs, name: string, least: number): Figure {
  const between = { name, against: small_name, connections: 50 }
  const found = ratio(pairs, { ...between, read: (r) => r.rate })
  return { name: `${what}, over ${small_name} assoc.`, unit: '×', found, least }
}

function pageFigures(
  pages: Pairs,
  { bare: against, simulator: name }: { bare: string; simulator: string },
  target: Pick<Figure, 'least'> = { least: 0.15 },
): Figure[] {
  const to = (read: (round: Round) => number) =>
    ratio(pages, { name, against, connections: 50, read })
  const of = `of the ${name} over node:http, 50 conn.`
  return [
    { name: `CPU ${of}`, unit: '×', found: to((r) => r.cpu_us) },
    { name: `rate ${of}`, unit: '×', found: to((r) => r.rate), ...target },
  ]
}

function wechatFigures(rounds: Pairs): Figure[] {
  const { bare, token, stable_token, user_info, template_send } = wechat_names
  return [
    // Each makes a token and ends another: nobody asks for many.
    ...pageFigures(rounds, { bare: bare.get, simulator: token }, {}),
    ...pageFigures(rounds, { bare: bare.post, simulator: stable_token }),
    ...pageFigures(rounds, { bare: bare.get, simulator: user_info }),
    ...pageFigures(rounds, { bare: bare.post, simulator: template_send }),
  ]
}

function timesOf(starts: Measured['starts'], creates: Measured['creates']): Figure[] {
  const spread = <T>(rows: readonly T[], read: (row: T) => number) => spreadOf(rows.map(read))
  const unit = 'ms'
  return [
    { name: 'start to first answer', unit, found: spread(starts, (s) => s.livez_ms), most: 290 },
    { name: 'start to first send', unit, found: spread(starts, (s) => s.send_ms) },
    { name: 'later createSimulator', unit, found: spread(creates, (c) => c.create_ms), most: 2 },
    {
      name: 'later createSimulator and close',
      unit,
      found: spread(creates, (c) => c.whole_ms),
      most: 10,
    },
  ]
}

function memoryOf({ idle_bytes, grown_bytes, wal_bytes, sends }: Memory): Figure[] {
  return [
    { name: 'resident, idle', unit: 'MB', found: spreadOf([idle_bytes / mb]), most: 105 },
    {
      name: `grown after ${sends.toLocaleString('en')} sends`,
      unit: 'MB',
      found: spreadOf([grown_bytes / mb]),
      most: 50,
    },
    { name: 'write-ahead log then', unit: 'MB', found: spreadOf([wal_bytes / mb]) },
  ]
}

/** The worst page of each search, and of all. */
export function searchFigures(searches: readonly Searched[]): Figure[] {
  const worst = (all: readonly Searched[]) =>
    spreadOf([Math.max(...all.flatMap(({ pages_ms }) => pages_ms))])
  const each = searches.map((one) => {
    const name = `search of a full journal by ${one.search}, worst of ${one.pages_ms.length} pages`
    return { name, unit: 'ms', found: worst([one]) }
  })
  const all = { name: 'worst page of a search', unit: 'ms', found: worst(searches), most: 200 }
  return [...each, all]
}

/** One after the other, as pushes of a world go: the ratio is over a client that does nothing else. */
function pushFigures(pushes: readonly Pushed[]): Figure[] {
  const ratios = pushes.map(({ pushes_per_s, bare_per_s }) => pushes_per_s / bare_per_s)
  return [
    { name: 'rate of pushes over node:http POSTs', unit: '×', found: spreadOf(ratios) },
    { name: 'pushes', unit: '/s', found: spreadOf(pushes.map((one) => one.pushes_per_s)) },
  ]
}

/** A list of a large world over that of a small one, by the medians of their loads. */
export function listFigures(lists: readonly Listed[]): Figure[] {
  return lists.map(({ list, small_ms, large_ms }) => {
    const found = spreadOf([spreadOf(large_ms).median / spreadOf(small_ms).median])
    return { name: `page of ${list}, large world over small`, unit: '×', found, most: 2 }
  })
}

/** The package as it is published. */
export function packFigures({ bytes, unpacked_bytes, files }: Packed): Figure[] {
  return [
    { name: 'package, packed', unit: 'MB', found: spreadOf([bytes / mb]) },
    { name: 'package, unpacked', unit: 'MB', found: spreadOf([unpacked_bytes / mb]) },
    { name: 'package, files', unit: '', found: spreadOf([files]) },
  ]
}

/** What it brings into a project, and how soon it is of use there. */
export function installFigures(installs: readonly Installed[]): Figure[] {
  const spread = (read: (one: Installed) => number) => spreadOf(installs.map(read))
  const seconds = (ms: number) => ms / 1000
  return [
    { name: 'installed', unit: 'MB', found: spread((one) => one.bytes / mb), most: 60 },
    { name: 'installed, packages', unit: '', found: spread((one) => one.packages), most: 25 },
    { name: 'npm install', unit: 's', found: spread((one) => seconds(one.install_ms)) },
    {
      name: 'npm install to the first message on a phone',
      unit: 's',
      found: spread((one) => seconds(one.first_message_ms)),
      most: 30,
    },
  ]
}

interface Comparison {
  readonly name: string
  readonly against: string
  readonly connections: number
  readonly read: (round: Round) => number
}

function ratio(pairs: Pairs, { name, against, connections, read }: Comparison): Spread {
  const ofServer = (rounds: readonly Round[], server: string) => {
    const round = rounds.find((r) => r.server === server && r.connections === connections)
    return round ? read(round) : Number.NaN
  }
  return spreadOf(pairs.map((rounds) => ofServer(rounds, name) / ofServer(rounds, against)))
}

/** Medians of the rounds themselves, then the figures with their quartiles and targets. */
export function tableOf(pairs: Pairs, figures: readonly Figure[]): string {
  const rounds = pairs.flat()
  const cases = [...new Set(rounds.map((r) => `${r.connections}|${r.server}`))]
  const absolute = cases.map((one) => {
    const some = rounds.filter((r) => one === `${r.connections}|${r.server}`)
    const median = (read: (round: Round) => number) => spreadOf(some.map(read)).median
    return [
      some[0]?.server ?? '',
      String(some[0]?.connections),
      median((r) => r.rate).toFixed(0),
      median((r) => r.cpu_us).toFixed(0),
      (median((r) => r.p50_us) / 1000).toFixed(2),
      (median((r) => r.p99_us) / 1000).toFixed(2),
    ]
  })
  const head = ['server', 'conn.', 'answers/s', 'CPU µs', 'p50 ms', 'p99 ms']
  const found = figures.map((figure) => [
    figure.name,
    `${digits(figure.found.median)} ${figure.unit}`,
    figure.found.q1 === figure.found.q3
      ? ''
      : `${digits(figure.found.q1)} – ${digits(figure.found.q3)}`,
    targetOf(figure),
    markOf(figure),
  ])
  return `${align([head, ...absolute])}\n\n${align([['figure', 'median', 'quartiles', 'target', ''], ...found])}`
}

/** Undefined for a figure without a target. */
export function isMet({ found, most, least }: Figure): boolean | undefined {
  if (most === undefined && least === undefined) return undefined
  return found.median <= (most ?? Infinity) && found.median >= (least ?? -Infinity)
}

function markOf(figure: Figure): string {
  const met = isMet(figure)
  if (met === undefined) return ''
  return met ? '✓' : '✗'
}

function targetOf({ most, least }: Figure): string {
  if (most !== undefined) return `≤ ${most}`
  return least === undefined ? '' : `≥ ${least}`
}

function digits(value: number): string {
  return value.toPrecision(3).includes('e') ? value.toFixed(0) : value.toPrecision(3)
}
