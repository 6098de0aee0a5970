import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** How a person works with a page. */
export interface Hands {
  press(target: Locator): Promise<void>
  tick(target: Locator): Promise<void>
  type(target: Locator, text: string): Promise<void>
}

/** With a mouse, or a thumb. */
export const mouse: Hands = {
  press: (target) => target.click(),
  tick: (target) => target.check(),
  type: (target, text) => target.fill(text),
}

/** More stops than any page has from one thing to the next. */
const stops_max = 80

/** With the keyboard alone: from one thing to the next by Tab. */
export function keyboard(page: Page): Hands {
  const reach = async (target: Locator) => {
    await target.waitFor()
    for (let stops = 0; stops < stops_max; stops++) {
      if (await hasFocus(target)) return
      await page.keyboard.press('Tab')
    }
    expect.fail(`Tab never comes to ${target}`)
  }
  return {
    async press(target) {
      await reach(target)
      await page.keyboard.press('Enter')
    },
    async tick(target) {
      await reach(target)
      await page.keyboard.press('Space')
      expect(await target.isChecked()).toBe(true)
    },
    async type(target, text) {
      await reach(target)
      await page.keyboard.type(text)
    },
  }
}

/** The window of the target's own frame must have the keyboard, too. */
function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate(
    (one) => one.ownerDocument.hasFocus() && one === one.ownerDocument.activeElement,
  )
}
