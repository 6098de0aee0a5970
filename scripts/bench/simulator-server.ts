import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { z } from 'zod'
import type { Simulator } from '../../src/index.ts'
import { stopwatch } from '../../src/world/clock.ts'
import { answerParent, readUsage } from '../load/parent.ts'
import { program } from '../program.ts'

/** The simulator as it is released, in a process of its own: with its journal, without a log. */
const { createSimulator } = await program()

const listening = z.object({ data: z.string() })
const creating = z.object({ times: z.int() })
const profiled = z.object({ file: z.string() })
/** Of the CPU profile: finer than usual, because a send takes a fifth of a millisecond. */
const sample_us = 250

let sim: Simulator | undefined
let session: Session | undefined

answerParent({
  listen: async (question) => {
    sim = await createSimulator({ data: listening.parse(question).data, demo: true })
    const { port } = await sim.listen({ port: 0, host: '127.0.0.1' })
    return { port }
  },
  create: (question) => createMany(creating.parse(question).times),
  usage: readUsage,
  profile: async () => {
    session = new Session()
    session.connect()
    await session.post('Profiler.enable')
    await session.post('Profiler.setSamplingInterval', { interval: sample_us })
    await session.post('Profiler.start')
  },
  keep_profile: async (question) => {
    const kept = await session?.post('Profiler.stop')
    session?.disconnect()
    writeFileSync(profiled.parse(question).file, JSON.stringify(kept?.profile))
  },
  stop: () => sim?.close(),
})

/** Milliseconds of each simulator in memory after the first: until it is there, and until it is closed. */
async function createMany(times: number): Promise<{ create_ms: number; whole_ms: number }[]> {
  const taken: { create_ms: number; whole_ms: number }[] = []
  for (let n = 0; n <= times; n++) {
    const us = stopwatch()
    const one = await createSimulator()
    const create_ms = us() / 1000
    await one.close()
    if (n > 0) taken.push({ create_ms, whole_ms: us() / 1000 })
  }
  return taken
}
