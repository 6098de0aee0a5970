import { countCall, findCallCount } from '../../db/call-count.ts'
import type { AccountRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import type { Refusal } from '../core/refusal.ts'
import { refuse } from './caller.ts'
import { eidOf } from './eid.ts'

const minute_ms = 60_000

/**
 * Uses up one of the calls that an account has in a minute, or refuses it because there is none left. A minute of real time
 * begins with the first call after the one before has ended: a fixed window, in a row that all replicas share. Every call
 * counts that proves whose it is, whatever else speaks against it; one that is refused here does not.
 */
export async function useCall(
  call: Pick<Call, 'db' | 'world' | 'seal'>,
  account: AccountRow & { readonly minute_limit: number },
): Promise<Refusal | undefined> {
  const { db, world } = call
  const { epoch, real_now } = world
  const { eid, minute_limit } = account
  const counting = {
    epoch,
    eid,
    now: real_now,
    over_at: real_now - minute_ms,
    limit: minute_limit,
  }
  if (await countCall(db, counting)) {
    call.seal()
    return undefined
  }
  const count = await findCallCount(db, { epoch, eid })
  const rest_ms = (count?.began_at ?? real_now) + minute_ms - real_now
  const step = {
    rule: 'minute.left',
    row: { eid: eidOf(account) },
    actual: minute_limit,
    expected: `fewer than ${minute_limit} calls in the minute`,
    fix: { call: 'account.update', input: { eid: eidOf(account), minute_limit: null } },
  }
  return {
    ...refuse(100018, step),
    extra: { retry_after_s: Math.max(1, Math.ceil(rest_ms / 1000)) },
  }
}

/** Whether an account's calls are counted: asked first, so that without a limit nothing else is. */
export function isLimited(
  account: AccountRow,
): account is AccountRow & { readonly minute_limit: number } {
  return account.minute_limit !== null
}
