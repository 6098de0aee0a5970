import { nextCount } from '../../../db/counter.ts'
import { deleteMedia, findMedia, insertMedia, listMediaByAge } from '../../../db/media.ts'
import type { MediaRow, OfficialAccountRow } from '../../../db/schema.ts'
import type { Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { deriveBase64url } from '../../world/seed.ts'
import type { Scope } from '../../world/world.ts'
import { refuse } from '../caller.ts'

export type MediaKind = MediaRow['kind']

/** What may be uploaded, by kind. Source: the platform's page on temporary material. */
interface Limit {
  readonly bytes_max: number
  /** What a larger file is answered. */
  readonly code: number
  readonly types: readonly string[]
}

const kb = 1024
const mb = 1024 * kb

const limits: Readonly<Record<MediaKind, Limit>> = {
  image: { bytes_max: 10 * mb, code: 40009, types: ['image/png', 'image/jpeg', 'image/gif'] },
  voice: { bytes_max: 2 * mb, code: 40010, types: ['audio/amr', 'audio/mpeg'] },
  video: { bytes_max: 10 * mb, code: 40011, types: ['video/mp4'] },
  thumb: { bytes_max: 64 * kb, code: 40012, types: ['image/jpeg'] },
}

/** What a whole upload may have: its file, and what is around it. */
export const upload_bytes_max = 10 * mb + 64 * kb

export function isMediaKind(value: unknown): value is MediaKind {
  return typeof value === 'string' && Object.hasOwn(limits, value)
}

/** How long an upload is good for, by the world's clock. */
const media_ms = 3 * 86_400_000
/** What a world keeps; the oldest goes before its time when there is more. */
const uploads_max = 200
const uploads_bytes_max = 64 * mb

/** Keeps a file for three days. */
export function keepMedia(
  call: Scope,
  { appid }: OfficialAccountRow,
  kind: MediaKind,
  content: Buffer,
): MediaRow | Refusal {
  const { db, world } = call
  const { epoch } = world
  const no = refuseFile(kind, content)
  if (no) return no
  const n = nextCount(db, { epoch, purpose: 'upload', key: '' })
  const row: MediaRow = {
    epoch,
    media_id: deriveBase64url(64, world, 'upload', appid, n),
    n,
    appid,
    kind,
    type: typeOf(content) ?? '',
    content,
    size: content.length,
    uploaded_at: world.now,
    expires_at: world.now + media_ms,
  }
  makeRoom(call, content.length)
  insertMedia(db, row)
  return row
}

function refuseFile(kind: MediaKind, content: Buffer): Refusal | undefined {
  const { bytes_max, code, types } = limits[kind]
  const bytes = content.length
  if (bytes === 0)
    return refuse(44001, { rule: 'media.given', expected: 'a file that is not empty' })
  const type = typeOf(content)
  if (type === undefined || !types.includes(type))
    return refuse(40005, { rule: 'media.type', actual: type ?? 'unknown', expected: types })
  if (bytes <= bytes_max) return undefined
  return refuse(code, { rule: 'media.size', actual: { bytes }, expected: `at most ${bytes_max}` })
}

/** What files begin with, as latin1; of a film, after its first four bytes. */
const signatures: readonly (readonly [type: string, begin: string, at?: number])[] = [
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/gif', 'GIF87a'],
  ['image/gif', 'GIF89a'],
  ['audio/amr', '#!AMR'],
  ['audio/mpeg', 'ID3'],
  ['audio/mpeg', '\xff\xfb'],
  ['audio/mpeg', '\xff\xf3'],
  ['audio/mpeg', '\xff\xf2'],
  ['video/mp4', 'ftyp', 4],
]

/** What a file is by its first bytes, whatever its name says. */
function typeOf(content: Buffer): string | undefined {
  const head = content.toString('latin1', 0, 16)
  return signatures.find(([, begin, at = 0]) => head.startsWith(begin, at))?.[0]
}

/** Lets go of what is too old, and of the oldest besides when there is too much. */
function makeRoom({ db, world }: Scope, bytes: number): void {
  const rows = listMediaByAge(db, { epoch: world.epoch, limit: uploads_max + 1 })
  let sum = bytes + rows.reduce((all, { size }) => all + size, 0)
  let count = rows.length + 1
  const gone = rows.filter(({ expires_at, size }) => {
    const isOld = expires_at <= world.now
    if (!isOld && sum <= uploads_bytes_max && count <= uploads_max) return false
    sum -= size
    count -= 1
    return true
  })
  deleteMedia(
    db,
    world.epoch,
    gone.map(({ media_id }) => media_id),
  )
}

/** An upload of the account that is not too old, of one of some kinds. */
export function livingMedia(
  call: Scope,
  { appid }: Pick<OfficialAccountRow, 'appid'>,
  media_id: unknown,
  kinds: readonly MediaKind[] = ['image', 'voice', 'video', 'thumb'],
): MediaRow | Refusal {
  const { db, world } = call
  const isText = typeof media_id === 'string' && isCleanText(media_id)
  const row = isText ? findMedia(db, world.epoch, media_id) : undefined
  const isOwn = row?.appid === appid && kinds.includes(row.kind)
  if (row && isOwn && world.now < row.expires_at) return row
  return refuse(40007, {
    rule: 'media.known',
    actual: media_id ?? null,
    expected: `an upload of the last three days (${kinds.join(', ')})`,
  })
}
