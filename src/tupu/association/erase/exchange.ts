import { listTrace, lockExchange, updateExchange } from '../../../../db/exchange.ts'
import type { ExchangeRow } from '../../../../db/schema.ts'
import type { Db } from '../../../../db/unit.ts'
import { readForm } from '../../../core/request.ts'
import { asValue, type Erasing, eraseBytes, eraseDecision, eraseText, touches } from './eraser.ts'
import { ownPatterns, type Search } from './search.ts'

/** Takes a person out of an exchange, if they are in it. */
export async function eraseExchange(db: Db, row: ExchangeRow, search: Search): Promise<void> {
  const what = erasingOf(row, search)
  if (what) await erase(db, row, what)
}

/** Takes a person out of all exchanges of a trace that is theirs alone; `more`: what belongs to this one only. */
export async function eraseTrace(
  db: Db,
  at: { epoch: number; trace: string },
  search: Search,
  more: Erasing = { patterns: [] },
): Promise<void> {
  for (const row of await listTrace(db, at.epoch, at.trace)) {
    const own = ownErasing(row, search)
    await erase(db, row, {
      patterns: [...own.patterns, ...more.patterns],
      values: new Set([...search.values, ...(more.values ?? [])]),
    })
  }
}

/** What is to go from an exchange; undefined: nothing. */
function erasingOf(row: ExchangeRow, search: Search): Erasing | undefined {
  const { terms, patterns, marks } = search
  const texts = textsOf(row)
  const has = (mark: string) => texts.some((text) => text.includes(mark))
  if (has(terms.openid) || texts.some((text) => touches(text, patterns.everywhere)))
    return ownErasing(row, search)
  if (patterns.account.length === 0 || !marks.some(has)) return undefined
  const isTheirs = texts.some((text) => touches(text, patterns.account))
  return isTheirs ? ownErasing(row, search) : undefined
}

function ownErasing(row: ExchangeRow, search: Search): Erasing {
  const own = ownPatterns(search)
  return {
    patterns: isOfTupu(row) ? [...own, search.openid] : own,
    values: new Set([...search.values, ...typedIn(row, search)]),
  }
}

const typed_fields = ['name', 'mobile', 'email'] as const

/** What the person has typed into a form of TUPU's, valid or not. */
function typedIn({ surface, request_body, decision }: ExchangeRow, { terms }: Search): string[] {
  if (surface !== 'register' || !decision.includes(terms.openid)) return []
  const form = readForm(request_body.toString('utf8'))
  return typed_fields.map((name) => asValue(form[name] ?? '')).filter((text) => text !== '')
}

/** WeChat knows its followers by their openids, with TUPU or without: there they stay. */
function isOfTupu({ surface, endpoint }: ExchangeRow): boolean {
  return !/^(?:wechat|phone)/.test(surface) && !endpoint.startsWith('phone.')
}

/** Everything in which somebody may be named; of bytes that are no UTF-8, what is ASCII in them. */
function textsOf(row: ExchangeRow): string[] {
  return [
    row.url,
    row.request_headers,
    row.request_body.toString('utf8'),
    row.response_headers,
    row.response_body.toString('utf8'),
    row.decision,
  ]
}

async function erase(db: Db, found: ExchangeRow, what: Erasing): Promise<void> {
  if (!changeOf(found, what)) return
  // As it stands by now: another erasure may have changed it meanwhile.
  const row = await lockExchange(db, found.seq)
  const change = row && changeOf(row, what)
  if (change) await updateExchange(db, found.seq, change)
}

type Content = Pick<
  ExchangeRow,
  'url' | 'request_headers' | 'request_body' | 'response_headers' | 'response_body' | 'decision'
>

function changeOf(row: ExchangeRow, what: Erasing): Content | undefined {
  const change: Content = {
    url: eraseText(row.url, what),
    request_headers: eraseText(row.request_headers, what),
    request_body: eraseBytes(row.request_body, what),
    response_headers: eraseText(row.response_headers, what),
    response_body: eraseBytes(row.response_body, what),
    decision: eraseDecision(row.decision, what),
  }
  const names = Object.keys(change) as (keyof Content)[]
  return names.some((name) => change[name] !== row[name]) ? change : undefined
}
