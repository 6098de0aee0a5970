import { PlainBrowser } from '../phone/browser.ts'
import { type StartOptions, startSim } from '../sim.ts'
import { life } from '../tupu/life.ts'

/** A test's own world, and an operator's browser without script at the page of an account, Globex's unless told. */
export async function startOperating(options: StartOptions & { at?: string } = {}) {
  const { at = '/globex', ...rest } = options
  const sim = await startSim(rest)
  const browser = new PlainBrowser(sim.http)
  const path = (below: string) => `/w/test/accounts${below}`
  await browser.opens(path(at))
  return { ...sim, browser, path, lifeOf: (key: string) => life(sim.world, key) }
}
