import type { Simulator } from '../src/simulator.ts'
import type { Stage } from './demo-stage.ts'
import { chapters } from './story/chapters.ts'
import { openHook } from './story/hook.ts'
import { beginStory, live } from './story/story.ts'

/** Tells eight weeks of two accounts, step by step, by the clock of their world. */
export async function tellStory(sim: Simulator, stage: Stage): Promise<void> {
  const hook = await openHook()
  try {
    const story = await beginStory(sim, hook)
    await live(story, chapters, {
      chapter: ({ title }) => stage.scene(title),
      day: (now) => stage.say(dateOf(now)),
      step({ tells }, seen) {
        if ('error' in seen) stage.told(false, `${tells}: ${firstLines(seen.error)}`)
        else stage.told(true, seen.detail === undefined ? tells : `${tells} (${seen.detail})`)
      },
    })
  } finally {
    await hook.close()
  }
}

/** As people in Beijing write the day. */
function dateOf(now: string): string {
  const form = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const
  return new Intl.DateTimeFormat('en-GB', { ...form, timeZone: 'Asia/Shanghai' }).format(
    new Date(now),
  )
}

const lines_max = 12

function firstLines(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .split('\n')
    .slice(0, lines_max)
    .join('\n')
}
