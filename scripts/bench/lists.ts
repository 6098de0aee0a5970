import { stopwatch } from '../../src/world/clock.ts'
import type { Size } from './seed.ts'
import type { Simulated, Stage } from './stage.ts'

/** Pages of the console that list what a world has, by what they list: each costs the same however much there is. */
const list_pages: Readonly<Record<string, string>> = {
  messages: '/w/bench/',
  'refused messages': '/w/bench/?state=refused',
  people: '/w/bench/people',
  registrations: '/w/bench/accounts/acme?tab=registrations',
  calls: '/w/bench/journal',
  'refused calls': '/w/bench/journal?errcode=43101',
}

/** Loads of a page, and those before that nobody counts. */
const loads = 40
const warm_loads = 10

/** What the loads of one page took in a small world and in a large one, in milliseconds. */
export interface Listed {
  readonly list: string
  readonly small_ms: readonly number[]
  readonly large_ms: readonly number[]
}

/** As much as the small world has of each. */
export const few = 1000

/** Loads every list of a small world and of a large one, in turn, so that both meet the same machine. */
export async function measureLists(stage: Stage, large: Size): Promise<Listed[]> {
  const size = { associations: few, messages: few, exchanges: few }
  const servers = {
    small: await stage.simulator('few of everything', size),
    large: await stage.simulator('much of everything', large),
  }
  const all: Listed[] = []
  for (const [list, path] of Object.entries(list_pages)) {
    const small_ms: number[] = []
    const large_ms: number[] = []
    for (let n = 0; n < warm_loads + loads; n++) {
      const [small, much] = [await load(servers.small, path), await load(servers.large, path)]
      if (n < warm_loads) continue
      small_ms.push(small)
      large_ms.push(much)
    }
    all.push({ list, small_ms, large_ms })
  }
  return all
}

async function load({ port }: Pick<Simulated, 'port'>, path: string): Promise<number> {
  const us = stopwatch()
  const response = await fetch(`http://127.0.0.1:${port}${path}`)
  const page = await response.text()
  const ms = us() / 1000
  if (!response.ok || !page.includes('id="main"')) throw new Error(`${path}: ${response.status}`)
  return ms
}
