import { findFollower } from '../../../db/person.ts'
import { acknowledgePush, claimPush, failPush, findPush, listDuePushes } from '../../../db/push.ts'
import type { PushRow } from '../../../db/schema.ts'
import { type Pending, pending } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import type { AppliedFault } from '../../core/fault.ts'
import type { JobCall, WaitingJobKind } from '../../core/job.ts'
import { faultsOf, meetFault } from '../../core/meet-fault.ts'
import { meet } from '../../core/outcomes.ts'
import { faultOf, not_sent, old_ms, type Spoiled, tryUnder } from '../../core/try.ts'
import { toUnixSeconds } from '../../world/clock.ts'
import { deriveBase62, deriveHex } from '../../world/seed.ts'
import { putInChat } from '../chat/chat.ts'
import { officialAccountOf } from '../official-account.ts'
import { contentOf, type Delivery, keepTry, type PushTry, replyOf } from './keep.ts'
import { putBehind, releaseSwapped, takenTry } from './push.ts'
import { type PushRequest, pushRequest } from './request.ts'

/** Pushes what happens at official accounts to their servers, until they answer or no try is left. */
export const pushJob: WaitingJobKind<Delivery, readonly PushTry[]> = {
  kind: 'push',
  next(db, epoch, limit) {
    const rows = listDuePushes(db, epoch, limit)
    return rows.map(({ push, due_at }) => ({ key: push, subject: push, due_at: due_at ?? 0 }))
  },
  before: (call, job) => takeTry(call, job.key),
  outside: deliver,
  after: keepOutcome,
}

/** Of two replicas one takes the try. Where it goes, and how it is hidden, the account says now. */
function takeTry(call: JobCall, key: string): string | Pending<Delivery> {
  const { db, world } = call
  const row = findPush(db, world.epoch, key)
  if (!row || row.due_at === null || row.due_at > world.now) return 'gone'
  const account = officialAccountOf(call, row.appid)
  const url = account?.server_url ?? null
  if (!account || url === null) {
    const last_error = 'the account has no server any more'
    const end = { state: 'failed', tries_left: 0, due_at: null, last_error } as const
    return claimPush(db, row, end) ? 'failed: no server' : 'gone'
  }
  const fault = meetPush(call, row)
  const isSwap = fault?.action.kind === 'delivery' && fault.action.delivery === 'swap'
  if (isSwap && putBehind(call, row)) return 'swapped'
  const taken = takenTry(row, world)
  if (!claimPush(db, row, { ...taken, swapped: 0 })) return 'gone'
  const proof = proofOf(call, key, taken.tries)
  return pending({ row: { ...row, ...taken }, account, url, proof, fault })
}

/** Meets a try with the world's faults. One that was put behind another has met its own. */
function meetPush(call: JobCall, row: PushRow): AppliedFault | undefined {
  if (row.swapped === 1 || faultsOf(call).length === 0) return undefined
  const whose = { appid: row.appid, openids: [row.openid] }
  return meetFault(call, { surface: 'push', endpoint: row.event, ...whose })
}

/** Real time in it: whoever remembers nonces must not meet one again in another run with the same seed. */
function proofOf({ world }: JobCall, push: string, tries: number): Delivery['proof'] {
  const key = [push, tries, world.real_now] as const
  return {
    nonce: nonceOf(deriveHex(world, 'push nonce', ...key)),
    random: deriveBase62(16, world, 'push random', ...key),
  }
}

/** A number of nine or ten digits, as recorded. */
export function nonceOf(hex: string): string {
  return String(100_000_000 + (Number.parseInt(hex.slice(0, 12), 16) % 2_047_483_648))
}

/** Calls the server, mostly once. Undefined: the simulator stops, nobody waits for the answer. */
async function deliver(
  delivery: Delivery,
  engine: Engine,
): Promise<readonly PushTry[] | undefined> {
  const { fault } = delivery
  if (fault) {
    const unsent = { ...not_sent, url: delivery.url, body: '' }
    return tryUnder(fault.action, engine, (spoiled) => post(delivery, engine, spoiled), unsent)
  }
  const sent = await post(delivery, engine)
  return sent && [sent]
}

async function post(
  delivery: Delivery,
  engine: Engine,
  spoiled?: Spoiled,
): Promise<PushTry | undefined> {
  const now = engine.machineNow() - (spoiled === 'old_timestamp' ? old_ms : 0)
  const made = requestOf(delivery, String(toUnixSeconds(now)))
  const request = spoiled === 'bad_signature' ? spoil(made) : made
  const { url, headers, body } = request
  const timeoutMs = engine.limits.answer_ms_max
  const call = { method: 'POST', url, headers, body, timeoutMs, signal: engine.closing }
  const answer = await engine.outgoing(call)
  if (!answer.ok && engine.closing.aborted) return undefined
  if (engine.onCall)
    engine.onCall({
      surface: 'push',
      method: 'POST',
      url: delivery.url,
      outcome: answer.ok ? answer.status : answer.failure,
      isGood: faultOf(answer) === undefined,
      reason: delivery.row.event,
      who: { openid: delivery.row.openid },
      ms: answer.elapsedMs,
    })
  return { url, headers, body, answer }
}

function requestOf({ row, account, url, proof }: Delivery, timestamp: string): PushRequest {
  const { appid, token, aes_key, server_mode: mode } = account
  const content = contentOf(row, account)
  return pushRequest(url, { appid, token, aes_key, mode }, content, { ...proof, timestamp })
}

/** The same with signatures of the right form that are nobody's. */
function spoil(request: PushRequest): PushRequest {
  const url = request.url.replace(
    /((?:msg_)?signature=[\da-f]{39})([\da-f])/g,
    (_, begin, last) => {
      return `${begin}${last === '0' ? '1' : '0'}`
    },
  )
  return { ...request, url }
}

function keepOutcome(call: JobCall, delivery: Delivery, tries: readonly PushTry[]): string {
  const { db, world } = call
  const { row } = delivery
  const current = findPush(db, world.epoch, row.push)
  // Whoever was withdrawn meanwhile has been taken out of it.
  const isErased = current?.elements !== row.elements
  const unsent = { ...not_sent, url: delivery.url, body: '' }
  for (const one of tries.length > 0 ? tries : [unsent]) keepTry(call, delivery, one, isErased)
  releaseSwapped({ db, world }, row)
  if (tries.length === 0) {
    acknowledgePush(db, row, { state: 'delivered', due_at: null })
    return 'dropped'
  }
  // Of two, whichever was answered.
  const one = tries.find(({ answer }) => !faultOf(answer)) ?? tries.at(-1)
  return one ? keepAnswer(call, delivery, one, isErased) : ''
}

function keepAnswer(
  call: JobCall,
  delivery: Delivery,
  { answer }: PushTry,
  isErased: boolean,
): string {
  const { db } = call
  const { row } = delivery
  const last_status = answer.ok ? answer.status : null
  const last_error = faultOf(answer) ?? null
  if (!answer.ok || last_error !== null) {
    failPush(db, row, { last_status, last_error })
    const isLast = row.tries_left === 0
    meet(call, isLast ? 'push.given_up' : 'push.retried')
    if (isLast) tellFault(call, delivery)
    return `${isLast ? 'failed' : 'tried'}: ${answer.ok ? answer.status : answer.failure}`
  }
  const reply = replyOf(delivery, answer.body)
  if (reply.kind === 'illegal') {
    const end = { state: 'failed', tries_left: 0, due_at: null } as const
    failPush(db, row, { ...end, last_status, last_error: `illegal answer: ${reply.reason}` })
    meet(call, 'push.illegal')
    tellFault(call, delivery)
    return 'failed: illegal answer'
  }
  const kind = reply.kind === 'message' ? reply.content.type : reply.kind
  const end = { state: 'delivered', due_at: null, last_status, last_error, answer: kind } as const
  acknowledgePush(db, row, end)
  meet(call, kind === 'nothing' ? 'push.acknowledged' : `push.reply_${kind}`)
  if (reply.kind === 'message' && !isErased && isTalk(row)) show(call, delivery, reply.content)
  return `delivered: ${kind}`
}

/** Events that somebody waits for an answer to, besides what people write. Which others WeChat shows none to is a guess. */
const talking: readonly string[] = [
  'subscribe',
  'SCAN',
  'CLICK',
  'scancode_waitmsg',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
]

function isTalk({ event, msgid }: PushRow): boolean {
  return msgid !== null || talking.includes(event)
}

/** What a person reads who waits for an answer that does not come, or is none. */
const fault_notice = '该公众号提供的服务出现故障，请稍后再试'

function tellFault(call: JobCall, delivery: Delivery): void {
  if (isTalk(delivery.row)) show(call, delivery, { type: 'notice', content: fault_notice })
}

function show(
  call: JobCall,
  { account, row }: Delivery,
  content: Parameters<typeof putInChat>[2],
): void {
  const follower = findFollower(call.db, call.world.epoch, row.openid)
  if (follower) putInChat(call, { account, follower, sender: 'account' }, content)
}
