import { createHash } from 'node:crypto'
import type { SimulatorOptions } from './options.ts'
import type { Simulator } from './simulator.ts'
import type { WorldHandle, WorldInput } from './world-handle.ts'

/** What a test is given, and what it may have otherwise by `test.extend`. */
export interface Fixtures {
  /** How the simulator is made; only before the first test that has one. */
  readonly simulatorOptions: SimulatorOptions
  /** What `world.create` takes for the world of each test. */
  readonly worldInput: WorldInput
  /** A simulator that listens on a free port: one for all tests of a process. */
  readonly sim: Simulator
  /** A world of this test alone, named after it. */
  readonly world: WorldHandle
}

/** Which test it is: the same on every machine, for ids follow from it. */
export interface TestIdentity {
  /** Path of its file in the project. */
  readonly file: string
  /** Its name, with those of the suites around it. */
  readonly title: string
}

/** Starts a simulator on a free port. Loaded late, after old Nodes were told what they lack. */
export async function listeningSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { createSimulator } = await import('./index.ts')
  const sim = await createSimulator(options)
  await sim.listen({ port: 0 })
  return sim
}

/** Makes the world of a test. One of the same name may be running: then this is the second. */
export async function worldOf(
  sim: Simulator,
  test: TestIdentity,
  input: WorldInput,
  nth = 1,
): Promise<WorldHandle> {
  try {
    return await sim.world({ name: worldName(test, nth), ...input })
  } catch (error) {
    if (input.name !== undefined || typeOf(error) !== 'world_exists') throw error
    return worldOf(sim, test, input, nth + 1)
  }
}

const typeOf = (error: unknown) =>
  (error as { problem?: { type?: unknown } } | undefined)?.problem?.type

/** Of the title what a world's name may hold of it; the rest, and the file, are in the digits behind. */
const title_length_max = 48
const digits_length = 8

function worldName({ file, title }: TestIdentity, nth: number): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/gu) ?? ['test']
  const hash = createHash('sha256')
    .update(JSON.stringify([file, title]))
    .digest('hex')
  const digits = hash.slice(0, digits_length)
  const count = nth === 1 ? [] : [nth]
  return [words.join('-').slice(0, title_length_max), digits, ...count].join('-')
}

/** Of so many calls, the latest, the story is told. */
const told_max = 5

/**
 * What has become of the sends of a world, oldest first, for whoever looks at a test that failed; where none has come, which
 * calls reached nobody. Never throws: why a test failed is not to be lost behind it.
 */
export async function storyOf(world: WorldHandle): Promise<string> {
  try {
    const sends = await world.call('exchange.list', { endpoint: 'message.send', limit: told_max })
    const traces = [...new Set(sends.items.map(({ trace }) => trace))].reverse()
    return traces.length === 0 ? await strayStory(world) : await sendStory(world, traces)
  } catch (error) {
    return `The world ${world.name} tells no story: ${(error as Error).message}`
  }
}

async function sendStory(world: WorldHandle, traces: readonly string[]): Promise<string> {
  const stories: string[] = []
  for (const trace of traces)
    stories.push(String(await world.call('trace.get', { trace, format: 'text' })).trimEnd())
  return [`The latest sends in the world ${world.name}:`, ...stories].join('\n\n')
}

async function strayStory(world: WorldHandle): Promise<string> {
  const { items } = await world.call('stray.list')
  const lines = items
    .slice(0, told_max)
    .reverse()
    .map(({ method, url, status, sentence }) => `  ${method} ${url} → ${status}: ${sentence}`)
  const head = `No send has come into the world ${world.name}`
  return lines.length === 0 ? `${head}.` : [`${head}; what reached nobody:`, ...lines].join('\n')
}
