import { PlainBrowser } from '../phone/browser.ts'
import { type Sim, type StartOptions, startSim } from '../sim.ts'

/** A message as message.search answers it. */
export interface Info {
  readonly message: string
  readonly trace: string
  readonly judged: string | null
}

/** A test's own world, and an operator's browser without script. */
export async function startReading(options: StartOptions = {}) {
  const sim = await startSim(options)
  return { ...sim, browser: new PlainBrowser(sim.http) }
}

/** What was sent last. */
export async function newestMessage(world: Pick<Sim['world'], 'call'>): Promise<Info> {
  const { items } = (await world.call('message.search')) as { items: Info[] }
  const [newest] = items
  if (!newest) throw new Error('nothing was sent')
  return newest
}
