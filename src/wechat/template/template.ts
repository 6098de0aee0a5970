import type { OfficialAccountRow, TemplateRow } from '../../../db/schema.ts'
import {
  findTemplate,
  insertTemplate,
  listTemplates,
  updateTemplate,
} from '../../../db/template.ts'
import type { Call } from '../../core/call.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { deriveBase64url } from '../../world/seed.ts'
import { type Scope, touchVersion } from '../../world/world.ts'
import { refuse } from '../caller.ts'
import { findIndustry, type IndustryName, liveName } from '../industry/industry.ts'
import {
  type ClassKeyword,
  type ClassTemplate,
  findLibraryTemplate,
  type LibraryTemplate,
  type OldTemplate,
} from './library.ts'

/** Templates that an account may have at a time. Source: the platform's page on template messages. */
export const templates_max = 25

/** The row of a template, read once per version of the world. */
export function templateOf(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  template_id: string,
): TemplateRow | undefined {
  const { db, world, engine } = call
  return engine.cache.get({ db, world }, ['template', template_id], () =>
    findTemplate(db, world.epoch, template_id),
  )
}

/** An account's template that it may send. */
export function activeTemplate(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  { appid }: OfficialAccountRow,
  template_id: string,
): TemplateRow | Refusal {
  const template = templateOf(call, template_id)
  if (template?.appid === appid && template.state === 'active') return template
  return refuse(40037, {
    rule: 'template.known',
    actual: template_id,
    expected: 'an active template of this account',
    ...(template?.appid === appid && lostFacts(template)),
  })
}

/** What there is to say of a template that an account had, and has lost. */
function lostFacts({ appid, template_id, title, state }: TemplateRow) {
  const fix = { call: 'template.enable', input: { appid, template_id } }
  return { row: { title, state }, fix }
}

export interface NewTemplate {
  readonly title: string
  readonly content: string
  readonly example: string
  /** As the library files it; left out: under the account's primary industry. */
  readonly filed?: IndustryName
  /** Its number in the library. */
  readonly template_id_short?: string
}

/** Gives an account a template. Whether it may have it is for the caller to know. */
export function makeTemplate(
  call: Scope,
  account: OfficialAccountRow,
  { title, content, example, filed, template_id_short }: NewTemplate,
): TemplateRow {
  const { db, world } = call
  const n = listTemplates(db, world.epoch, account.appid).length + 1
  const names = filed ?? liveName(account.primary_industry)
  const row: TemplateRow = {
    title,
    content,
    example,
    epoch: world.epoch,
    template_id: deriveBase64url(43, world, 'template', account.appid, n),
    appid: account.appid,
    n,
    primary_industry: names?.first_class ?? '',
    deputy_industry: names?.second_class ?? '',
    state: 'active',
    created_at: world.now,
    template_id_short: template_id_short ?? null,
  }
  touchVersion(call)
  insertTemplate(db, row)
  return row
}

/** Whether an account has all the templates that it may have. */
export function isFull(call: Scope, appid: string): boolean {
  const rows = listTemplates(call.db, call.world.epoch, appid)
  return rows.filter(({ state }) => state === 'active').length >= templates_max
}

/** Takes a template away: it is listed no more, and sends by it answer 40037 from then on. */
export function changeTemplate(
  call: Scope,
  row: Pick<TemplateRow, 'epoch' | 'template_id'>,
  state: TemplateRow['state'],
): void {
  touchVersion(call)
  updateTemplate(call.db, row, { state })
}

/**
 * Gives an account a template of the library; of a class template the keywords of this list. The order of the checks is
 * our inference.
 */
export function addFromLibrary(
  call: Pick<Call, 'db' | 'world' | 'steps'>,
  account: OfficialAccountRow,
  template_id_short: string,
  keywords: unknown,
): TemplateRow | Refusal {
  const { steps } = call
  const entry = findEntry(account, template_id_short)
  if (isRefusal(entry)) return entry
  steps.push('library.known')
  const template = takeEntry(entry, keywords)
  if (isRefusal(template)) return template
  const no = refuseIndustry(account, entry)
  if (no) return no
  steps.push('library.industry')
  if (isFull(call, account.appid))
    return refuse(45026, { rule: 'template.count', expected: `fewer than ${templates_max}` })
  steps.push('template.count')
  return makeTemplate(call, account, template)
}

/** Before the move to service categories there was the old library alone, after it there is the new one alone. */
function findEntry(
  { appid, rules }: OfficialAccountRow,
  template_id_short: string,
): LibraryTemplate | Refusal {
  const actual = template_id_short
  if (rules === '2023' && isOldNumber(template_id_short)) {
    return refuse(40247, {
      rule: 'library.open',
      actual,
      expected: 'a number of the library of today, digits alone',
      fix: { call: 'official_account.update', input: { appid, rules: '2014' } },
    })
  }
  const entry = findLibraryTemplate(template_id_short)
  if (entry && (entry.style === 'class') === (rules === '2023')) return entry
  const expected = `a number of the library under the rules of ${rules}`
  return refuse(40037, { rule: 'library.known', actual, expected })
}

function takeEntry(entry: LibraryTemplate, list: unknown): NewTemplate | Refusal {
  if (entry.style === 'old') return takeOld(entry)
  const isList = Array.isArray(list) && list.length > 0
  const taken = isList ? takeClass(entry, list.map(String)) : undefined
  if (taken) return taken
  return refuse(40246, {
    rule: 'library.keywords',
    actual: list ?? null,
    expected: entry.keywords.map(({ name }) => name),
  })
}

/** Class templates follow service categories, which this simulator gives to every account. */
function refuseIndustry(account: OfficialAccountRow, entry: LibraryTemplate): Refusal | undefined {
  if (entry.style === 'class') return undefined
  const { primary_industry, secondary_industry } = account
  if (entry.industry === primary_industry || entry.industry === secondary_industry) return undefined
  return refuse(45027, {
    rule: 'library.industry',
    row: { primary_industry, secondary_industry },
    actual: entry.industry,
    expected: 'a template of one of the two industries',
  })
}

/** Whether a number has the form of the old library's: `TM00015`, `OPENTM204040862`. */
function isOldNumber(template_id_short: string): boolean {
  return /^(OPEN)?TM\d+$/.test(template_id_short)
}

/** A template of the old library as an account gets it. */
export function takeOld(entry: OldTemplate): NewTemplate {
  const { title, content, example, template_id_short } = entry
  const filed = findIndustry(entry.industry)?.live
  return { title, content, example, template_id_short, ...(filed ? { filed } : {}) }
}

/** A class template with the keywords that somebody chose, in their order; undefined: it has not all of them, or one twice. */
export function takeClass(entry: ClassTemplate, names: readonly string[]): NewTemplate | undefined {
  const chosen = names
    .map((name) => entry.keywords.find((keyword) => keyword.name === name))
    .filter((keyword) => keyword !== undefined)
  if (chosen.length < names.length || new Set(names).size < names.length) return undefined
  const lines = (say: (keyword: ClassKeyword) => string) =>
    chosen.map((keyword) => `${keyword.name}:${say(keyword)}\n`).join('')
  return {
    title: entry.title,
    content: lines(({ key }) => `{{${key}.DATA}}`),
    example: lines(({ example }) => example),
    filed: entry.category,
    template_id_short: entry.template_id_short,
  }
}

/** The approved values of a template's `const` keywords, by their keys. */
export function constValuesOf(
  template: Pick<TemplateRow, 'template_id_short'>,
): ReadonlyMap<string, readonly string[]> {
  const { template_id_short } = template
  const entry = template_id_short === null ? undefined : findLibraryTemplate(template_id_short)
  if (entry?.style !== 'class') return none
  return new Map(entry.keywords.flatMap(({ key, values }) => (values ? [[key, values]] : [])))
}

const none: ReadonlyMap<string, readonly string[]> = new Map()
