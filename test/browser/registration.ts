import type { FrameLocator, Page } from 'playwright-core'
import { type Hands, mouse } from './hands.ts'

/** What a candidate types; what is left out stays as it is. */
export interface Candidate {
  readonly name?: string
  readonly mobile?: string
  readonly email?: string
}

export const hans: Required<Candidate> = {
  name: '韩梅梅',
  mobile: '138 0013 8003',
  email: 'han@example.com',
}

/** Fills in the registration form, wherever it is shown, and agrees to the notice. */
export async function fillIn(
  place: Page | FrameLocator,
  of: Candidate,
  hands: Hands = mouse,
): Promise<void> {
  for (const [id, text] of Object.entries(of)) await hands.type(place.locator(`#${id}`), text)
  await hands.tick(place.locator('#consent'))
}

/** The button that sends the form: the languages' are buttons too. */
export function submitOf(place: Page | FrameLocator) {
  return place.locator('form .weui-btn[type=submit]')
}
