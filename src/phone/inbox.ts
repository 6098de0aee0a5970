import { listEmailsOf } from '../../db/address.ts'
import {
  findContact,
  type ListedContact,
  listContactsTo,
  type Recipient,
} from '../../db/contact.ts'
import type { ContactRow, PersonRow } from '../../db/schema.ts'
import type { Scope } from '../world/world.ts'

/** What a phone has beside WeChat. */
export type InboxName = 'sms' | 'mail'

const page_rows = 20
/** Comes after all keys. */
const after_all = ':'

type Owner = Pick<PersonRow, 'mobile'>

/**
 * What came to a person, the newest first: SMS to the mobile, e-mails to the addresses that a send or an association has named
 * with it. `before`: only what is older. With the cursor to what is older still, where there is any.
 */
export function listInbox(
  scope: Scope,
  owner: Owner,
  { name, before = after_all }: { readonly name: InboxName; readonly before?: string | undefined },
): { readonly rows: readonly ListedContact[]; readonly next_cursor: string | null } {
  const rows = newestOf(scope, owner, { name, before, limit: page_rows + 1 })
  const shown = rows.slice(0, page_rows)
  return {
    rows: shown,
    next_cursor: rows.length > page_rows ? (shown.at(-1)?.contact ?? null) : null,
  }
}

/** One of them; undefined: it is somebody else's, or nobody's. */
export function findInInbox(
  scope: Scope,
  owner: Owner,
  { name, contact }: { readonly name: InboxName; readonly contact: string },
): ContactRow | undefined {
  const row = findContact(scope.db, scope.world.epoch, contact)
  if (!row) return undefined
  const isTheirs = recipientsOf(scope, owner, name).some((to) =>
    'mobile' in to ? to.mobile === row.mobile : to.email === row.email,
  )
  return isTheirs ? row : undefined
}

/** Tells whether anything has come since. */
export function newestInInbox(scope: Scope, owner: Owner): (string | undefined)[] {
  const names: readonly InboxName[] = ['sms', 'mail']
  return names.map(
    (name) => newestOf(scope, owner, { name, before: after_all, limit: 1 })[0]?.contact,
  )
}

function newestOf(
  scope: Scope,
  owner: Owner,
  {
    name,
    before,
    limit,
  }: { readonly name: InboxName; readonly before: string; readonly limit: number },
): ListedContact[] {
  const { db, world } = scope
  const at = { epoch: world.epoch, before, limit }
  const rows = recipientsOf(scope, owner, name).flatMap((to) => listContactsTo(db, to, at))
  return rows.sort((a, b) => (a.contact < b.contact ? 1 : -1)).slice(0, limit)
}

function recipientsOf({ db, world }: Scope, { mobile }: Owner, name: InboxName): Recipient[] {
  if (mobile === null) return []
  if (name === 'sms') return [{ mobile }]
  return listEmailsOf(db, { epoch: world.epoch, mobile }).map((email) => ({ email }))
}
