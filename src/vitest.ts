import './needs-node.ts'
import { test as base, type TestAPI } from 'vitest'
import { type Fixtures, listeningSimulator, storyOf, worldOf } from './fixtures.ts'

export type { Fixtures }

/**
 * Vitest's `test` with a simulator for each worker and a world for each test. A test that fails prints the story of its sends.
 * With `test.extend` it has other fixtures, and others of these: `worldInput`, `simulatorOptions`.
 */
export const test: TestAPI<Fixtures> = base.extend<Fixtures>({
  simulatorOptions: [{}, { scope: 'worker' }],
  worldInput: {},
  sim: [
    async ({ simulatorOptions }, use) => {
      const sim = await listeningSimulator(simulatorOptions)
      await use(sim)
      await sim.close()
    },
    { scope: 'worker' },
  ],
  world: async ({ sim, worldInput, task, onTestFinished, onTestFailed }, use) => {
    const identity = { file: task.file.name, title: task.fullTestName }
    const world = await worldOf(sim, identity, worldInput)
    // Vitest takes fixtures down before it calls these, and the second one after the first.
    onTestFinished(async () => {
      if (task.result?.state !== 'fail') await world.close()
    })
    onTestFailed(async () => {
      // biome-ignore lint/suspicious/noConsole: vitest shows it beside the test
      console.error(await storyOf(world))
      await world.close()
    })
    await use(world)
  },
})

/** The same. */
export const it: typeof test = test
