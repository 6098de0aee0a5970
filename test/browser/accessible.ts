import type axe from 'axe-core'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { readText } from '../file.ts'

const script = readText('node_modules/axe-core/axe.min.js')

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const everything: RunOptions = {
  runOnly: { type: 'tag', values: tags },
  rules: { 'target-size': { enabled: true } },
  preload: false,
}
/** What another width or the dark may change. */
const looks: RunOptions = {
  runOnly: { type: 'rule', values: ['color-contrast', 'target-size'] },
  preload: false,
}

/**
 * Asks axe for everything that WCAG 2.2 AA wants and a machine can see, in frames of ours too. Its script comes through the
 * debugger, which no policy of a page stops; a browser without script cannot run it. What is `added` has
 * `data-added`, and is asked for its looks alone.
 */
export async function expectAccessible(page: Page, of: 'all' | 'added' = 'all'): Promise<void> {
  for (const frame of page.frames()) {
    await frame.evaluate(`globalThis.axe ?? (() => { ${script} })()`)
  }
  const found: AxeResults = await page.evaluate(
    // Of a frame in which nothing may run, nothing can be asked.
    ([include, options]) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(
        { ...include, exclude: ['iframe[sandbox=""]'] },
        options,
      ),
    of === 'all' ? ([{}, everything] as const) : ([{ include: ['[data-added]'] }, looks] as const),
  )
  const faults = found.violations.map(({ id, help, nodes }) => ({
    id,
    help,
    at: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
  }))
  expect(faults).toEqual([])
}
