import { join } from 'node:path'
import { sleep, stopwatch } from '../../src/world/clock.ts'
import { makeCluster } from '../cluster.ts'
import { type Running, startProgram } from '../running.ts'
import { patience, Unanswered } from './ask.ts'
import type { Findings, Order } from './order.ts'
import { Told } from './told.ts'
import { type Answer, World } from './world.ts'

const pairs = 6
const look_ms = 100

/** Two replicas on one database: one of them is killed, then the server restarts, and platforms send the same to both. */
export async function tortureByReplicas(order: Order, findings: Findings): Promise<void> {
  const { cluster, url } = await makeCluster(join(order.folder, 'postgres'), { isKept: true })
  order.tell('PostgreSQL runs')
  try {
    await cluster.createDatabase('torture')
    const data = `${url}/torture`
    const replicas = new Replicas(data, order, findings)
    await replicas.start()
    try {
      await play(replicas, order, async () => {
        await cluster.stop()
        await cluster.start()
      })
    } finally {
      await replicas.kill()
    }
  } finally {
    await cluster.stop()
  }
}

async function play(
  replicas: Replicas,
  { ms, isQuick, tell }: Order,
  restart: () => Promise<void>,
) {
  const us = stopwatch()
  do {
    await replicas.sendFor(ms / 6)
    await replicas.whileSending(() => replicas.replaceSecond())
    tell('a replica was killed, and is there again')
    await replicas.whileSending(restart)
    await replicas.untilBothAccept()
    tell('the server was restarted')
  } while (!isQuick && us() < ms * 1000)
  await replicas.compare()
}

/** Two of the program, and a platform that does not trust either. */
class Replicas {
  readonly #data: string
  readonly #order: Order
  readonly #findings: Findings
  readonly #told: Told
  readonly #seen = { pairs: 0, silences: 0, kills: 0, restarts: 0, recovery_ms: 0 }
  #running: Running[] = []
  #world: World | undefined
  /** Sent, and not yet answered by a code of TUPU. */
  #open: { message: string; client_msg_id: string }[] = []
  #n = 0

  constructor(data: string, order: Order, findings: Findings) {
    this.#data = data
    this.#order = order
    this.#findings = findings
    this.#told = new Told(findings)
  }

  async start(): Promise<void> {
    this.#running = [await this.#startOne(), await this.#startOne()]
    this.#world = await World.open(this.#running[0] as Running, 'main')
  }

  #worldOf(running: Running): World {
    if (!this.#world) throw new Error('there is no world yet')
    return this.#world.on(running)
  }

  async kill(): Promise<void> {
    for (const one of this.#running) await one.kill()
  }

  #startOne(): Promise<Running> {
    const { folder, main } = this.#order
    return startProgram(this.#data, { folder, main })
  }

  async replaceSecond(): Promise<void> {
    await this.#running[1]?.kill()
    this.#seen.kills++
    this.#running = [this.#running[0] as Running, await this.#startOne()]
  }

  async sendFor(ms: number): Promise<void> {
    await this.whileSending(() => sleep(ms))
  }

  /** Everybody sends until something was done. */
  async whileSending(work: () => Promise<void>): Promise<void> {
    let isOver = false
    const line = async () => {
      while (!isOver) await this.#sendPair()
    }
    const sending = Promise.all(Array.from({ length: pairs }, line))
    // Told below, once the work is done.
    sending.catch(() => {})
    try {
      await work()
    } finally {
      isOver = true
      await sending
    }
  }

  /** The same to both at once, which is one message. */
  async #sendPair(): Promise<void> {
    const client_msg_id = `order-${this.#n++}`
    const body = { message: `named ${client_msg_id}`, client_msg_id }
    const answers = await Promise.all(this.#running.map((one) => this.#send(one, body)))
    this.#seen.pairs++
    if (answers.some((answer) => answer?.errcode !== 0)) this.#open.push(body)
  }

  /** Undefined: silence, as of one that was killed. */
  async #send(running: Running, body: { message: string; client_msg_id: string }) {
    try {
      const answer = await this.#worldOf(running).send(body)
      this.#told.note(body, answer)
      return answer
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error
      this.#findings.promise('no send hangs', !error.isHang, error.message)
      this.#seen.silences++
      // A process that is no more says so at once.
      await sleep(look_ms)
      return undefined
    }
  }

  /** Both go on by themselves, and answer what was left open. */
  async untilBothAccept(): Promise<void> {
    this.#seen.restarts++
    const us = stopwatch()
    for (const one of this.#running) {
      let answer: Answer | undefined
      while (answer?.errcode !== 0 && us() < patience.ms * 1000) {
        const client_msg_id = `again-${this.#n++}`
        answer = await this.#send(one, { message: client_msg_id, client_msg_id })
        if (answer?.errcode !== 0) await sleep(look_ms)
      }
      this.#findings.promise(
        'a replica goes on after a restart of the server',
        answer?.errcode === 0,
        answer,
      )
    }
    this.#seen.recovery_ms = Math.max(this.#seen.recovery_ms, us() / 1000)
    for (const [n, body] of this.#open.entries()) {
      const answer = await this.#send(this.#running[n % 2] as Running, body)
      this.#findings.promise('what was left open can be sent again', answer?.errcode === 0, answer)
    }
    this.#open = []
  }

  /** What one replica has accepted, the other knows. */
  async compare(): Promise<void> {
    const [first, second] = this.#running as [Running, Running]
    await this.#told.findFresh(this.#worldOf(second))
    const { messages } = await this.#told.compare(this.#worldOf(first))
    const { pairs: sent, silences, kills, restarts, recovery_ms } = this.#seen
    const statuses = [...this.#told.statuses].map(([status, n]) => `${status}: ${n}`)
    this.#findings.figure('pairs of sends', sent)
    this.#findings.figure('answers', statuses.join(', '))
    this.#findings.figure('silences', silences)
    this.#findings.figure('replicas killed', kills)
    this.#findings.figure('restarts of the server', restarts)
    this.#findings.figure('until both accept again, ms', Math.round(recovery_ms))
    this.#findings.figure('messages, each found once', messages)
    const isEach = this.#told.named.size === messages
    this.#findings.promise('each client_msg_id is one message', isEach, {
      messages,
      named: this.#told.named.size,
    })
  }
}
