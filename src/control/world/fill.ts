import { Call } from '../../core/call.ts'
import type { Engine } from '../../core/engine.ts'
import { tellListeners } from '../../core/event.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { nextTurn } from '../../world/clock.ts'
import { namedWorld } from '../../world/world.ts'
import { addPerson, type PersonInput } from '../person/person.ts'

/** A person whom a world's body names, and where it does. */
export interface Newcomer {
  readonly n: number
  readonly person: PersonInput
}

/** So many people are made in one unit. */
export const newcomers_max = 20

/** A world that has begun, and the people who are still to come. */
export interface Filling {
  readonly call: Call
  readonly world: string
  readonly epoch: number
  readonly real: number
  readonly newcomers: readonly Newcomer[]
}

/** Begins to fill the call's world: the people after the first come in units of their own, and calls of others between. */
export function fillingOf(call: Call, newcomers: readonly Newcomer[]): Filling {
  tellListeners(call)
  const { world, epoch, real_now: real } = call.world
  return { call, world, epoch, real, newcomers }
}

/** Makes all people who are still to come; stops at the first who is refused, or when the world has another life. */
export async function fill(filling: Filling, engine: Engine): Promise<Refusal | undefined> {
  const { newcomers } = filling
  for (let from = 0; from < newcomers.length; from += newcomers_max) {
    const some = newcomers.slice(from, from + newcomers_max)
    await nextTurn()
    const ended = await engine.store.unit('world.fill', (unit) => {
      const { surface, endpoint, request, address } = filling.call
      const to = { surface, endpoint, request, address, pathFields: {} }
      const call = new Call({ engine, ...to }).begin(unit, filling.real)
      const world = namedWorld(unit.db, filling.world, filling.real)
      if (world?.epoch !== filling.epoch) return 'gone'
      call.enter(world, { key: 'control' })
      const no = addNewcomers(call, some)
      if (no) unit.undo()
      else tellListeners(call)
      return no
    })
    if (ended === 'gone') return undefined
    if (ended) return ended
  }
  return undefined
}

/** Makes people in their order, up to the first who is refused. */
export function addNewcomers(call: Call, newcomers: readonly Newcomer[]): Refusal | undefined {
  for (const { n, person } of newcomers) {
    const made = addPerson(call, person, `people.${n}.`)
    if (isRefusal(made)) return made
  }
  return undefined
}
