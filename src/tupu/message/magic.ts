import { nextCount } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import type { Outcome } from '../../core/endpoint.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import type { StepFacts } from '../../world/step.ts'
import type { World } from '../../world/world.ts'
import { refuse, type TupuCaller } from '../endpoint.ts'
import { tupuErrors } from '../errors.ts'
import { drawLocalMsgid, remoteMsgid } from '../gateway/local.ts'
import { completeWechatText, findWechatEntry } from '../gateway/text.ts'
import { type Magic, readMagic } from '../magic.ts'
import { accepted } from './accepted.ts'
import { acceptedEnd, keepMessage, type MessageDraft, refusedEnd, unknown_codes } from './row.ts'

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
export async function answerMagic(
  call: Call<TupuCaller, unknown>,
  draft: MessageDraft,
  magic: Magic,
): Promise<Outcome> {
  call.concern({ eid: call.caller.account.eid, mobile: draft.mobile })
  const step = { rule: 'mobile.magic', actual: draft.mobile, expected: magic.errcode }
  if (magic.errcode === 0) {
    call.steps.push(step)
    const msgid = await drawMsgid(call)
    if (isRefusal(msgid)) return msgid
    await keepMessage(call, draft, acceptedEnd(null, msgid, 'success'))
    return accepted(msgid)
  }
  const refusal = refuseMagic(magic, step)
  if (!unknown_codes.includes(refusal.code)) return refusal
  // As after a real silence: whoever repeats it gets the same answer.
  return {
    ...refusal,
    writes: async () => {
      await keepMessage(call, draft, await refusedEnd(call, refusal))
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
async function drawMsgid(call: Call<TupuCaller, unknown>): Promise<string | Refusal> {
  const { account, gateway } = call.caller
  if (gateway.kind === 'local') return drawLocalMsgid(call, account.appid ?? '')
  const counter = { epoch: call.world.epoch, purpose: 'magic', key: account.eid }
  return remoteMsgid({
    now: call.world.now,
    n: await nextCount(call.db, counter),
    ordinal: account.n,
  })
}
