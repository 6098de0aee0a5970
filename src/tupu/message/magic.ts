import { nextCount } from '../../../db/counter.ts'
import type { Call } from '../../core/call.ts'
import type { Outcome } from '../../core/endpoint.ts'
import { isRefusal, type Refusal, type RefusalEntry } from '../../core/refusal.ts'
import type { StepFacts } from '../../world/step.ts'
import type { World } from '../../world/world.ts'
import type { TupuCaller } from '../endpoint.ts'
import { refuse, tupuErrors } from '../errors.ts'
import {
  completeWechatText,
  drawLocalMsgid,
  findWechatEntry,
  remoteMsgid,
} from '../gateway/local.ts'
import type { MessageDraft } from './fields.ts'
import { acceptedEnd, acceptedResponse, keepMessage, refusedEnd, unknown_codes } from './message.ts'

/** What a magic mobile makes TUPU answer; 0 is accepted and delivered. */
export interface Magic {
  readonly errcode: number
}

/** A magic mobile as the server publishes it; `errmsg`, `en` and `zh` say what its answer means. */
interface MagicMobile {
  readonly mobile: string
  readonly errcode: number
  readonly errmsg: string
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
  if (code === undefined) return undefined
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

/** What the variable parts of a refusal say when a magic mobile asks for it. */
const sample_fill = {
  missing: 'template_approved',
  length: 201,
  keyword: 'keyword9',
  name: 'thing1',
  fault: 'invalid',
  ip: '203.0.113.7',
  ipv6: '::ffff:203.0.113.7',
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
  if (magic.errcode === 0) {
    call.steps.push(step)
    const msgid = drawMsgid(call)
    if (isRefusal(msgid)) return msgid
    keepMessage(call, draft, acceptedEnd(null, msgid, 'success'))
    return acceptedResponse(msgid)
  }
  const refusal = refuseMagic(magic, step)
  if (!unknown_codes.includes(refusal.code)) return refusal
  // As after a real silence: whoever repeats it gets the same answer.
  return {
    ...refusal,
    writes: () => {
      keepMessage(call, draft, refusedEnd(call, refusal))
    },
  }
}

function refuseMagic(magic: Magic, step: StepFacts): Refusal {
  if (tupuErrors.has(magic.errcode)) {
    const refusal = refuse(magic.errcode, step, sample_fill)
    return magic.errcode === 100018 ? { ...refusal, extra: { retry_after_s: 60 } } : refusal
  }
  const text = findWechatEntry(magic.errcode)?.text ?? ''
  const filled = text.replace(/\{(\w+)\}/g, (whole, name: keyof typeof sample_fill) =>
    String(sample_fill[name] ?? whole),
  )
  return { kind: 'refusal', code: magic.errcode, text: filled, step, complete: completeWechatText }
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
