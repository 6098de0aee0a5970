import type { AccountRow } from '../../db/schema.ts'
import { refuser } from '../core/refusal.ts'
import type { AccountView } from './account.ts'
import { tupuErrors } from './errors.ts'

/** Who calls: the platform, for one account. */
export interface TupuCaller extends AccountView {
  readonly account: AccountRow
}

/** Refuses with a code of TUPU's own table. */
export const refuse = refuser(tupuErrors)
