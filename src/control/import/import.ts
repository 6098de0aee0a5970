import { z } from 'zod'
import { findImport, updateRunningImport } from '../../../db/association-import.ts'
import type { AssociationImportRow } from '../../../db/schema.ts'
import { findWorld } from '../../../db/world.ts'
import type { Engine } from '../../core/engine.ts'
import { nextTurn } from '../../world/clock.ts'
import { type CsvRow, readCsv } from './csv.ts'

/** A field of association.create, and what its column may be called. */
const columns: Readonly<Record<string, string>> = {
  name: 'name',
  姓名: 'name',
  mobile: 'mobile',
  phone: 'mobile',
  手机: 'mobile',
  手机号: 'mobile',
  email: 'email',
  'e-mail': 'email',
  邮箱: 'email',
  openid: 'openid',
  source: 'source',
  state: 'state',
}

/** Lines whose refusal is told in words; all are counted. */
const lines_max = 500
/** Lines between two looks at how far it is told. */
const told_lines = 20

/** A file that is being read, line by line. */
export interface Reading {
  readonly epoch: number
  readonly import_id: string
  readonly world: string
  /** Key of the account. */
  readonly account: string
  readonly csv: string
  /** An account's own WeChat derives openids; those of a file are told by another one. */
  readonly hasOpenids: boolean
}

/** Which field stands in which column; undefined: no column has mobiles. */
export function readHeader(csv: string): readonly (string | undefined)[] | undefined {
  const [first] = readCsv(csv, 1)
  const header = first?.fields.map((name) => columns[name.trim().toLowerCase()]) ?? []
  return header.includes('mobile') ? header : undefined
}

/** Why a line did nothing. */
export const refusedLine = z.object({
  line: z.int(),
  field: z.string().nullable(),
  reason: z.string(),
})
type RefusedLine = z.output<typeof refusedLine>

/** Registers whom a file names: a control call for each line, between which others get their turn. */
export async function readImport(engine: Engine, reading: Reading): Promise<void> {
  try {
    await readLines(engine, reading)
  } catch (error) {
    if (engine.outages.note(error)) return
    const name = error instanceof Error ? error.name : 'unknown'
    engine.log('error', 'import.failed', { import: reading.import_id, error: name })
  }
}

async function readLines(engine: Engine, reading: Reading): Promise<void> {
  const { csv } = reading
  const header = readHeader(csv) ?? []
  const tally = new Tally()
  let lines = 0
  for (const row of readCsv(csv).slice(1)) {
    if (engine.closing.aborted || !(await isWanted(engine, reading))) return
    tally.take(row, await register(engine, reading, fieldsOf(header, row)))
    lines += 1
    if (lines % told_lines === 0) await tell(engine, reading, { ...tally.told(), ...doneTo(row) })
    await nextTurn()
  }
  await tell(engine, reading, { ...tally.told(), bytes_done: csv.length, state: 'done' })
}

const doneTo = ({ end }: CsvRow) => ({ bytes_done: end })

function fieldsOf(
  header: readonly (string | undefined)[],
  { fields }: CsvRow,
): Record<string, string> {
  const named: Record<string, string> = {}
  for (const [i, name] of header.entries()) {
    const value = fields[i]?.trim() ?? ''
    if (name !== undefined && value !== '') named[name] = value
  }
  return named
}

/** Nobody has cancelled it, and the world has not begun a new life. */
function isWanted(engine: Engine, { epoch, import_id, world }: Reading): Promise<boolean> {
  return engine.store.unit('import.look', ({ db }) => {
    const isSame = findWorld(db, world)?.epoch === epoch
    return isSame && findImport(db, { epoch, import_id })?.state === 'running'
  })
}

function tell(
  engine: Engine,
  { epoch, import_id }: Reading,
  change: Partial<AssociationImportRow>,
): Promise<boolean> {
  const told_at = engine.realNow()
  return engine.store.unit('import.tell', ({ db }) =>
    updateRunningImport(db, { epoch, import_id }, { ...change, told_at }),
  )
}

type Outcome = 'created' | 'updated' | Omit<RefusedLine, 'line'>

const problemShape = z.object({ field: z.string().nullable(), reason: z.string() })

async function register(
  engine: Engine,
  { world, account, hasOpenids }: Reading,
  { openid, ...fields }: Record<string, string>,
): Promise<Outcome> {
  const input = { world, account, ...fields, ...(hasOpenids && openid ? { openid } : {}) }
  // The journal has the import: a line of its own for each of a file would push all else out of it.
  const { status, body } = await engine.control('association.create', input, { journalled: false })
  if (status === 201) return 'created'
  if (status === 200) return 'updated'
  const refused = problemShape.safeParse(JSON.parse(body.toString('utf8'))).data
  const { field = null, reason = 'it was refused' } = refused ?? {}
  return { field, reason: withoutValues(reason, Object.values({ openid, ...fields })) }
}

/** A report outlives whoever is withdrawn: it names no one. */
function withoutValues(reason: string, values: readonly (string | undefined)[]): string {
  const sent = values.filter((value) => value !== undefined && value.length > 1)
  const told = sent.reduce<string>((text, value) => text.replaceAll(value ?? '', '…'), reason)
  return told.replaceAll(/\bo[\w-]{20,}/gu, '…')
}

/** What has become of the lines so far. */
class Tally {
  readonly #refused: RefusedLine[] = []
  readonly #counts = { created: 0, updated: 0, refused: 0 }

  take({ line }: CsvRow, outcome: Outcome): void {
    if (typeof outcome === 'string') {
      this.#counts[outcome] += 1
      return
    }
    this.#counts.refused += 1
    if (this.#refused.length < lines_max) this.#refused.push({ line, ...outcome })
  }

  told(): { created: number; updated: number; refused: number; report: string } {
    return { ...this.#counts, report: JSON.stringify(this.#refused) }
  }
}
