import { nextCount } from '../../../db/counter.ts'
import { listOfficialAccounts } from '../../../db/official-account.ts'
import {
  countPermanentCodes,
  findPermanentCode,
  findSceneCodeByPath,
  findSceneCodeByTicket,
  insertSceneCode,
} from '../../../db/scene-code.ts'
import type { OfficialAccountRow, SceneCodeRow } from '../../../db/schema.ts'
import type { Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { toUnixSeconds } from '../../world/clock.ts'
import { deriveBase62, deriveHex } from '../../world/seed.ts'
import { claim, resetScoped, type Scope, type World } from '../../world/world.ts'
import { refuse } from '../caller.ts'
import type { Scene } from './scene.ts'

const permanent_codes_max = 100_000

/** An account's code for a scene, made when there is none: the same scene has the same code for ever. */
export function permanentCode(
  call: Scope,
  { appid }: OfficialAccountRow,
  of: Scene,
): SceneCodeRow | Refusal {
  const { db, world } = call
  const { epoch } = world
  const at = { epoch, appid, ...of }
  const existing = findPermanentCode(db, at)
  if (existing) return existing
  const n = nextCode(call, appid)
  // Whoever drew the number before may have made what this call is looking for.
  const made = findPermanentCode(db, at)
  if (made) return made
  const count = countPermanentCodes(db, epoch, appid)
  if (count >= permanent_codes_max) {
    return refuse(45029, {
      rule: 'qrcode.count',
      actual: { permanent_codes: count },
      expected: `fewer than ${permanent_codes_max}`,
    })
  }
  return insertCode(call, { appid, n, ...of }, undefined)
}

/** A new code for a scene, for so many seconds. */
export function temporaryCode(
  call: Scope,
  { appid }: OfficialAccountRow,
  of: Scene,
  seconds: number,
): SceneCodeRow {
  return insertCode(call, { appid, n: nextCode(call, appid), ...of }, seconds)
}

function nextCode({ db, world }: Scope, appid: string): number {
  return nextCount(db, { epoch: world.epoch, purpose: 'scene_code', key: appid })
}

function insertCode(
  call: Scope,
  { appid, n, action, scene }: Scene & { readonly appid: string; readonly n: number },
  seconds: number | undefined,
): SceneCodeRow {
  const { db, world } = call
  const { epoch, now } = world
  const row: SceneCodeRow = {
    epoch,
    ...makeTicket(world, [appid, n], seconds ?? 0),
    appid,
    action,
    scene,
    expires_at: seconds === undefined ? null : now + seconds * 1000,
    created_at: now,
  }
  insertSceneCode(db, row)
  claim(call, 'ticket', row.ticket)
  return row
}

/** What the picture of an account's own code says before its original id. */
const account_url = 'http://weixin.qq.com/r/'

/** The living code with a scene that a ticket names. */
export function findTicket({ db, world }: Scope, ticket: string): SceneCodeRow | undefined {
  if (!isCleanText(ticket)) return undefined
  return living(world, findSceneCodeByTicket(db, world.epoch, ticket))
}

/** The living code with a scene that a picture's address or a ticket names. */
export function findSceneCode(call: Scope, text: string): SceneCodeRow | undefined {
  const { db, world } = call
  const path = behind(code_url, text)
  if (path === undefined) return findTicket(call, text)
  return isCleanText(path) ? living(world, findSceneCodeByPath(db, world.epoch, path)) : undefined
}

function living(world: World, code: SceneCodeRow | undefined): SceneCodeRow | undefined {
  return code && (code.expires_at === null || code.expires_at > world.now) ? code : undefined
}

/** What the picture of an official account's own QR code says. */
export function accountCodeUrl(account: Pick<OfficialAccountRow, 'original_id'>): string {
  return account_url + account.original_id
}

/** The official account whose own QR code says this. */
export function officialAccountByCode(
  { db, world }: Scope,
  url: string,
): OfficialAccountRow | undefined {
  const original_id = behind(account_url, url)
  if (original_id === undefined) return undefined
  const accounts = listOfficialAccounts(db, world.epoch)
  return accounts.find((account) => account.original_id === original_id)
}

/** What comes after a code's beginning, by http or https. */
function behind(beginning: string, text: string): string | undefined {
  const url = text.replace(/^https:/, 'http:')
  return url.startsWith(beginning) ? url.slice(beginning.length) : undefined
}

/** What the picture of a scene's code says before the code's own part. */
export const code_url = 'http://weixin.qq.com/q/'

/** A code's ticket, and the last part of the address that its picture says. */
interface Ticket {
  readonly ticket: string
  readonly path: string
}

/**
 * A ticket of 96 characters, laid out as published ones are (decoded): a mark, two bytes of id, the kind, zeros, the
 * address with its length, the Unix second of its making and the seconds that it lives.
 */
function makeTicket(world: World, key: readonly (string | number)[], seconds: number): Ticket {
  const source = resetScoped(world)
  const path = `02${deriveBase62(20, source, 'scene_code', ...key)}`
  const id = deriveHex(source, 'scene_code_id', ...key).slice(0, 4)
  const url = Buffer.from(`${code_url}${path}\0`, 'latin1')
  const bytes = Buffer.concat([
    Buffer.from(`8101${id}3c0000000000000001`, 'hex'),
    Buffer.from([url.length]),
    url,
    Buffer.from([2, 4]),
    littleEndian(toUnixSeconds(world.now)),
    Buffer.from([3, 4]),
    littleEndian(seconds),
  ])
  return { ticket: bytes.toString('base64'), path }
}

function littleEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
