import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import {
  deleteImport,
  findImport,
  insertImport,
  listImports as listRows,
  updateRunningImport,
} from '../../../db/association-import.ts'
import { nextCount } from '../../../db/counter.ts'
import type { AssociationImportRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { useOneOf } from '../../core/nearest.ts'
import { problem, unknownName } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { gatewayOf } from '../../tupu/gateway/config.ts'
import { toIso } from '../../world/clock.ts'
import type { Scope } from '../../world/world.ts'
import { chooseConnected } from '../association/association.ts'
import { exportAssociation } from './export.ts'
import { readHeader, readImport, refusedLine } from './import.ts'

/** Bytes of a file in UTF-8, whichever way it comes: some 80,000 lines. */
export const file_bytes_max = 4 * 1024 * 1024
/** JSON may spell a byte by two, as the ends of lines. */
const body_bytes_max = 2 * file_bytes_max + 4096
/** At once in a world, and kept of it. */
const running_max = 4
const kept_max = 50
/** Real time without a word after which nobody reads it any more: the process has ended. */
const silent_ms_max = 30_000

/** How far an import is, and what has become of its lines. */
export const importShape = z.object({
  import: z.string(),
  account: z.string().meta(words('Its key.', '账号的 key。')),
  state: z
    .enum(['running', 'done', 'cancelled', 'interrupted'])
    .meta(
      words(
        'interrupted: the server stopped in the meantime; registrations made so far remain, and the same file may be imported again.',
        'interrupted：期间服务器已停止；已登记的保留，可再次导入同一文件。',
      ),
    ),
  bytes_total: z.int().meta(words('Characters of the file.', '文件的字符数。')),
  bytes_done: z.int(),
  created: z.int(),
  updated: z.int().meta(words('Already registered.', '原已登记。')),
  refused: z.int(),
  lines: z
    .array(refusedLine)
    .meta(
      words(
        'The first 500 refused lines, and why. Their content is not kept.',
        '被拒绝的行及原因，最多列出前 500 行；不保留行中的内容。',
      ),
    ),
  begun_at: z.iso.datetime(),
})

/** Registers everybody in a file. Its body is not kept: it says who people are. */
export const createAssociationImport = endpoint({
  id: 'association_import.create',
  methods: ['POST'],
  path: '/worlds/{world}/association-imports',
  from: ['path', 'json'],
  summary: {
    en: 'Register everyone in a CSV file, one association.create per line; responds immediately, association_import.get shows the progress',
    zh: '导入 CSV 文件中的所有登记，每行相当于一次 association.create；立即应答，进度见 association_import.get',
  },
  status: 202,
  forgets: true,
  body_bytes_max,
  input: z.strictObject({
    world: z.string(),
    account: z
      .string()
      .optional()
      .meta(words('Key or EID. Default: the first account.', 'key 或 EID；不填则为第一个账号。')),
    csv: z
      .string()
      .meta(
        words(
          'UTF-8, at most 4 MB, with or without byte order mark. The first line names the columns: mobile, and optionally name, email, source and state; openid only for accounts at another WeChat. Other columns are ignored: a new person is registered at the time of the import. A text that contains U+FFFD is refused, because it was read with the wrong encoding.',
          'UTF-8，最大 4 MB，可带 BOM；首行为列名：mobile（手机号），以及可选的 name（姓名）、email（邮箱）、source、state；openid 仅用于位于其他微信的账号。其余列会被忽略：新登记的时间为导入时间。含有 U+FFFD 的文本会被拒绝：说明读取时用错了编码。',
        ),
      ),
  }),
  answer: importShape,
  refusals: [409],
  example: { input: { account: 'acme', csv: 'name,mobile\n赵敏,13800138009\n' } },
  handle(call) {
    const { db, world, input, engine } = call
    const { epoch } = world
    const account = chooseConnected(call, input.account)
    if (isRefusal(account)) return account
    const no = refuseFile(input.csv) ?? refuseMany(call)
    if (no) return no
    const n = nextCount(db, { epoch, purpose: 'import', key: '' })
    const import_id = `i${String(n).padStart(9, '0')}`
    const row: AssociationImportRow = {
      ...{ epoch, import_id, account: account.eid, state: 'running' },
      ...{ bytes_total: input.csv.length, bytes_done: 0, created: 0, updated: 0, refused: 0 },
      ...{ report: '[]', begun_at: world.now, told_at: call.real_now },
    }
    forgetOldest(call)
    insertImport(db, row)
    const hasOpenids = gatewayOf(account).kind === 'remote'
    const reading = { epoch, import_id, world: world.world, account: account.key, hasOpenids }
    const { csv } = input
    db.afterCommit(() => void readImport(engine, { ...reading, csv }))
    return reply(202, importResponse(call, row))
  },
})

function refuseFile(csv: string): Refusal | undefined {
  const bytes = Buffer.byteLength(csv)
  if (bytes > file_bytes_max) {
    const [has, most] = [bytes, file_bytes_max].map((count) => count.toLocaleString('en'))
    const fix = `divide it into files of at most ${most} bytes`
    return problem('body_too_large', { field: 'csv', reason: `it has ${has} bytes`, fix })
  }
  const unread = csv.indexOf('\uFFFD')
  if (unread >= 0) {
    const line = csv.slice(0, unread).split(/\r\n?|\n/u).length
    const reason = `its line ${line} has U+FFFD, which stands for bytes that could not be read`
    return problem('invalid_field', { field: 'csv', reason, fix: 'send it in UTF-8' })
  }
  if (readHeader(csv)) return undefined
  const reason = 'its first line names no column mobile'
  return problem('invalid_field', { field: 'csv', reason, fix: 'begin it with: name,mobile,email' })
}

function refuseMany(call: Call): Refusal | undefined {
  const rows = listRows(call.db, { epoch: call.world.epoch, limit: kept_max })
  const running = rows.filter((row) => stateOf(call, row) === 'running')
  if (running.length < running_max) return undefined
  const reason = `${running_max} files are being read in this world already`
  return problem('conflict', { field: 'csv', reason, fix: 'wait until one of them is done' })
}

function forgetOldest({ db, world }: Call): void {
  const { epoch } = world
  const rows = listRows(db, { epoch, limit: kept_max })
  for (const row of rows.slice(0, Math.max(0, rows.length - kept_max + 1))) deleteImport(db, row)
}

const importInput = z.strictObject({ world: z.string(), import: z.string() })
const made = [
  {
    call: 'association_import.create',
    input: { account: 'acme', csv: 'mobile\n13800138009\n' },
    take: { import_id: 'import' },
  },
]

export const getAssociationImport = endpoint({
  id: 'association_import.get',
  methods: ['GET'],
  path: '/worlds/{world}/association-imports/{import}',
  from: ['path'],
  summary: {
    en: 'The progress of an import, and its rejected lines',
    zh: '导入的进度，以及被拒绝的行',
  },
  input: importInput,
  answer: importShape,
  example: { input: { import: '{import_id}' }, after: made },
  handle(call) {
    const row = chooseImport(call)
    return isRefusal(row) ? row : importResponse(call, row)
  },
})

export const listAssociationImports = endpoint({
  id: 'association_import.list',
  methods: ['GET'],
  path: '/worlds/{world}/association-imports',
  from: ['path'],
  summary: {
    en: `The latest ${kept_max} imports of a world, oldest first, without their lines`,
    zh: `世界最近的 ${kept_max} 次导入，从旧到新，不含各行`,
  },
  input: z.strictObject({ world: z.string() }),
  answer: z.object({ items: z.array(importShape.omit({ lines: true })) }),
  example: { input: {}, after: made },
  handle(call) {
    const rows = listRows(call.db, { epoch: call.world.epoch, limit: kept_max })
    const items = rows.map((row) => {
      const { lines: _, ...item } = importResponse(call, row)
      return item
    })
    return { items }
  },
})

export const cancelAssociationImport = endpoint({
  id: 'association_import.cancel',
  methods: ['POST'],
  path: '/worlds/{world}/association-imports/{import}/cancel',
  from: ['path', 'json'],
  summary: {
    en: 'Cancel an import; registrations made so far remain',
    zh: '停止读取；已登记的保留',
  },
  input: importInput,
  answer: importShape,
  example: { input: { import: '{import_id}' }, after: made },
  handle(call) {
    const row = chooseImport(call)
    if (isRefusal(row)) return row
    const isEnded = updateRunningImport(call.db, row, { state: 'cancelled' })
    return importResponse(call, isEnded ? { ...row, state: 'cancelled' } : row)
  },
})

/** What there is to files of registrations, as calls of the control API. */
export const importEndpoints = [
  exportAssociation,
  createAssociationImport,
  getAssociationImport,
  listAssociationImports,
  cancelAssociationImport,
] as const

function chooseImport(
  call: Call<unknown, z.output<typeof importInput>>,
): AssociationImportRow | Refusal {
  const { db, world, input } = call
  const { epoch } = world
  const row = findImport(db, { epoch, import_id: input.import })
  if (row) return row
  const names = listRows(db, { epoch, limit: kept_max }).map(({ import_id }) => import_id)
  const reason = `the world has no import ${input.import}`
  const fix =
    names.length > 0 ? useOneOf(input.import, names) : 'make one with association_import.create'
  return unknownName(call, { field: 'import', reason, fix })
}

function stateOf({ real_now }: Call, { state, told_at }: AssociationImportRow) {
  return state === 'running' && real_now - told_at > silent_ms_max ? 'interrupted' : state
}

function importResponse(call: Call, row: AssociationImportRow): z.output<typeof importShape> {
  const keys = listAccounts(call.db, call.world.epoch)
  const { import_id, account, bytes_total, bytes_done, created, updated, refused } = row
  return {
    import: import_id,
    account: keys.find((row) => row.eid === account)?.key ?? account,
    state: stateOf(call, row),
    ...{ bytes_total, bytes_done, created, updated, refused },
    lines: z.array(refusedLine).parse(JSON.parse(row.report)),
    begun_at: toIso(row.begun_at),
  }
}

/** How far all imports are, in one text. */
export function importsDigest({ db, world }: Scope): string {
  const rows = listRows(db, { epoch: world.epoch, limit: kept_max })
  return rows
    .map(({ import_id, state, bytes_done }) => `${import_id} ${state} ${bytes_done}`)
    .join()
}
