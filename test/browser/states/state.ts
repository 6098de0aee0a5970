import type { Page } from 'playwright-core'
import type { Words } from '../../../views/words/en.ts'
import { type Sim, type StartOptions, startSim } from '../../sim.ts'
import { keptPage, type Look, widths } from '../browser.ts'

/** A world with its cast, and a person who looks at it through a browser. */
export interface Scene extends Sim {
  readonly page: Page
  readonly lang: 'zh' | 'en'
  /** Where the world's pages begin, e.g. `http://localhost:32771/w/test`. */
  readonly base: string
}

/** One state of one page: a line of data that tests and photographs share. */
export interface State {
  /** Together with `state` the name of its pictures: kebab case. */
  readonly page: string
  readonly state: string
  /** Brings the scene's browser there, by clicks or by an address. */
  reach(scene: Scene): Promise<unknown>
  /** What only this state says; `{company}` is the account's. */
  shows?(words: Words): string
  readonly options?: StartOptions
  readonly look?: Look
  /** Too long to be shown whole: a selector of what it has many of, all alike. */
  readonly many?: string
  /** Shown in README under this name: of a phone nothing else, of a page all that a desktop shows. */
  readonly picture?: string
}

/** A scene of a test's own, its browser still empty. */
export async function setScene(state: State, look: Look): Promise<Scene> {
  const { lang = 'en' } = look
  const sim = await startSim({ listen: true, ...state.options })
  const page = await keptPage(String(sim.sim.url), { width: widths.phone, ...state.look, ...look })
  return { ...sim, page, lang, base: sim.world.baseUrl }
}
