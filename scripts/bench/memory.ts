import { statSync } from 'node:fs'
import { sleep } from '../../src/world/clock.ts'
import { send } from '../load/order.ts'
import { residentBytes } from '../running.ts'
import type { Stage } from './stage.ts'

/** Resident bytes before the first send, and how many more after so many. */
export interface Memory {
  readonly idle_bytes: number
  readonly grown_bytes: number
  /** Of the write-ahead log when the last answer had come. */
  readonly wal_bytes: number
  readonly sends: number
  readonly rate: number
}

const associations = 1000
const idle_ms = 1000
const after_ms = 3000

/** Sends to the program as people start it. Nobody tells it to collect its garbage. */
export async function measureMemory(stage: Stage, sends: number): Promise<Memory> {
  const { running, data, traffic } = await stage.program('memory', associations)
  try {
    await sleep(idle_ms)
    const idle_bytes = residentBytes(running.pid)
    const order = { port: running.port, traffic, connections: 50, answers: sends }
    const { answers, whole_ms } = await send(stage.load, order)
    const wal_bytes = statSync(`${data}-wal`).size
    await sleep(after_ms)
    const grown_bytes = residentBytes(running.pid) - idle_bytes
    const rate = (answers / whole_ms) * 1000
    return { idle_bytes, grown_bytes, wal_bytes, sends: answers, rate }
  } finally {
    await running.stop()
  }
}
