import { outageOf } from '../../db/outage.ts'
import type { Unit } from '../../db/unit.ts'
import { updateWorld } from '../../db/world.ts'
import { bounded } from '../world/step.ts'
import { namedWorld, touch_ms, unattributed } from '../world/world.ts'
import { answerUnder, applyFault, shortAnswer } from './apply-fault.ts'
import { bugAnswer, errorText } from './bug.ts'
import type { Call } from './call.ts'
import {
  type Endpoint,
  isPending,
  type Outcome,
  type Pending,
  type WaitingEndpoint,
} from './endpoint.ts'
import type { Engine } from './engine.ts'
import { tellListeners } from './event.ts'
import { isTakenBack } from './fault.ts'
import { firstIssue } from './field.ts'
import { worldOrElse } from './locate.ts'
import { nearEndpoints } from './near-call.ts'
import { outageAnswer } from './outage.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import { seenOf } from './seen-call.ts'
import type { Answer, TransportFault } from './surface.ts'

/** Carries a call through its unit of work, or through two with a wait between them, to its answer. */
export async function run(call: Call): Promise<Answer> {
  const { engine, endpoint, surface } = call
  const label = endpoint?.id ?? `${surface.name}.${call.transportFault}`
  const real = engine.realNow()
  const answered = (answer: Answer) => report(call, answer, { label, began: real })
  try {
    const first = await engine.store.unit(label, (unit) => begin(call, unit, real))
    if (!('kind' in first)) return answered(first)
    if (!first.answer) return answered(await goOn(call, label, first.state))
    void goOnAnswered(call, label, first.state)
    return answered(first.answer)
  } catch (error) {
    engine.cache.clear()
    if (error instanceof Untouched) return error.answer
    const outage = engine.outages.note(error)
    if (outage) return answered(outageAnswer(outage))
    // The unit itself failed: nothing of it is kept, and what was cached in it may be wrong.
    engine.log('error', 'unit.failed', { endpoint: label, error: errorText(error) })
    return answered(bugAnswer(error, ''))
  }
}

/** Counts an answer, and tells it to whoever reads along. */
function report(
  call: Call,
  answer: Answer,
  { label, began }: { readonly label: string; readonly began: number },
): Answer {
  const { engine } = call
  engine.coverage.count(label, answer.code)
  if (isErrcode(answer.code)) engine.outcomes.count(call.world, `${label} ${answer.code}`)
  if (engine.onCall) engine.onCall(seenOf(call, answer, engine.realNow() - began))
  const { stream } = answer
  return stream ? { ...answer, stream: watched(engine, label, stream) } : answer
}

/** No success, and no status of HTTP. */
function isErrcode(code: number): boolean {
  return code < 0 || code >= 1000
}

/** What is still to come of an answer. Nobody can be told any more that it fails: the log says why it breaks off. */
async function* watched(
  engine: Engine,
  label: string,
  stream: AsyncIterable<string>,
): AsyncGenerator<string> {
  try {
    yield* stream
  } catch (error) {
    const fields = { endpoint: label, error: errorText(error) }
    if (!engine.outages.note(error)) engine.log('warn', 'answer.broken', fields)
    throw error
  }
}

/** The first unit: everything up to the answer, or to the wait. */
function begin(call: Call, unit: Unit, real: number): Answer | Waiting {
  call.begin(unit, real)
  try {
    const outcome = decide(call)
    if (call.request.method === 'HEAD') throw new Untouched(answerHead(call, outcome))
    if (!isPending(outcome)) return finish(call, outcome)
    if (doesNothing(call)) return finish(call, shortAnswer(call))
    // Named before the wait: after it there may be another instant, or another epoch.
    // Whoever is withdrawn meanwhile is found by it already.
    if (isJournalled(call)) call.engine.journal.keepSubjects(call, call.trace())
    return outcome.first ? { ...outcome, answer: finish(call, outcome.first) } : outcome
  } catch (error) {
    if (error instanceof Untouched || outageOf(error)) throw error
    return finishWithBug(call, error)
  }
}

/** A call that waits for what is outside; `answer`: it is answered already. */
type Waiting = Pending<unknown> & { readonly answer?: Answer }

/** Takes a whole unit back, with the answer that it would have given: a HEAD changes nothing (RFC 9110 §9.2.1). */
class Untouched extends Error {
  readonly answer: Answer

  constructor(answer: Answer) {
    super('a HEAD changes nothing')
    this.answer = answer
  }
}

function answerHead(call: Call, outcome: Outcome | Pending<unknown>): Answer {
  if (!isPending(outcome)) return finish(call, outcome)
  return { status: 200, headers: {}, body: Buffer.alloc(0), code: 0 }
}

/** authenticate → admit → validate → handle. */
function decide(call: Call): Outcome | Pending<unknown> {
  const { surface, endpoint, transportFault } = call
  const stranger = surface.authenticate(call as Call<never>)
  if (transportFault) return refuseTransport(call, transportFault, { stranger })
  if (stranger) return isInNamedWorld(call) ? stranger : withNearest(call, stranger)
  return passThrough(call, endpoint as unknown as Endpoint)
}

/** The way of a call whose caller is known; the same for one that is made inside another. */
export function passThrough(call: Call, endpoint: Endpoint): Outcome | Pending<unknown> {
  const no = admit(call, endpoint) ?? validate(call, endpoint)
  if (no) return no
  return 'handle' in endpoint
    ? endpoint.handle(call as Call<unknown, never>)
    : endpoint.before(call as Call<unknown, never>)
}

/** Permission, limits, then faults: the one place where they are asked, for HTTP and for inside. */
export function admit(call: Call, endpoint: Endpoint): Refusal | undefined {
  return endpoint.admit?.(call) ?? applyFault(call, endpoint)
}

function validate(call: Call, endpoint: Endpoint): Refusal | undefined {
  const no = endpoint.refuseBody?.(call)
  if (no) return no
  const parsed = (endpoint.reads ?? endpoint.input).safeParse(call.fields)
  if (parsed.success) {
    call.read(parsed.data)
    return undefined
  }
  const issue = firstIssue(endpoint.input, call.fields, parsed.error.issues)
  if (!issue) throw parsed.error
  return endpoint.refuseField(issue)
}

/** The wait, and the second unit: what came from outside is written down and answered, if the epoch is still there. */
async function goOn(call: Call, label: string, state: unknown): Promise<Answer> {
  call.commit()
  const { engine } = call
  const endpoint = call.endpoint as unknown as WaitingEndpoint<unknown>
  const result = await endpoint.outside(state, engine, call.hungUp)
  const real = engine.realNow()
  return engine.store.unit(label, (unit) => {
    const { world, epoch } = call.begin(unit, real).world
    const now = namedWorld(call.db, world, real)
    if (now) {
      if (now.epoch === epoch) call.reenter(now)
      else call.outlive(now)
    }
    try {
      if (now?.epoch !== epoch) {
        const gone = now ? undefined : world
        return finish(call, refuseTransport(call, 'world_was_reset', { gone }))
      }
      return finish(call, endpoint.after(call as Call<unknown, never>, state, result))
    } catch (error) {
      if (outageOf(error)) throw error
      return finishWithBug(call, error)
    }
  })
}

/** What comes after an answer that was given first. Nobody waits for it: it leaves what it writes, unless its epoch has ended. */
async function goOnAnswered(call: Call, label: string, state: unknown): Promise<void> {
  call.commit()
  const { engine } = call
  const endpoint = call.endpoint as unknown as WaitingEndpoint<unknown>
  try {
    const result = await endpoint.outside(state, engine, undefined)
    const real = engine.realNow()
    await engine.store.unit(label, (unit) => {
      const { world, epoch } = call.begin(unit, real).world
      const now = namedWorld(call.db, world, real)
      if (now?.epoch !== epoch) return
      call.reenter(now)
      endpoint.after(call as Call<unknown, never>, state, result)
      tellListeners(call)
    })
  } catch (error) {
    engine.cache.clear()
    if (engine.closing.aborted || engine.outages.note(error)) return
    engine.log('error', 'unit.failed', { endpoint: label, error: errorText(error) })
  }
}

/** A call that reaches no endpoint leaves nothing behind but its exchange. */
function refuseTransport(
  call: Call,
  fault: TransportFault,
  more: { readonly stranger?: Refusal | undefined; readonly gone?: string | undefined },
): Refusal {
  const { surface, endpoint, request } = call
  const { stranger } = more
  const refusal = surface.refuseTransport(fault, { endpoint, request, call, ...more })
  const isStray = fault === 'unknown_path' || fault === 'wrong_method'
  const told = isStray && refusal !== stranger ? withNearest(call, refusal) : refusal
  return { ...told, writes: () => {} }
}

/** Whether the world of the call's path is there; a path that names none is right, too. */
function isInNamedWorld({ address, world }: Call): boolean {
  return address.world === undefined || address.world === world.world
}

/** The decision on a call that reached nothing says what was probably meant, unless it says that already. */
function withNearest(call: Call, refusal: Refusal): Refusal {
  const { engine, request, address } = call
  const sent = { method: request.method, path: address.path, isInWorld: isInNamedWorld(call) }
  const nearest = nearEndpoints(engine.routes, sent)
  return { ...refusal, step: { nearest, ...refusal.step } }
}

/** Takes back what a refusal must not leave, writes what it must, keeps the exchange, and answers. */
function finish(call: Call, outcome: Outcome): Answer {
  const { surface, endpoint } = call
  const nothing = doesNothing(call)
  if (nothing || isRefusal(outcome)) call.undo()
  if (isRefusal(outcome)) {
    call.steps.push({ ...outcome.step, actual: bounded(outcome.step.actual) })
    if (outcome.writes) outcome.writes()
    else if (!nothing) endpoint?.refusalWrites?.(call as Call<never>, outcome)
  } else if (!nothing) tellListeners(call)
  // What is not kept has no name, and counts nothing.
  const trace = isJournalled(call) ? call.trace() : ''
  const encode = (what: Outcome) =>
    surface.encode(what, { trace, world: call.world, endpoint, call: call as Call<never> })
  return close(call, answerUnder(call, outcome, encode), trace)
}

/** A fault wants half of its answer, and nothing done. */
function doesNothing({ fault }: Call): boolean {
  return fault !== undefined && isTakenBack(fault.action)
}

/** A bug is kept like every other exchange; one in finding the world, with the world of the path. */
function finishWithBug(call: Call, error: unknown): Answer {
  if (!call.isInWorld) call.enter(worldOrElse(call, unattributed), { key: '' })
  call.undo()
  const { db, endpoint, engine, surface } = call
  const text = errorText(error)
  const entry = { endpoint: endpoint?.id, surface: surface.name, error: text }
  // A unit that PostgreSQL makes run again has met its bug once.
  db.afterCommit(() => engine.log('error', 'bug', entry))
  call.steps.push({ rule: 'simulator.bug', actual: text })
  const trace = call.trace()
  return close(call, bugAnswer(error, trace), trace)
}

function close(call: Call, answer: Answer, trace: string): Answer {
  const { engine, db, world } = call
  if (world.real_now - world.called_at > touch_ms) {
    updateWorld(db, world.world, { called_at: world.real_now })
  }
  if (trace === '') return answer
  engine.journal.record(call, answer, trace)
  return { ...answer, headers: { ...answer.headers, 'X-Sim-Trace': trace } }
}

/** What is not worth it when it is asked rightly is when it is asked in a way that nobody answers. */
function isJournalled({ endpoint, transportFault }: Call): boolean {
  return endpoint?.journalled !== false || transportFault === 'wrong_method'
}
