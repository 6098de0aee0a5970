import { join } from 'node:path'
import { sleep, stopwatch } from '../../src/world/clock.ts'
import { type Running, startProgram } from '../running.ts'
import { patience } from './ask.ts'
import { checkFile } from './file.ts'
import { Mixed } from './mixed.ts'
import type { Findings, Order } from './order.ts'
import { World } from './world.ts'

const connections = 12
/** A file that has seen so many crashes is looked at as a whole, and another one begun. */
const crashes_a_file = 8
const load_ms = { least: 100, most: 1500, most_quick: 400 }

/** Kills the program in the middle of everything, again and again, and starts it on the same file. */
export async function tortureByKill(order: Order, findings: Findings): Promise<void> {
  const us = stopwatch()
  const crashes_max = order.isQuick ? 2 : Infinity
  const seen = { crashes: 0, answers: 0, start_ms: 0, messages: 0, exchanges: 0 }
  for (let n = 0; seen.crashes < crashes_max && us() < order.ms * 1000; n++) {
    const file = join(order.folder, `kill-${n}.db`)
    const life = {
      file,
      crashes: Math.min(crashes_a_file, crashes_max),
      over: () => us() >= order.ms * 1000,
    }
    await liveOn(life, order, { findings, seen })
    order.tell(`${seen.crashes} crashes`)
  }
  findings.figure('crashes', seen.crashes)
  findings.figure('answers before them', seen.answers)
  findings.figure('messages, all found', seen.messages)
  findings.figure('exchanges, all agreeing', seen.exchanges)
  findings.figure('longest start after a crash, ms', Math.round(seen.start_ms))
}

interface Life {
  readonly file: string
  readonly crashes: number
  readonly over: () => boolean
}

interface Seen {
  crashes: number
  answers: number
  start_ms: number
  messages: number
  exchanges: number
}

/** The life of one file, until it was looked at as a whole. */
async function liveOn(
  { file, crashes, over }: Life,
  order: Order,
  { findings, seen }: { findings: Findings; seen: Seen },
): Promise<void> {
  const { folder, main, dice } = order
  let running = await startProgram(file, { folder, main })
  try {
    const mixed = new Mixed(dice, findings)
    for (let n = 0; n < crashes && !over(); n++) {
      await crash(running, mixed, order)
      seen.crashes++
      const integrity = checkFile(file, folder)
      findings.promise('the file is whole after kill -9', integrity === 'ok', integrity)
      const us = stopwatch()
      running = await startProgram(file, { folder, main })
      seen.start_ms = Math.max(seen.start_ms, us() / 1000)
      await mixed.lookAgain(running)
    }
    const { messages, exchanges } = await mixed.told.compare(await World.open(running, 'main'))
    seen.messages += messages
    seen.exchanges += exchanges
    seen.answers += mixed.answers
    const promised = `a start after kill -9 takes less than ${patience.ms} ms`
    findings.promise(promised, seen.start_ms < patience.ms, Math.round(seen.start_ms))
  } finally {
    await running.kill()
  }
}

/** Everybody calls at once, until the program is no more. */
async function crash(running: Running, mixed: Mixed, { dice, isQuick }: Order): Promise<void> {
  const at_ms = dice.between(load_ms.least, isQuick ? load_ms.most_quick : load_ms.most)
  const calling = mixed.callUntilGone(running, connections)
  await sleep(at_ms)
  await running.kill()
  await calling
}
