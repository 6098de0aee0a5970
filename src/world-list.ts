import { z } from 'zod'
import { faultsIn } from './config/fault.ts'
import { notYet, worldName } from './control/field.ts'
import { createInput, type WorldBody } from './control/world/body.ts'
import { limits } from './core/limits.ts'
import { type Fault, faultError } from './start-error.ts'
import { default_world } from './world/world.ts'

/** A world of a list: what `world.create` takes, with a name, and left as it is once it is there. */
const listedWorld = createInput.extend({
  name: worldName.describe('default: the world for manual use, in place of the demo.'),
  if_exists: z
    .literal('reuse')
    .default('reuse')
    .describe('A world in the list is created once, and never changed by the list.'),
  idle_ttl: createInput.shape.idle_ttl.describe(
    'The world ends after this long without a call, and is created again at the next start. Default: never.',
  ),
  rules: notYet({ en: 'a list of rules', zh: '规则列表' }),
})

/** The worlds that a simulator is started with. */
export const worldList = z.array(listedWorld).max(limits.worlds_max - 1)

/** A world of a list, ready to be made. */
export interface ListedWorld {
  readonly name: string
  /** As it was written: a reset reads it anew. */
  readonly body: WorldBody
  /** Where it stands in the list. */
  readonly field: string
}

/** Reads a list of worlds, or throws a `StartError` with all that is wrong in it. */
export function readWorlds(given: unknown): ListedWorld[] {
  const faults = worldFaults(given)
  if (faults.length > 0) throw faultError(faults)
  return (given as WrittenWorld[]).map(({ name, if_exists: _, rules: __, ...body }, i) => ({
    name,
    body,
    field: `worlds.${i}`,
  }))
}

type WrittenWorld = z.input<typeof listedWorld>

/** All that a list of worlds shows to be wrong before any world is made. */
export function worldFaults(given: unknown): Fault[] {
  const faults = faultsIn(worldList, given, 'worlds')
  return faults.length > 0 ? faults : (given as WrittenWorld[]).flatMap(listFaults)
}

function listFaults({ name, idle_ttl }: WrittenWorld, i: number, all: WrittenWorld[]): Fault[] {
  const faults: Fault[] = []
  const first = all.findIndex((other) => other.name === name)
  if (first < i) {
    const reason = `worlds.${first} is called ${name} too`
    faults.push({ field: `worlds.${i}.name`, reason, fix: 'choose another name' })
  }
  if (name === default_world && idle_ttl !== undefined) {
    const reason = `the world ${default_world} never ends`
    faults.push({ field: `worlds.${i}.idle_ttl`, reason, fix: 'leave it out' })
  }
  return faults
}
