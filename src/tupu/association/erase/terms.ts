import { z } from 'zod'
import { listAccounts } from '../../../../db/account.ts'
import { findAssociation } from '../../../../db/association.ts'
import { listEids } from '../../../../db/eid.ts'
import { findSameValue } from '../../../../db/erasure.ts'
import type { AccountRow, AssociationRow } from '../../../../db/schema.ts'
import type { Db } from '../../../../db/unit.ts'
import { isDistinct } from './pattern.ts'

/**
 * Where a value is erased: everywhere in the world; in what concerns the account, when the person has it at another account
 * too; only beside what is this person's alone, when somebody else has it as well or it is a common word.
 */
const scope = z.enum(['everywhere', 'account', 'own'])
export type Scope = z.output<typeof scope>

const values = z.array(z.object({ value: z.string(), scope }))

/** What is looked for, and how far the search has come. */
export const erasureTerms = z.object({
  appid: z.string(),
  openid: z.string(),
  /** The accounts whose official account it is, by every EID that they have had. */
  eids: z.array(z.string()),
  mobiles: values,
  emails: values,
  names: values,
  /** What there was when it began: what came later is a new story. Null: it has not begun. */
  begun: z
    .object({
      /** How many exchanges each account had had, by its ordinal. */
      exchanges: z.record(z.string(), z.int()),
      /** The last message on the phone; empty: none. */
      msgid: z.string(),
      /** Real milliseconds. */
      at: z.int(),
    })
    .nullable(),
  /** The template message, and the session, that was looked at last. */
  msgid_after: z.string(),
  session_after: z.string(),
  /** Traces that are this person's alone, and the messages that were on their way, whose exchanges are still to come. */
  awaited: z.array(z.object({ trace: z.string(), message: z.string().nullable() })),
})
export type ErasureTerms = z.output<typeof erasureTerms>

/** What somebody has said of themselves at some time. */
export type Said = Pick<AssociationRow, 'name' | 'mobile' | 'email'>

/** Of so many values of one kind at most: whoever changes them more often has long been somebody else. */
const values_max = 50

/** The terms by which an openid's personal data are found. */
export async function termsOf(
  db: Db,
  of: {
    epoch: number
    appid: string
    openid: string
    said: readonly Said[]
    traces: readonly string[]
  },
): Promise<ErasureTerms> {
  const { epoch, appid, openid, said, traces } = of
  const accounts = await listAccounts(db, epoch)
  const terms: ErasureTerms = {
    appid,
    openid,
    eids: await eidsOf(db, epoch, accounts, appid),
    mobiles: [],
    emails: [],
    names: [],
    begun: null,
    msgid_after: '',
    session_after: '',
    awaited: traces.map((trace) => ({ trace, message: null })),
  }
  const at = { epoch, appid, openid }
  for (const { name, mobile, email } of said) {
    await addMobile(db, at, terms, mobile)
    await addText(db, at, terms, 'email', email)
    await addText(db, at, terms, 'name', name)
  }
  return terms
}

/** All EIDs by which accounts were ever called. */
async function eidsOf(
  db: Db,
  epoch: number,
  accounts: readonly AccountRow[],
  appid: string,
): Promise<string[]> {
  const eids = new Set<string>()
  for (const { eid } of accounts.filter((row) => row.appid === appid)) {
    eids.add(eid)
    for (const row of await listEids(db, { epoch, account: eid })) eids.add(row.eid)
  }
  return [...eids]
}

interface Whose {
  readonly epoch: number
  readonly appid: string
  readonly openid: string
}

/** Adds a mobile (E.164), as far as it is this person's; true when it is new. */
export async function addMobile(
  db: Db,
  at: Whose,
  terms: ErasureTerms,
  value: string,
): Promise<boolean> {
  const { mobiles } = terms
  if (value === '' || mobiles.length >= values_max || has(mobiles, value)) return false
  mobiles.push({ value, scope: await scopeOfMobile(db, at, value) })
  return true
}

/** Another's at the same account: it had a new owner. At another account: whoever has it there did not withdraw. */
async function scopeOfMobile(
  db: Db,
  { epoch, appid, openid }: Whose,
  mobile: string,
): Promise<Scope> {
  const here = await findAssociation(db, { epoch, appid, mobile })
  if (here && here.openid !== openid) return 'own'
  for (const account of await listAccounts(db, epoch)) {
    if (account.appid === null || account.appid === appid) continue
    if (await findAssociation(db, { epoch, appid: account.appid, mobile })) return 'account'
  }
  return 'everywhere'
}

async function addText(
  db: Db,
  { epoch, openid }: Whose,
  terms: ErasureTerms,
  column: 'name' | 'email',
  value: string,
): Promise<void> {
  const list = column === 'name' ? terms.names : terms.emails
  if (value.trim() === '' || list.length >= values_max || has(list, value)) return
  const isTelling = column === 'name' ? isDistinct(value) : ADDRESS.test(value)
  const isOthers = await findSameValue(db, { epoch, openid, column, value })
  list.push({ value, scope: isTelling && !isOthers ? 'everywhere' : 'own' })
}

const ADDRESS = /^[^@\s]+@[^@\s]+$/

function has(list: readonly { value: string }[], value: string): boolean {
  return list.some((one) => one.value === value)
}
