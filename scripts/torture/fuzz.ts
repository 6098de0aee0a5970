import { join } from 'node:path'
import fc from 'fast-check'
import { sleep, stopwatch } from '../../src/world/clock.ts'
import { type Running, residentBytes, startProgram } from '../running.ts'
import { ask } from './ask.ts'
import type { Dice } from './dice.ts'
import { callsOf, type HostileCall, judge } from './fuzz-call.ts'
import { harvest } from './harvest.ts'
import type { Findings, Order } from './order.ts'
import { type Operation, readOperations } from './spec.ts'

/** So much more may stay resident after it. */
const grown_mb_max = 250
const settle_ms = 1000
const calls_quick = 5
/** Of so many operations one. */
const part_quick = 8
const world_name = 'fuzz'
/** After so many calls the world is made anew: what they have spoilt is not the others'. */
const batch_calls = 60
/** So much longer a counterexample may be made smaller. */
const shrink_ms = 3000
/** A counterexample is shown no longer than this. */
const shown_max = 700
const mb = 1e6

/** Calls every operation that the program documents with what it does not expect. */
export async function tortureByValues(order: Order, findings: Findings): Promise<void> {
  const { folder, main } = order
  let logged = ''
  const log = (text: string) => {
    logged = `${logged}${text}`.slice(-10_000)
  }
  const running = await startProgram(join(folder, 'fuzz.db'), { folder, main, log })
  try {
    const all = await readOperations(running.url)
    const operations = order.isQuick ? someOf(all, order.dice) : all
    const before = residentBytes(running.pid)
    let calls = 0
    const slowest = { ms: 0, id: '' }
    const limit = {
      calls_max: order.isQuick ? calls_quick : Infinity,
      ms: order.ms / operations.length,
    }
    for (const [n, operation] of operations.entries()) {
      calls += await fuzz(running, {
        ...limit,
        operation,
        seed: order.dice.seed,
        slowest,
        findings,
      })
      if (!running.isAlive()) break
      if (n % 20 === 0) order.tell(`${operation.id}, ${calls} calls`)
    }
    findings.figure('operations', operations.length)
    findings.figure('calls', calls)
    findings.figure('slowest answer, ms', `${Math.round(slowest.ms)} (${slowest.id})`)
    await lookAfter(running, { findings, before, logged })
  } finally {
    await running.kill()
  }
}

/** It lives, and is as large as it was, or nearly. */
async function lookAfter(
  running: Running,
  { findings, before, logged }: { findings: Findings; before: number; logged: string },
): Promise<void> {
  findings.promise('the process lives', running.isAlive(), logged)
  const { status } = await ask(`${running.url}/livez`)
  findings.promise('/livez answers 200', status === 200, status)
  await sleep(settle_ms)
  const grown_mb = (residentBytes(running.pid) - before) / mb
  findings.promise(
    `memory grows by less than ${grown_mb_max} MB`,
    grown_mb < grown_mb_max,
    grown_mb,
  )
  findings.figure('resident, grown by MB', Math.round(grown_mb))
}

/** Another part of them with every seed. */
function someOf(operations: readonly Operation[], dice: Dice): Operation[] {
  const first = dice.between(0, part_quick - 1)
  return operations.filter((_, n) => n % part_quick === first)
}

interface Fuzzing {
  readonly operation: Operation
  readonly findings: Findings
  readonly seed: number
  /** Ends it. */
  readonly calls_max: number
  readonly ms: number
  readonly slowest: { ms: number; id: string }
}

/** Calls one operation in worlds that are made anew, until something is wrong or it was enough. How many calls it were. */
async function fuzz({ url }: Running, fuzzing: Fuzzing): Promise<number> {
  const { operation, calls_max, ms, seed, slowest, findings } = fuzzing
  const us = stopwatch()
  let calls = 0
  for (let batch = 0; calls < calls_max && us() < ms * 1000; batch++) {
    const pool = await harvest(url, world_name)
    const property = fc.asyncProperty(callsOf(operation, pool), async (call) => {
      const since = us()
      calls++
      const fault = await judge(url, operation, call)
      const took = (us() - since) / 1000
      if (took > slowest.ms) Object.assign(slowest, { ms: took, id: operation.id })
      if (fault) throw new Error(fault)
    })
    const found = await fc.check(property, {
      seed: seed + batch,
      numRuns: Math.min(batch_calls, calls_max),
      interruptAfterTimeLimit: Math.max(ms - us() / 1000, 50) + shrink_ms,
      endOnFailure: false,
    })
    if (!found.failed || found.counterexample === null) continue
    const { errorInstance: error } = found
    const fault = error instanceof Error ? error.message : String(error)
    const [call] = found.counterexample
    findings.promise(`${operation.id} ${fault}`, false, showCall(call))
    break
  }
  return calls
}

function showCall({ target, asked }: HostileCall): string {
  const { method, body, headers = {} } = asked
  const shown = Buffer.isBuffer(body)
    ? `bytes ${JSON.stringify(body.toString('latin1'))}`
    : JSON.stringify(body)
  const more = Object.keys(headers).length > 0 ? ` ${JSON.stringify(headers)}` : ''
  const text = `${method} ${target}${more} ${shown ?? ''}`
  return text.length > shown_max ? `${text.slice(0, shown_max)}… (${text.length} characters)` : text
}
