import type { Simulator } from '../../src/simulator.ts'
import type { Advanced, WorldHandle, WorldInput } from '../../src/world-handle.ts'
import { type Candidate, candidateOf } from './candidate.ts'
import { type Customer, customerOf, type Sent } from './customer.ts'
import type { Hook } from './hook.ts'
import type { Chapter, Day, Step } from './told.ts'

/** The world as it is on the first morning: two companies that have asked, and nobody who is registered. */
const beginning: WorldInput = {
  name: 'eight-weeks',
  seed: 'life',
  clock: { mode: 'frozen', now: '2026-01-05T01:00:00Z' },
  accounts: [
    { key: 'acme', company: '晨光科技', stage: 'new' },
    { key: 'globex', company: '环球制造', stage: 'new' },
  ],
  people: [
    { key: 'wang', name: '王小雨', mobile: '13800138002' },
    { key: 'li', name: '李雷', mobile: '13800138001' },
    { key: 'han', name: '韩梅梅', mobile: '13800138003' },
    { key: 'fang', name: '方芳', mobile: '13800138004' },
  ],
}

/** Everybody in the story, and what has come of it so far. */
export interface Story {
  readonly world: WorldHandle
  readonly acme: Customer
  readonly globex: Customer
  readonly wang: Candidate
  readonly li: Candidate
  readonly han: Candidate
  readonly fang: Candidate
  /** Where Acme's platform is told what became of messages. */
  readonly hook: Hook
  /** What has happened by itself while days went by, oldest first. */
  readonly ran: Advanced['ran'][number][]
  /** The ways that messages have gone, counted. */
  readonly ways: { wechat: number; sms: number }
}

/** Makes the world of the story in a simulator. */
export async function beginStory(sim: Simulator, hook: Hook): Promise<Story> {
  const world = await sim.world(beginning)
  const { fetch } = sim
  const origin = sim.url ?? 'http://sim.localhost'
  const customer = (key: string) => customerOf(world, { key, fetch, origin })
  const candidate = (key: string) => candidateOf(world, { key, fetch, origin })
  return {
    world,
    acme: customer('acme'),
    globex: customer('globex'),
    wang: candidate('wang'),
    li: candidate('li'),
    han: candidate('han'),
    fang: candidate('fang'),
    hook,
    ran: [],
    ways: { wechat: 0, sms: 0 },
  }
}

/** The platform sends by WeChat, and by SMS whatever WeChat did not take. */
export async function notify(
  { ways }: Story,
  { from, to, message, more }: Notice,
): Promise<Sent & { readonly way: 'WeChat' | 'SMS' }> {
  const sent = await from.sends(to.mobile, message, more)
  ways[sent.errcode === 0 ? 'wechat' : 'sms'] += 1
  return { ...sent, way: sent.errcode === 0 ? 'WeChat' : 'SMS' }
}

interface Notice {
  readonly from: Customer
  readonly to: Candidate
  readonly message: string
  readonly more?: object
}

/** Whoever is told the story while it is lived. */
export interface Listener {
  chapter(chapter: Chapter<Story>): void
  day(now: string): void
  step(step: Step<Story>, seen: Seen): void
}

/** How a step went: what it showed, or what was not as told. */
export type Seen = { readonly detail: string | undefined } | { readonly error: unknown }

/** Lives the chapters one after another. What is not as told is said, and the story goes on. */
export async function live(
  story: Story,
  chapters: readonly Chapter<Story>[],
  listener: Listener,
): Promise<void> {
  for (const chapter of chapters) {
    listener.chapter(chapter)
    for (const day of chapter.days) {
      listener.day(await dawn(story, day))
      for (const step of day.steps) listener.step(step, await look(story, step))
    }
  }
}

/** The clock comes to the morning of a day, and on the way happens what was due. */
async function dawn(story: Story, { on }: Day<Story>): Promise<string> {
  const to = `${on}T01:00:00Z`
  const { now, ran } = (await story.world.call('clock.advance', { to })) as Advanced
  story.ran.push(...ran)
  return now
}

async function look(story: Story, step: Step<Story>): Promise<Seen> {
  try {
    return { detail: await step.lives(story) }
  } catch (error) {
    return { error }
  }
}
