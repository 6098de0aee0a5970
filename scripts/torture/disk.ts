import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { sleep, stopwatch } from '../../src/world/clock.ts'
import { type Running, startProgram } from '../running.ts'
import { ask, patience } from './ask.ts'
import { checkFile } from './file.ts'
import type { Findings, Order } from './order.ts'
import { makeSmallDisk, type SmallDisk } from './small-disk.ts'
import { Told } from './told.ts'
import { World } from './world.ts'

const connections = 8
/** The disk is full for everybody once so many answers in a row said so. */
const refused_in_a_row = 40
const sends_max = 20_000
/** How often one file sees the disk full. */
const times_a_file = 5
const look_ms = 50

/** Lets the disk run full under load, again and again: the program goes on, and by itself once there is room. */
export async function tortureByDisk(order: Order, findings: Findings): Promise<void> {
  const us = stopwatch()
  const seen: Seen = {
    statuses: new Map(),
    starts: new Map(),
    times: 0,
    accepted: 0,
    recovery_ms: 0,
  }
  do {
    const disk = await makeSmallDisk(mkdtempSync(join(order.folder, 'disk-')))
    if (!disk) return findings.figure('disk', 'left out: it takes Linux, and root or prlimit')
    if (seen.times === 0) findings.figure('disk', disk.kind)
    try {
      await fillOften(disk, { order, findings, seen })
    } finally {
      disk.close()
    }
    order.tell(`full ${seen.times} times`)
  } while (!order.isQuick && us() < order.ms * 1000)
  findings.figure('times full', seen.times)
  findings.figure('answers on a full disk', textOf(seen.statuses))
  findings.figure('starts on a full disk', textOf(seen.starts))
  findings.figure('accepted, all found', seen.accepted)
  findings.figure('until the first is accepted again, ms', Math.round(seen.recovery_ms))
}

interface Seen {
  readonly statuses: Map<string, number>
  /** How starts on a full disk ended. */
  readonly starts: Map<string, number>
  times: number
  accepted: number
  recovery_ms: number
}

interface Filling {
  readonly order: Order
  readonly findings: Findings
  readonly seen: Seen
}

/** The life of one file, which must not fill the disk by itself. */
async function fillOften(disk: SmallDisk, { order, findings, seen }: Filling): Promise<void> {
  const { folder, main, dice, isQuick } = order
  const place = { folder, main, under: disk.under }
  let running = await startProgram(disk.data, place)
  const told = new Told(findings)
  try {
    const client = new Client(told, seen, findings)
    const world = await World.open(running, 'main')
    for (let n = 0; n < (isQuick ? 1 : times_a_file); n++) {
      await client.sendMany(world, { most: dice.between(20, 300) })
      disk.fill(running.pid)
      await client.sendMany(world, { most: sends_max, untilFull: true })
      await lookAtFull(running, findings)
      disk.makeRoom(running.pid)
      await client.untilAccepted(running, world)
      await client.repeatRefused(world)
      await told.findFresh(world)
      seen.times++
    }
    disk.fill(running.pid)
    await running.kill()
    const integrity = checkFile(disk.file, folder)
    findings.promise('the file is whole after a full disk', integrity === 'ok', integrity)
    count(seen.starts, await startOnFull(disk, order))
    disk.makeRoom(process.pid)
    running = await startProgram(disk.data, place)
    await told.compare(await World.open(running, 'main'))
    seen.accepted += told.accepted.size
  } finally {
    await running.kill()
  }
}

/** It may refuse to start, and spoils nothing. */
async function startOnFull(disk: SmallDisk, { folder, main }: Order): Promise<string> {
  try {
    const running = await startProgram(disk.data, { folder, main, under: disk.under })
    await running.kill()
    return 'starts'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The process is there and says that it lives; what else it says is its own affair, as long as it says something. */
async function lookAtFull(running: Running, findings: Findings): Promise<void> {
  findings.promise('the process lives on a full disk', running.isAlive())
  const { status } = await ask(`${running.url}/livez`)
  findings.promise('/livez answers 200 on a full disk', status === 200, status)
}

/** Sends, and keeps what it hears. */
class Client {
  readonly #told: Told
  readonly #seen: Seen
  readonly #findings: Findings
  #n = 0
  /** Answered by an error, with a name by which they may be sent again. */
  #refused: { message: string; client_msg_id: string }[] = []

  constructor(told: Told, seen: Seen, findings: Findings) {
    this.#told = told
    this.#seen = seen
    this.#findings = findings
  }

  /** So many sends, every other one with a name; `untilFull`: only until the disk is. */
  async sendMany(
    world: World,
    { most, untilFull = false }: { most: number; untilFull?: boolean },
  ): Promise<void> {
    let left = most
    let inARow = 0
    const line = async () => {
      while (left-- > 0 && inARow < refused_in_a_row) {
        const isAccepted = await this.#sendOne(world)
        inARow = isAccepted ? 0 : inARow + 1
      }
    }
    await Promise.all(Array.from({ length: connections }, line))
    const isFull = inARow >= refused_in_a_row
    const promised = untilFull ? 'the disk becomes full' : 'sends are accepted while there is room'
    this.#findings.promise(promised, isFull === untilFull, { inARow })
  }

  async #sendOne(world: World): Promise<boolean> {
    const n = this.#n++
    const message = `message ${n} ${'字'.repeat(150)}`
    const body = n % 2 === 0 ? { message } : { message, client_msg_id: `order-${n}` }
    const answer = await world.send(body)
    this.#told.note(body, answer)
    const { status, errcode } = answer
    if (errcode === 0) return true
    if (body.client_msg_id !== undefined) this.#refused.push(body)
    const code = errcode === undefined ? `${status}` : `${status} with ${errcode}`
    count(this.#seen.statuses, code)
    this.#findings.promise('a full disk is answered by a 5xx', status >= 500, answer)
    return false
  }

  /** A platform sends again what was answered by an error. */
  async repeatRefused(world: World): Promise<void> {
    for (const body of this.#refused) {
      const answer = await world.send(body)
      this.#told.note(body, answer)
      this.#findings.promise(
        'what an error answered can be sent again',
        answer.errcode === 0,
        answer,
      )
    }
    this.#refused = []
  }

  /** What is sent when there is room again is accepted soon, and nobody does anything for it. */
  async untilAccepted(running: Running, world: World): Promise<void> {
    const us = stopwatch()
    while (running.isAlive() && us() < patience.ms * 1000) {
      if (await this.#sendOne(world)) break
      await sleep(look_ms)
    }
    const ms = us() / 1000
    this.#seen.recovery_ms = Math.max(this.#seen.recovery_ms, ms)
    this.#findings.promise('it goes on by itself when there is room', ms < patience.ms, ms)
  }
}

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1)
}

function textOf(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([what, n]) => `${what}: ${n}`).join(', ')
}
