import { listOfficialAccounts } from '../../../db/official-account.ts'
import { findSceneCodeByPath, findSceneCodeByTicket } from '../../../db/scene-code.ts'
import type { OfficialAccountRow, SceneCodeRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { isCleanText } from '../../core/request.ts'
import type { World } from '../../world/world.ts'
import { code_url } from './ticket.ts'

/** What the picture of an account's own code says before its original id. */
const account_url = 'http://weixin.qq.com/r/'

type Reader = Pick<Call, 'db' | 'world'>

/** The living code with a scene that a ticket names. */
export async function findTicket(
  { db, world }: Reader,
  ticket: string,
): Promise<SceneCodeRow | undefined> {
  if (!isCleanText(ticket)) return undefined
  return living(world, await findSceneCodeByTicket(db, world.epoch, ticket))
}

/** The living code with a scene that a picture's address or a ticket names. */
export async function findSceneCode(call: Reader, text: string): Promise<SceneCodeRow | undefined> {
  const { db, world } = call
  const path = behind(code_url, text)
  if (path === undefined) return findTicket(call, text)
  return isCleanText(path)
    ? living(world, await findSceneCodeByPath(db, world.epoch, path))
    : undefined
}

function living(world: World, code: SceneCodeRow | undefined): SceneCodeRow | undefined {
  return code && (code.expires_at === null || code.expires_at > world.now) ? code : undefined
}

/** What the picture of an official account's own QR code says. */
export function accountCodeUrl(account: Pick<OfficialAccountRow, 'original_id'>): string {
  return account_url + account.original_id
}

/** The official account whose own QR code says this. */
export async function officialAccountByCode(
  { db, world }: Reader,
  url: string,
): Promise<OfficialAccountRow | undefined> {
  const original_id = behind(account_url, url)
  if (original_id === undefined) return undefined
  const accounts = await listOfficialAccounts(db, world.epoch)
  return accounts.find((account) => account.original_id === original_id)
}

/** What comes after a code's beginning, by http or https. */
function behind(beginning: string, text: string): string | undefined {
  const url = text.replace(/^https:/, 'http:')
  return url.startsWith(beginning) ? url.slice(beginning.length) : undefined
}
