import type { Engine } from './engine.ts'
import { tellListeners } from './job.ts'
import { namedWorld } from '../world/world.ts'
import { bugAnswer, errorText } from './bug.ts'
import type { Carried, Ended, Waited } from './carried.ts'
import { isPending, type WaitingEndpoint } from './endpoint.ts'
import { Passage } from './call.ts'
import { isRefusal } from './refusal.ts'
import type { Answer, Opened } from './surface.ts'

/** Carries one request through its unit of work: open, check, decide, keep the exchange, answer. */
export async function carry<C>(carried: Carried<C>): Promise<Answer> {
  const { engine, endpoint, surface } = carried
  const label = endpoint?.id ?? `${surface.name}.${carried.fault ?? 'unknown_path'}`
  try {
    const first = await engine.store.unit(label, (unit) => decide(new Passage(carried, unit)))
    if (!('pending' in first)) return tell(engine, label, first)
    const waiting = endpoint as WaitingEndpoint<C>
    const result = await waiting.outside(first.pending.state, engine)
    const last = await engine.store.unit(label, (unit) => {
      return conclude(new Passage(carried, unit, first), first, result)
    })
    return tell(engine, label, last)
  } catch (error) {
    // The unit itself failed: nothing of it is kept, and what was cached in it may be wrong.
    engine.cache.clear()
    engine.log('error', 'unit.failed', { endpoint: label, error: errorText(error) })
    engine.coverage.count(label, 500)
    return bugAnswer(error, '')
  }
}

function tell(engine: Engine, label: string, ended: Ended): Answer {
  engine.coverage.count(label, ended.answer.code)
  engine.signal.tell(ended.world.world)
  return ended.answer
}

/** The first unit: everything up to the answer, or to the wait. */
async function decide<C>(passage: Passage<C>): Promise<Ended | Waited> {
  const { endpoint } = passage.carried
  try {
    const opened = await passage.open()
    const early = passage.refuseTransport() ?? opened.refusal
    if (early) return await passage.end(early)
    if (!endpoint) throw new Error('a call without endpoint must be refused')
    const input = passage.readInput(endpoint)
    if (isRefusal(input)) return await passage.end(input)
    const call = passage.call(input)
    const outcome = 'handle' in endpoint ? await endpoint.handle(call) : await endpoint.before(call)
    if (isPending(outcome)) return await passage.wait(outcome, input)
    if (!isRefusal(outcome)) await tellListeners(passage.engine, passage)
    return await passage.end(outcome)
  } catch (error) {
    return endWithBug(passage, error)
  }
}

/** The second unit: what came from outside is written down and answered, if the epoch is still there. */
async function conclude<C>(passage: Passage<C>, waited: Waited, result: unknown): Promise<Ended> {
  const endpoint = passage.carried.endpoint as WaitingEndpoint<C>
  const current = await namedWorld(passage.db, waited.world.world, passage.engine.realNow())
  const opened = waited.opened as Opened<C>
  passage.adopt({ ...opened, world: current ?? waited.world })
  try {
    if (current?.epoch !== waited.world.epoch) {
      return await passage.end(passage.refuse('world_was_reset'))
    }
    const call = passage.call(waited.input)
    const outcome = await endpoint.after(call, waited.pending.state, result)
    if (!isRefusal(outcome)) await tellListeners(passage.engine, passage)
    return await passage.end(outcome)
  } catch (error) {
    return endWithBug(passage, error)
  }
}

/** A bug is kept like every other exchange; one in finding the world, with the world of the path. */
async function endWithBug<C>(passage: Passage<C>, error: unknown): Promise<Ended> {
  if (!passage.isOpen) {
    passage.adopt({ world: await passage.worldOfPath(), key: '' })
  }
  return passage.endWithBug(error)
}
