import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** How the paths of files begin that take long, though they may be short. */
const long = ['pack', 'browser', 'journeys', 'cli', 'db', 'journal', 'world']

/** What takes long begins first, also in a fresh clone, which remembers no times: so no worker waits for another's last file. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const rank = ({ moduleId }: TestSpecification) => {
      const at = long.findIndex((folder) => moduleId.includes(`/test/${folder}`))
      return at < 0 ? long.length : at
    }
    return sorted.sort((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // It asks for the compiler's API, which TypeScript 7 has no longer, but ts-morph brings along.
    alias: [{ find: /^typescript$/, replacement: '@ts-morph/common/dist/typescript.js' }],
    server: { deps: { inline: ['openapi-typescript'] } },
    globalSetup: ['test/temporary.ts', 'test/postgres.ts', 'test/browser/chromium.ts'],
    setupFiles: ['test/setup.ts'],
    sequence: { sequencer: LongFirst },
    // A third of it waits for a browser, a database or a process.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // Modules are values and hold no state: a worker need not load them anew for each file.
    isolate: false,
    // Long after anything good is over, even on a machine that has much else to do: they end what hangs.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
})
