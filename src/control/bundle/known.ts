import { z } from 'zod'
import { type EpochTableRow, listEpochRows, type RowKey } from '../../../db/epoch.ts'
import { listExchangesAfter } from '../../../db/exchange.ts'
import type { EpochTable } from '../../../db/schema.ts'
import type { Engine } from '../../core/engine.ts'
import type { Known } from '../../journal/alias.ts'
import { valuesOf, valuesOfUrl } from '../../journal/values.ts'
import { sendTemplate } from '../../wechat/message/endpoints.ts'
import { unionidFrom } from '../../wechat/official-account.ts'
import { readTemplate } from '../../wechat/template/content.ts'
import { nextTurn } from '../../world/clock.ts'
import { isMadeByMobile } from '../../world/person.ts'
import type { World } from '../../world/world.ts'
import { secret_columns } from '../world/secret.ts'

/** What one unit reads. */
const portion = { rows_max: 500, bytes_max: 256 * 1024 }
/** Exchanges have bodies. */
export const exchanges_portion = 50

interface Found {
  readonly names: Set<string>
  /** Placeholders of templates whose values are names of people. */
  readonly name_keys: Set<string>
  readonly ids: Set<string>
  readonly secrets: Set<string>
}

/** What a table says of people, and of secrets. */
type Reader = (row: EpochTableRow, found: Found, world: World) => void

const nameIn: Reader = ({ name }, { names }) => addName(names, name)

/** What a template says of a value that is somebody's name: before its place, or by WeChat's type of it. */
const name_label = /姓名|名字|候选人|\bname\b|candidate/i

const nameKeysIn: Reader = ({ content }, { name_keys }) => {
  for (const { name, label, type } of readTemplate(String(content)).fields)
    if (type === 'name' || name_label.test(label)) name_keys.add(name)
}

function readMessage({ name, keywords, url }: EpochTableRow, found: Found): void {
  addName(found.names, name)
  for (const text of [keywords, url]) if (typeof text === 'string') addNamesIn(found, text)
}
const secretsIn: Reader = (row, { secrets }) => {
  for (const column of [...secret_columns, 'refresh_token', 'ticket', 'code'])
    if (typeof row[column] === 'string') secrets.add(row[column])
}

/** Tables in the order in which they are read: of whose ids follow from a mobile, the first one tells. */
const readers: readonly (readonly [EpochTable, Reader])[] = [
  ['person', readPerson],
  ['follower', readFollower],
  ['association', nameIn],
  ['template', nameKeysIn],
  ['message', readMessage],
  ['template_message', ({ shown }, found) => addNamesIn(found, String(shown))],
  ['official_account', secretsIn],
  ['account', secretsIn],
  ['access_token', secretsIn],
  ['oauth_code', secretsIn],
  ['web_token', secretsIn],
  ['js_ticket', secretsIn],
]

/** Everything in a world that must not stand in a file for others, in portions. */
export async function gatherKnown(engine: Engine, world: World): Promise<Known> {
  const found: Found = {
    names: new Set(),
    name_keys: new Set(),
    ids: new Set(),
    secrets: new Set(),
  }
  for (const [table, read] of readers) await readTable(engine, { world, table, read, found })
  await readCalls(engine, world, found)
  return found
}

async function readTable(
  { store, closing }: Engine,
  of: {
    readonly world: World
    readonly table: EpochTable
    readonly read: Reader
    readonly found: Found
  },
): Promise<void> {
  const { world, table, read, found } = of
  let after: RowKey | undefined
  for (let isLast = false; !isLast; await nextTurn()) {
    closing.throwIfAborted()
    const at = { table, epoch: world.epoch, after }
    const page = await store.unit('bundle.read', ({ db }) => listEpochRows(db, at, portion))
    for (const row of page.items) read(row, found, world)
    after = page.last
    isLast = page.isLast
  }
}

function readPerson(row: EpochTableRow, { names, ids }: Found, world: World): void {
  const of = { key: String(row['key']), person: String(row['person']) }
  if (row['name'] !== of.key) addName(names, row['name'])
  if (!isMadeByMobile(of)) return
  ids.add(of.person)
  ids.add(unionidFrom({ world }, { person: of.person, unionid: null }))
}

function readFollower({ person, openid }: EpochTableRow, { ids }: Found): void {
  if (ids.has(String(person))) ids.add(String(openid))
}

/** Calls in which a name may stand that was refused, and is in no table. */
const of_people = /^(?:message|association|person|registration|register|world)/

async function readCalls(
  { store, closing }: Engine,
  { epoch }: World,
  found: Found,
): Promise<void> {
  let after = 0
  for (let isLast = false; !isLast; await nextTurn()) {
    closing.throwIfAborted()
    const at = { epoch, after, limit: exchanges_portion }
    const page = await store.unit('bundle.read', ({ db }) => listExchangesAfter(db, at))
    for (const { endpoint, surface, url, request_body } of page) {
      const body = request_body.toString('utf8')
      if (endpoint === sendTemplate.id) addNamesOfSend(found, body)
      if (!of_people.test(endpoint) && surface !== 'register') continue
      for (const text of [url, body]) addNamesIn(found, text)
    }
    after = page.at(-1)?.seq ?? after
    isLast = page.length < exchanges_portion
  }
}

/** Fields that hold the name of a person; of WeChat's placeholders those of the type. */
const name_field =
  /^(?:(?:full|first|last|given|family|nick|real|display|person|candidate)_?)?name\d*$|^姓名$/i

/** The names that a body or an address gives to people, at whatever depth. */
function addNamesIn(found: Pick<Found, 'names' | 'name_keys'>, text: string): void {
  const read = isAddress(text) ? valuesOfUrl(text) : valuesOf(text)
  for (const { name, value } of read) {
    if (name_field.test(name) || found.name_keys.has(name)) addName(found.names, value)
    else if (isAddress(value)) addNamesIn(found, value)
  }
}

const wechat_send = z.object({ data: z.record(z.string(), z.object({ value: z.string() })) })

/** Of a send to WeChat itself, which leaves no row where it is refused, the values that are names. */
function addNamesOfSend({ names, name_keys }: Found, body: string): void {
  const read = wechat_send.safeParse(parseJson(body))
  for (const [key, { value }] of Object.entries(read.data?.data ?? {}))
    if (name_keys.has(key)) addName(names, value)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isAddress = (text: string) => /^(?:https?:\/)?\//.test(text)

/** A word that could be a key is left alone: it may be one, and who is called so is told by it anyway. */
const key_like = /^[a-z\d-]*$/

/** A name, and each part of it that is no English word: `Zoë Müller` is told by `Müller`, too, but `Test` of `Test User` would change our own texts. */
function addName(names: Set<string>, name: unknown): void {
  if (typeof name !== 'string' || key_like.test(name)) return
  names.add(name)
  for (const part of name.split(/\s+/)) if (/[^ -~]/.test(part) && part.length > 1) names.add(part)
}

/** The names that a text of JSON gives to people, at whatever depth. */
export function addNamesOf(names: Set<string>, json: string): void {
  for (const { name, value } of valuesOf(json)) if (name_field.test(name)) addName(names, value)
}
