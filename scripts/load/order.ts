import { z } from 'zod'
import { Child } from './child.ts'
import type { Traffic } from './request.ts'

const warm_ms = 200
const whole_ms = 1100

const loaded = z.object({
  answers: z.int(),
  whole_ms: z.number(),
  rate: z.number(),
  p50_us: z.number(),
  p99_us: z.number(),
  max_us: z.number(),
})

/** What the load generator saw. */
export type Loaded = z.output<typeof loaded>

/** How the load generator is to send. */
export interface Order {
  readonly port: number
  readonly traffic: Traffic
  readonly connections: number
  /** Uncounted time at the beginning, and the time that counts. */
  readonly warm_ms?: number
  readonly ms?: number
  /** Until there are so many answers, instead of so long. */
  readonly answers?: number
}

/** The load generator, on that core alone unless it is undefined. */
export function startLoad(core: number | undefined): Child {
  return new Child(new URL('load.ts', import.meta.url), core)
}

/** Has the load generator send, and returns what it saw. */
export function send(load: Child, { traffic, ...order }: Order): Promise<Loaded> {
  return load.ask({ do: 'send', warm_ms, ms: whole_ms, ...order, ...traffic }, loaded)
}
