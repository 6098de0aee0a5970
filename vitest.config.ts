import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/temporary.ts', 'test/postgres.ts', 'test/browser/chromium.ts'],
    setupFiles: ['test/setup.ts'],
    // Much of it waits for a browser, a database or a process.
    maxWorkers: '100%',
    // Modules are values and hold no state: a worker need not load them anew for each file.
    isolate: false,
    // Long after anything good is over, even on a machine that has much else to do: they end what hangs.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
})
