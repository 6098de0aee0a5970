import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { chooseAccount } from '../../phone/choose.ts'

/** An account at which people can be registered: it has an official account. */
export type ConnectedAccount = AccountRow & { readonly appid: string }

/** The account that a call names; left out, the first one. */
export async function chooseConnected(
  call: Pick<Call, 'db' | 'world'>,
  wanted: string | undefined,
  field = 'account',
): Promise<ConnectedAccount | Refusal> {
  const account = await chooseAccount(call, wanted, field)
  if (isRefusal(account)) return account
  const { appid } = account
  if (appid !== null) return { ...account, appid }
  return problem('conflict', {
    field,
    reason: `${account.key} has no official account yet`,
    fix: 'choose a live account, connect one by account.connect, or give it a remote gateway',
  })
}
