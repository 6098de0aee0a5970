import { findFirstInstant, firstInstant, nextCount } from '../../../db/counter.ts'
import type { Call } from '../../core/call.ts'
import type { Outcome } from '../../core/endpoint.ts'
import type { FaultAction } from '../../core/fault.ts'
import type { Localized } from '../../core/field.ts'
import { isRefusal, type Refusal, type RefusalEntry } from '../../core/refusal.ts'
import type { World } from '../../world/world.ts'
import { refuseAny } from '../any-code.ts'
import type { TupuCaller } from '../endpoint.ts'
import { tupuErrors } from '../errors.ts'
import { drawLocalMsgid, findWechatEntry, remoteMsgid } from '../gateway/local.ts'
import type { MessageDraft } from './fields.ts'
import { acceptedEnd, acceptedResponse, keepMessage, keepUnknown } from './message.ts'

/** What a magic mobile makes TUPU answer; 0 is accepted and delivered. */
export interface Magic {
  readonly errcode: number
  /** How the answer of an accepted one comes. */
  readonly action?: FaultAction
  /** Of an accepted one that fails: what its receipt says. */
  readonly reason?: 'user_block' | 'system_failed' | 'freq_limit'
  /** So many days after its first message it follows no longer. */
  readonly days?: number
}

/** A magic mobile as the server publishes it; `errmsg`, `en` and `zh` say what its answer means. Null: none comes. */
interface MagicMobile {
  readonly mobile: string
  readonly errcode: number | null
  readonly errmsg: string | null
  readonly en: string
  readonly zh: string
}

/** `19900` and a six-digit code, in E.164. */
const ERRCODE_MOBILE = /^\+8619900(\d{6})$/

const SYSTEM_ERROR = -1
/** A mobile has no sign to spare, so this code stands for -1. */
const SYSTEM_ERROR_CODE = 999_999

/** The magic of a mobile in E.164; undefined for an ordinary one, as with a code of no table. */
export function readMagic(
  mobile: string,
  isKnownCode: (code: number) => boolean,
): Magic | undefined {
  const code = ERRCODE_MOBILE.exec(mobile)?.[1]
  if (code === undefined) return readLater(mobile)
  const errcode = Number(code)
  if (errcode === SYSTEM_ERROR_CODE) return { errcode: SYSTEM_ERROR }
  return errcode === 0 || isKnownCode(errcode) ? { errcode } : undefined
}

/**
 * All magic mobiles in the order of their digits: one for each code of the tables handed in that
 * six digits can spell, besides 0 and -1. Of two entries for one code the first wins.
 */
export function magicMobiles(errors: Iterable<RefusalEntry>): MagicMobile[] {
  const published = new Map<string, MagicMobile>()
  for (const { code, text, en, zh } of [ACCEPTED, ...errors, FAILED]) {
    const mobile = spellMagic(code)
    if (mobile === undefined || published.has(mobile)) continue
    published.set(mobile, { mobile, errcode: code, errmsg: text, en, zh })
  }
  return [...published.values()].sort((a, b) => Number(a.mobile) - Number(b.mobile))
}

const ACCEPTED: RefusalEntry = {
  code: 0,
  text: 'ok',
  en: 'accepted and delivered',
  zh: '已受理并送达',
  fidelity: 'assumed',
}

const FAILED: RefusalEntry = {
  code: SYSTEM_ERROR,
  text: 'system error',
  en: 'the service failed',
  zh: '系统错误',
  fidelity: 'assumed',
}

function spellMagic(code: number): string | undefined {
  if (code === SYSTEM_ERROR) return `19900${SYSTEM_ERROR_CODE}`
  if (!Number.isInteger(code) || code < 0 || code >= SYSTEM_ERROR_CODE) return undefined
  return `19900${String(code).padStart(6, '0')}`
}

/** `19901` to `19904` and six digits: accepted, and then something happens. */
const LATER_MOBILE = /^\+861990([1-4])(\d{6})$/

const delay_ms_max = 60_000
const lost = ['hang', 'reset', 'empty', 'truncate'] as const
const reasons = ['user_block', 'system_failed', 'freq_limit'] as const

function readLater(mobile: string): Magic | undefined {
  const [, family, digits] = LATER_MOBILE.exec(mobile) ?? []
  const n = Number(digits)
  switch (family) {
    case '1':
      return n <= delay_ms_max ? magicOf({ kind: 'pass' }, n) : undefined
    case '2': {
      const transport = lost[n - 1]
      return transport && magicOf({ kind: 'transport', transport })
    }
    case '3': {
      const reason = reasons[n - 1]
      return reason && { errcode: 0, reason }
    }
    case '4':
      return { errcode: 0, days: n }
    default:
      return undefined
  }
}

type Lost = { kind: 'pass' } | { kind: 'transport'; transport: (typeof lost)[number] }

/** The message is accepted in any case: only its answer is late, or does not come. */
function magicOf(effect: Lost, delay_ms = 0): Magic {
  return { errcode: 0, action: { ...effect, delay_ms, stage: 'after' } }
}

/** Those that are accepted first; of families with a number of one's own, an example. */
export const later_mobiles: readonly MagicMobile[] = [
  laterMobile('19901001000', 'ok', {
    en: 'accepted, and answered after as many milliseconds as the last six digits say, at most 60000',
    zh: '已受理，应答推迟；末六位为毫秒数，最多 60000',
  }),
  laterMobile('19902000001', null, {
    en: 'accepted, but never answered',
    zh: '已受理，但从不应答',
  }),
  laterMobile('19902000002', null, {
    en: 'accepted, but the connection is reset',
    zh: '已受理，但连接被重置',
  }),
  laterMobile('19902000003', null, {
    en: 'accepted, but the connection closes without an answer',
    zh: '已受理，但连接不应答即关闭',
  }),
  laterMobile('19902000004', null, {
    en: 'accepted, but only half of the answer comes',
    zh: '已受理，但只收到一半应答',
  }),
  laterMobile('19903000001', 'ok', {
    en: 'accepted, then failed: user block',
    zh: '已受理，随后失败：用户拒收',
  }),
  laterMobile('19903000002', 'ok', {
    en: 'accepted, then failed: system failed',
    zh: '已受理，随后失败：系统失败',
  }),
  laterMobile('19903000003', 'ok', {
    en: 'accepted, then failed: freq limit',
    zh: '已受理，随后失败：频率限制',
  }),
  laterMobile('19904000014', 'ok', {
    en: 'accepted and delivered; 43004 from as many days after its first message as the last six digits say',
    zh: '已受理并送达；自首条消息起满末六位所示天数后为 43004',
  }),
]

function laterMobile(mobile: string, errmsg: string | null, means: Localized): MagicMobile {
  return { mobile, errcode: errmsg === null ? null : 0, errmsg, ...means }
}

/** The magic of a mobile in a world that has it on. */
export function findMagic(world: Pick<World, 'magic'>, mobile: string): Magic | undefined {
  if (world.magic === 'off') return undefined
  return readMagic(mobile, (code) => tupuErrors.has(code) || findWechatEntry(code) !== undefined)
}

/** Answers as the magic mobile asks. Only TUPU's message is written: nobody's phone shows it. */
export function answerMagic(
  call: Call<TupuCaller, unknown>,
  draft: MessageDraft,
  magic: Magic,
): Outcome {
  call.concern({ eid: call.caller.account.eid, mobile: draft.mobile })
  const step = { rule: 'mobile.magic', actual: draft.mobile, expected: magic.errcode }
  const errcode = codeOf(call, draft.mobile, magic)
  if (errcode !== 0) return keepUnknown(call, draft, refuseAny({ errcode, errmsg: null }, step))
  call.steps.push(step)
  const msgid = drawMsgid(call)
  if (isRefusal(msgid)) return msgid
  markFirst(call, draft.mobile, magic)
  if (magic.action) call.disturb({ fault: '', name: null, hit: 1, action: magic.action })
  keepMessage(call, draft, acceptedEnd(null, { msgid, receipt: magic.reason ?? 'success' }))
  return acceptedResponse(msgid)
}

const day_ms = 86_400_000
const unfollowed_code = 43004

/** What a magic mobile answers by now. */
export function codeOf(
  call: Pick<Call<TupuCaller>, 'db' | 'world' | 'caller'>,
  mobile: string,
  { errcode, days }: Magic,
): number {
  if (days === undefined) return errcode
  const first = findFirstInstant(call.db, firstOf(call, mobile))
  const isOver = first !== undefined && call.world.now - first >= days * day_ms
  return isOver ? unfollowed_code : errcode
}

/** From its first message on the days of a mobile are counted. */
function markFirst(
  call: Pick<Call<TupuCaller>, 'db' | 'world' | 'caller'>,
  mobile: string,
  { days }: Magic,
): void {
  const { now } = call.world
  if (days !== undefined) firstInstant(call.db, { ...firstOf(call, mobile), now })
}

function firstOf({ world, caller }: Pick<Call<TupuCaller>, 'world' | 'caller'>, mobile: string) {
  return { epoch: world.epoch, purpose: 'magic first', key: `${caller.account.eid} ${mobile}` }
}

/** Through a remote gateway there is no official account of ours to count: the account's own magic sends are counted. */
function drawMsgid(call: Call<TupuCaller, unknown>): string | Refusal {
  const { account, gateway } = call.caller
  if (gateway.kind === 'local') return drawLocalMsgid(call, account.appid ?? '')
  const counter = { epoch: call.world.epoch, purpose: 'magic', key: account.eid }
  return remoteMsgid({
    now: call.world.now,
    n: nextCount(call.db, counter),
    ordinal: account.n,
  })
}
