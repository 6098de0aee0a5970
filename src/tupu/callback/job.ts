import {
  acknowledgeCallback,
  claimCallback,
  failCallback,
  findCallback,
  listDueCallbacks,
} from '../../../db/callback.ts'
import { type Pending, pending } from '../../core/endpoint.ts'
import type { JobCall, WaitingJobKind } from '../../core/job.ts'
import type { OutgoingAnswer } from '../../core/outgoing.ts'
import { deriveHex } from '../../world/seed.ts'
import { accountViewOf } from '../account.ts'
import { type Delivered, type Delivery, deliver, exchangeOf, faultOf } from './delivery.ts'
import { takenTry } from './try.ts'

/** Tells the platform what became of messages, until it acknowledges it or no try is left. */
export const callbackJob: WaitingJobKind<Delivery, Delivered> = {
  kind: 'callback',
  async next(db, epoch, limit) {
    const rows = await listDueCallbacks(db, epoch, limit)
    return rows.map(({ callback, due_at }) => ({
      key: callback,
      subject: callback,
      due_at: due_at ?? 0,
    }))
  },
  before: (call, job) => takeTry(call, job.key),
  outside: deliver,
  after: keepOutcome,
}

/** Of two replicas one takes the try. Where it goes, the account says now: what is sent was said when it happened. */
async function takeTry(call: JobCall, key: string): Promise<string | Pending<Delivery>> {
  const { db, world } = call
  const row = await findCallback(db, world.epoch, key)
  if (!row || row.due_at === null || row.due_at > world.now) return 'gone'
  const view = await accountViewOf(call, row.eid)
  const url = view?.account.callback_url ?? null
  if (url === null) {
    const last_error = 'the account has no callback any more'
    const end = { state: 'failed', tries_left: 0, due_at: null, last_error } as const
    return (await claimCallback(db, row, end)) ? 'failed: no callback' : 'gone'
  }
  const taken = takenTry(row, world)
  if (!(await claimCallback(db, row, taken))) return 'gone'
  const secret = view?.account.callback_secret ?? null
  // Real time in it: whoever remembers nonces must not meet one again in another run with the same seed.
  const nonce = deriveHex(world, 'callback nonce', key, taken.tries, world.real_now).slice(0, 32)
  return pending({ row: { ...row, ...taken }, url, secret, nonce })
}

async function keepOutcome(
  { db, world, engine }: JobCall,
  delivery: Delivery,
  delivered: Delivered,
): Promise<string> {
  const { row } = delivery
  const { answer } = delivered
  // Whoever was withdrawn meanwhile has been taken out of it.
  const current = await findCallback(db, world.epoch, row.callback)
  await engine.journal.append(db, world.world, {
    ...exchangeOf(delivery, delivered, { body: current?.body ?? '', limits: engine.limits }),
    epoch: world.epoch,
    at: world.now,
    real_at: world.real_now,
  })
  const last_status = answer.ok ? answer.status : null
  const last_error = faultOf(answer) ?? null
  if (last_error === null) {
    const end = { state: 'delivered', due_at: null, last_status, last_error } as const
    await acknowledgeCallback(db, row, end)
    return 'delivered'
  }
  await failCallback(db, row, { last_status, last_error })
  return `${row.tries_left > 0 ? 'tried' : 'failed'}: ${wordOf(answer)}`
}

function wordOf(answer: OutgoingAnswer): string {
  return answer.ok ? String(answer.status) : answer.failure
}
