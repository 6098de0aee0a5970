import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chapters } from '../../scripts/story/chapters.ts'
import { type Hook, openHook } from '../../scripts/story/hook.ts'
import { beginStory, live, type Seen, type Story } from '../../scripts/story/story.ts'
import type { Step } from '../../scripts/story/told.ts'
import { createSimulator } from '../../src/simulator.ts'
import { type DatabaseName, freshDatabase, onBoth } from '../database.ts'
import { httpOf } from '../sim.ts'

/** The story as it was lived once: how each step went, and what the world then held. */
interface Lived {
  readonly steps: ReadonlyMap<Step<Story>, Seen>
  readonly days: readonly string[]
  readonly held: string
  readonly ways: Story['ways']
}

/** The platform is at one address in all lives: it stands in what the worlds hold. */
let hook: Hook
const exports = new Map<DatabaseName, string>()

beforeAll(async () => {
  hook = await openHook()
})
afterAll(() => hook.close())

async function lifeOn(database: DatabaseName, ends: (() => Promise<void>)[]): Promise<Lived> {
  const data = await freshDatabase(database, (end) => ends.unshift(end))
  const sim = await createSimulator({ data })
  ends.unshift(() => sim.close())
  const steps = new Map<Step<Story>, Seen>()
  const days: string[] = []
  const story = await beginStory(sim, hook)
  await live(story, chapters, {
    chapter: () => {},
    day: (now) => days.push(now),
    step: (step, seen) => steps.set(step, seen),
  })
  const held = await httpOf(sim)('GET', '/_sim/v1/worlds/eight-weeks/export')
  return { steps, days, held: held.text, ways: story.ways }
}

onBoth('eight weeks of two accounts', (database) => {
  const ends: (() => Promise<void>)[] = []
  let once: Lived
  let again: Lived

  beforeAll(async () => {
    once = await lifeOn(database, ends)
    again = await lifeOn(database, ends)
    exports.set(database, once.held)
  })
  afterAll(async () => {
    for (const end of ends) await end()
  })

  describe.each(chapters)('$title', ({ days }) => {
    const told = days.flatMap(({ on, steps }) => steps.map((step) => ({ on, step, ...step })))
    it.each(told)('$on: $tells', ({ step }) => {
      for (const { steps } of [once, again]) {
        const seen = steps.get(step)
        if (seen && 'error' in seen) throw seen.error
        expect(seen).toBeDefined()
      }
    })
  })

  it('take eight weeks on the clock of the world, from one Monday morning to another', () => {
    expect([once.days[0], once.days.at(-1)]).toEqual([
      '2026-01-05T01:00:00.000Z',
      '2026-03-02T01:00:00.000Z',
    ])
  })

  it('bring most messages by WeChat, and every other by SMS', () => {
    expect(once.ways).toEqual({ wechat: 12, sms: 7 })
  })

  it('leave the same bytes behind when they are lived twice, and on both databases', () => {
    expect(again.held).toBe(once.held)
    for (const held of exports.values()) expect(held).toBe(once.held)
    expect(JSON.parse(once.held)).toMatchObject({ world: { world: 'eight-weeks' } })
  })
})
