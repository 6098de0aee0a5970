import { z } from 'zod'

const asked = z.looseObject({ do: z.string() })

/** In a process that another one started: answers what it asks, and ends when it goes. */
export function answerParent(answers: Record<string, (question: unknown) => unknown>): void {
  process.on('message', async (message) => {
    const question = asked.parse(message)
    try {
      process.send?.({ ok: (await answers[question.do]?.(question)) ?? null })
    } catch (error) {
      process.send?.({ error: error instanceof Error ? `${error.stack}` : String(error) })
    }
  })
  process.on('disconnect', () => process.exit())
}

/** What this process has used until now, in all of its threads. */
export const usage = z.object({ cpu_us: z.number(), rss_bytes: z.number() })
/** CPU time and resident memory of a process. */
export type Usage = z.output<typeof usage>

/** Reads it from the system. */
export function readUsage(): Usage {
  const { user, system } = process.cpuUsage()
  return { cpu_us: user + system, rss_bytes: process.memoryUsage.rss() }
}
