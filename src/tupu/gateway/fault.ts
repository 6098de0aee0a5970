import { findWorldOfEpoch } from '../../../db/world.ts'
import type { Engine } from '../../core/engine.ts'
import type { AppliedFault } from '../../core/fault.ts'
import { meetFault, stepOf } from '../../core/meet-fault.ts'
import { sleep } from '../../world/clock.ts'
import type { Step, StepFacts } from '../../world/step.ts'
import { asWorld } from '../../world/world.ts'
import type { Faulty } from './config.ts'
import { type OutwardCall, type RemoteRequest, type Sent, sendRequest } from './http.ts'
import { legOf } from './leg.ts'

/** Whose call of which endpoint goes out, and whom it names. */
interface Outward {
  readonly path: string
  readonly openids: readonly string[]
}

/**
 * Sends a request to a WeChat somewhere as the faults of its world want it: a gateway's calls are calls of `wechat` there, too.
 * `by`: undefined where the world has none.
 */
export async function sendFaulty(
  engine: Engine,
  request: RemoteRequest,
  { by, ...outward }: Outward & { readonly by: Faulty | undefined },
): Promise<Sent> {
  const fault = by && (await meetOutward(engine, by, outward))
  if (!fault) return sendRequest(engine, request)
  const { answer, isCarriedOut, waits_ms } = legOf(fault, request.timeoutMs)
  await sleep(waits_ms, engine.closing)
  const timeoutMs = Math.max(1, request.timeoutMs - (answer ? 0 : waits_ms))
  const sent = isCarriedOut ? await sendRequest(engine, { ...request, timeoutMs }) : undefined
  const call = sent?.call ?? notSent(request)
  const decision = [stepOf(fault), ...call.decision]
  const given = answer ?? sent?.answer
  if (!given) throw new Error('a fault neither answers nor lets answer')
  return { answer: given, call: { ...call, decision } }
}

/** Meets the call in a unit of its own: nobody waits for the network in one. */
function meetOutward(
  engine: Engine,
  { epoch, eid, appid }: Faulty,
  { path, openids }: Outward,
): Promise<AppliedFault | undefined> {
  const real = engine.realNow()
  return engine.store.unit('fault.meet', ({ db }) => {
    const row = findWorldOfEpoch(db, epoch)
    const endpoint = [...engine.endpoints.values()].find((one) => one.path === path)
    if (!row || !endpoint) return undefined
    const at = { db, world: asWorld(row, real), engine }
    return meetFault(at, { surface: 'wechat', endpoint: endpoint.id, eid, appid, openids })
  })
}

function notSent({ method, url, body }: RemoteRequest): OutwardCall {
  const request_body = Buffer.from(body === undefined ? '' : JSON.stringify(body))
  const nothing = { request_headers: {}, response_headers: {}, response_body: Buffer.alloc(0) }
  return { ...nothing, method, url, request_body, status: 0, decision: [] }
}

/** What of the calls' decisions says that a fault was applied: it belongs to the decision of the call that made them. */
export function faultSteps(calls: readonly OutwardCall[]): StepFacts[] {
  const steps = calls.flatMap(({ decision }) => decision as readonly Step[])
  return steps.filter((step) => typeof step === 'object').filter(isFault)
}

const isFault = (step: StepFacts) => step.rule === 'fault.applied'
