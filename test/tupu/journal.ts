import type { CallInput } from '../../src/call-types.ts'
import type { WorldHandle } from '../../src/world-handle.ts'

/** One exchange as the journal shows it, as far as these tests read it. */
export interface Exchange {
  readonly seq: number
  readonly trace: string
  readonly direction: 'in' | 'out'
  readonly surface: string
  readonly endpoint: string
  readonly method: string
  readonly url: string
  readonly status: number
  readonly request: { readonly body: string }
  readonly answer: { readonly body: string }
  readonly decision: readonly (string | Step)[]
}

export interface Step {
  readonly rule: string
  readonly actual?: unknown
  readonly expected?: unknown
  readonly row?: unknown
  readonly answer?: unknown
  readonly change?: unknown
}

/** The journal of a world, newest first: all of it, though a page ends early on a machine that has much else to do. */
export async function exchanges(
  world: WorldHandle,
  filter: Pick<CallInput<'exchange.list'>, 'surface' | 'trace'> = { surface: 'tupu' },
): Promise<readonly Exchange[]> {
  const found: Exchange[] = []
  let after: string | null | undefined
  while (after !== null) {
    const page = await world.call('exchange.list', { ...filter, ...(after && { after }) })
    found.push(...(page.items as readonly Exchange[]))
    after = page.next_cursor
  }
  return found
}

/** The step at which the partner API's latest call ended. */
export async function lastStep(world: WorldHandle): Promise<Step> {
  const [latest] = await exchanges(world)
  const step = latest?.decision.at(-1)
  return typeof step === 'string' ? { rule: step } : (step ?? { rule: '' })
}

/** Everything that a world holds, without its journal: table by table, or as it stands in the export. */
export async function tables(world: WorldHandle): Promise<Readonly<Record<string, unknown[]>>> {
  const { tables: held } = (await world.call('world.export')) as {
    tables: Record<string, unknown[]>
  }
  return held
}
