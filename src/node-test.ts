import './needs-node.ts'
import { relative } from 'node:path'
import { after, test as base, type TestContext, type TestOptions } from 'node:test'
import { type Fixtures, listeningSimulator, storyOf, worldOf } from './fixtures.ts'
import type { Simulator } from './simulator.ts'

export type { Fixtures }

/** A test that is given a simulator and a world, and node's own context besides. */
export type WorldTestFunction = (fixtures: Fixtures, context: TestContext) => unknown

/** Node's `test` with fixtures; `extend` makes another one, with other worlds or another simulator. */
export interface WorldTest {
  (name: string, run: WorldTestFunction): Promise<void>
  (name: string, options: TestOptions, run: WorldTestFunction): Promise<void>
  extend(other: Partial<Pick<Fixtures, 'simulatorOptions' | 'worldInput'>>): WorldTest
}

/**
 * Node's `test` with a simulator for the process and a world for each test. A test that fails prints the story of its sends.
 */
export const test: WorldTest = testWith({ simulatorOptions: {}, worldInput: {} })

/** The same. */
export const it: WorldTest = test

type Given = Pick<Fixtures, 'simulatorOptions' | 'worldInput'>

function testWith(given: Given): WorldTest {
  let started: Promise<Simulator> | undefined
  after(async () => (await started)?.close())
  const run = async (test: WorldTestFunction, context: TestContext) => {
    started ??= listeningSimulator(given.simulatorOptions)
    await runIn(await started, given, { test, context })
  }
  const declare = (
    name: string,
    ...rest: readonly [WorldTestFunction] | readonly [TestOptions, WorldTestFunction]
  ) => {
    const [options, test] = rest.length === 1 ? [{}, rest[0]] : rest
    return base(name, options, (context) => run(test, context))
  }
  const extend = (other: Partial<Given>) => testWith({ ...given, ...other })
  return Object.assign(declare, { extend })
}

async function runIn(
  sim: Simulator,
  given: Given,
  { test, context }: { test: WorldTestFunction; context: TestContext },
): Promise<void> {
  const file = relative(process.cwd(), context.filePath ?? '')
  const world = await worldOf(sim, { file, title: context.fullName }, given.worldInput)
  try {
    await test({ ...given, sim, world }, context)
  } catch (error) {
    context.diagnostic(await storyOf(world))
    throw error
  } finally {
    await world.close()
  }
}
