import { z } from 'zod'
import { sleep } from '../../src/world/clock.ts'
import type { Child } from '../load/child.ts'
import { send } from '../load/order.ts'
import { type Usage, usage } from '../load/parent.ts'
import type { Traffic } from '../load/request.ts'

/** A server that is measured. */
export interface Server {
  readonly name: string
  readonly child: Child
  readonly port: number
  readonly traffic: Traffic
  /** Paths of streams that are open meanwhile. */
  readonly streams?: readonly string[]
}

/** What one round found. */
export interface Round {
  readonly server: string
  readonly connections: number
  /** Answers per second. */
  readonly rate: number
  /** CPU time of the server per answer, in all of its threads. */
  readonly cpu_us: number
  readonly p50_us: number
  readonly p99_us: number
}

const round_ms = 1100
const warm_up_ms = 2500
/** A server is quiet when it uses less than this in a look. */
const quiet_cpu_us = 4000
const look_ms = 60
const looks_max = 40

/** Sends to the server for a second. What it does afterwards because of that counts as its CPU time too. */
export async function playRound(
  load: Child,
  { child, name, port, traffic, streams: paths = [] }: Server,
  { connections, ms = round_ms }: { connections: number; ms?: number },
): Promise<Round> {
  await load.ask({ do: 'open', port, paths }, z.unknown())
  // Whoever comes looks at once.
  if (paths.length > 0) await settle(child)
  const before = await child.ask({ do: 'usage' }, usage)
  const found = await send(load, { port, traffic, connections, ms })
  const after = await settle(child)
  await load.ask({ do: 'close' }, z.unknown())
  const { rate, p50_us, p99_us } = found
  const cpu_us = (after.cpu_us - before.cpu_us) / found.answers
  return { server: name, connections, rate, cpu_us, p50_us, p99_us }
}

/** Rounds whose figures nobody keeps: the compiler has seen everything afterwards. */
export async function warmUp(
  load: Child,
  servers: readonly Server[],
  ms = warm_up_ms,
): Promise<void> {
  for (const server of servers) {
    await playRound(load, server, { connections: 50, ms })
    await playRound(load, server, { connections: 1, ms: ms / 5 })
  }
}

/** All servers in turn, again and again, every other time backwards so that a drift favours none. */
export async function playAll(
  load: Child,
  servers: readonly Server[],
  {
    pairs,
    connections: counts = [50, 1],
    ms = round_ms,
    progress,
  }: {
    pairs: number
    connections?: readonly number[]
    ms?: number | undefined
    progress: (done: number) => void
  },
): Promise<Round[][]> {
  const all: Round[][] = []
  for (let pair = 0; pair < pairs; pair++) {
    const rounds: Round[] = []
    for (const connections of counts) {
      for (const server of pair % 2 === 0 ? servers : servers.toReversed()) {
        rounds.push(await playRound(load, server, { connections, ms }))
      }
    }
    all.push(rounds)
    progress(pair + 1)
  }
  return all
}

/** Waits until the server has nothing left to do, and returns what it has used. */
async function settle(child: Child): Promise<Usage> {
  let last = await child.ask({ do: 'usage' }, usage)
  for (let look = 0; look < looks_max; look++) {
    await sleep(look_ms)
    const now = await child.ask({ do: 'usage' }, usage)
    if (now.cpu_us - last.cpu_us < quiet_cpu_us) return now
    last = now
  }
  return last
}
