import type { WorldHandle } from '../../src/world-handle.ts'

/** A fault as the control API tells it. */
export interface Fault {
  readonly fault: string
  readonly hits: number
  readonly fits: number
  readonly left: number | null
  readonly state: 'active' | 'spent' | 'over'
}

/** Makes a fault in a world. */
export async function breaks(world: WorldHandle, fault: object): Promise<Fault> {
  return (await world.call('fault.create', fault)) as Fault
}

/** How a world's faults stand. */
export async function faultsOf(world: WorldHandle): Promise<readonly Fault[]> {
  const { items } = (await world.call('fault.list')) as { items: readonly Fault[] }
  return items
}
