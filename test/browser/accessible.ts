import type Axe from 'axe-core'
import type { RunOptions } from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { readText } from '../file.ts'

const script = readText('node_modules/axe-core/axe.min.js')

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Of what is as it should be nothing is told: to describe it costs more than to look at it. */
const found_only = { preload: false, resultTypes: ['violations'] } satisfies RunOptions
const everything: RunOptions = {
  runOnly: { type: 'tag', values: tags },
  rules: { 'target-size': { enabled: true } },
  ...found_only,
}
/** What another width or the dark may change. */
const looks: RunOptions = {
  runOnly: { type: 'rule', values: ['color-contrast', 'target-size'] },
  ...found_only,
}

/**
 * Gives all documents of a browser axe, which they only read when it is asked for: to send them half a megabyte of it each time
 * costs as much as the page.
 */
export async function bringAxe(context: BrowserContext): Promise<void> {
  await context.addInitScript(
    `Object.defineProperty(globalThis, 'loadAxe', { value() { ${script} } })`,
  )
}

/**
 * Asks axe for everything that WCAG 2.2 AA wants and a machine can see, in frames of ours too. Its script comes through the
 * debugger, which no policy of a page stops; a browser without script cannot run it. What is `added` has
 * `data-added`, and is asked for its looks alone.
 */
export async function expectAccessible(page: Page, of: 'all' | 'added' = 'all'): Promise<void> {
  for (const frame of page.frames()) await frame.evaluate('void (globalThis.axe ?? loadAxe())')
  const faults = await page.evaluate(
    // Of a frame in which nothing may run, nothing can be asked.
    async ([include, options]) => {
      const { axe } = globalThis as unknown as { axe: typeof Axe }
      const { violations } = await axe.run({ ...include, exclude: ['iframe[sandbox=""]'] }, options)
      return violations.map(({ id, help, nodes }) => ({
        id,
        help,
        at: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
      }))
    },
    of === 'all' ? ([{}, everything] as const) : ([{ include: ['[data-added]'] }, looks] as const),
  )
  expect(faults).toEqual([])
}
