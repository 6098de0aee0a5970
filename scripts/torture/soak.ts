import { join } from 'node:path'
import { z } from 'zod'
import { sleep, stopwatch } from '../../src/world/clock.ts'
import type { Child } from '../load/child.ts'
import { type Loaded, send, startLoad } from '../load/order.ts'
import { mobileOf, sendsTo, type Traffic } from '../load/request.ts'
import { type Running, residentBytes, startProgram } from '../running.ts'
import { ask, patience } from './ask.ts'
import { type Company, type Kind, kinds, Visit } from './company.ts'
import type { Findings, Order } from './order.ts'
import { World } from './world.ts'

/** As many phones as may be open at once. */
const phones = 200
const connections = 50
/** Of the journal of one world. Before the company comes it is nearly full. */
const journal_bound = 100_000
const filled = 97_000
/** So many more than the journal's bound. */
const beyond = 3000
/** What is sent at a time, between which it is asked whether it was enough. */
const portion_ms = 2000
const portion_quick_ms = 400
/** No more than so many times as long as was asked for. */
const times_as_long_max = 3
const look_ms = 50
/** Longer than anything may last, so that it is measured. */
const livez_ms_max = 60_000
const settle_ms = 3000
/** Nobody waits longer for a send. */
const hang_ms = 60_000
const export_ms_max = 60_000
const grown_mb_max = 400
const mb = 1e6

const company: Omit<Company, 'phones'> = {
  waits: 200,
  wait: 'PT10S',
  slow: 10,
  worlds: 1000,
  worlds_at_once: 20,
}
const company_quick: Omit<Company, 'phones'> = {
  waits: 20,
  wait: 'PT1S',
  slow: 4,
  worlds: 20,
  worlds_at_once: 4,
}

const worldShape = z.object({
  accounts: z.array(z.object({ eid: z.string() })),
  people: z.array(z.object({ person: z.string() })),
})

/** Sends past the bound of the journal while phones lie open, tests wait, sockets read slowly, and worlds come and go. */
export async function tortureBySoak(order: Order, findings: Findings): Promise<void> {
  const { folder, main } = order
  const running = await startProgram(join(folder, 'soak.db'), { folder, main })
  const load = startLoad(undefined)
  try {
    const accounts = ['acme', 'globex']
    const people = Array.from({ length: order.isQuick ? phones / 10 : phones }, (_, n) => {
      return { key: `p${n}`, mobile: mobileOf(n), registered_with: accounts }
    })
    const world = await World.open(running, 'soak', {
      accounts: accounts.map((key) => ({ key, company: key })),
      people,
    })
    await soak({ running, load, world, order, findings })
  } finally {
    await load.stop()
    await running.kill()
  }
}

interface Soak {
  readonly running: Running
  readonly load: Child
  readonly world: World
  readonly order: Order
  readonly findings: Findings
}

async function soak(all: Soak): Promise<void> {
  const { running, world, order, findings } = all
  const { people, ...rest } = worldShape.parse(JSON.parse((await world.control('')).text))
  const eids = rest.accounts.map(({ eid }) => eid)
  const traffic = trafficTo(running.port, eids, people.length)
  const watch = new Watch(running)
  const alone = new Sent()
  await alone.send(all, traffic, { least: order.isQuick ? 0 : filled, ms: order.ms / 4 })
  tellSent(findings, 'alone', alone, watch)
  order.tell(`${alone.answers} sends alone`)

  const watched = { ...all, traffic, watch, people: people.map(({ person }) => person) }
  let sends = alone.answers
  for (const kind of order.isQuick ? [] : kinds)
    sends += await sendAmong([kind], watched, { least: 0 })
  await timeExport(watched)
  const least = order.isQuick ? 0 : journal_bound + beyond - sends
  sends += await sendAmong(kinds, watched, { least })
  await lookAtJournal(all, sends)
  await sleep(order.isQuick ? 0 : settle_ms)
  await watch.end(findings)
}

type Watched = Soak & {
  readonly traffic: Traffic
  readonly people: readonly string[]
  readonly watch: Watch
}

/** Sends while some are there: each kind by itself, to see which of them stops the process, then all of them. */
async function sendAmong(
  some: readonly Kind[],
  watched: Watched,
  { least }: { least: number },
): Promise<number> {
  const { running, world, findings, order, people, traffic, watch } = watched
  const who = some.length === kinds.length ? 'among all of them' : `among ${some.join()}`
  const visit = new Visit(running.url, world, findings)
  const sent = new Sent()
  try {
    await visit.come(some, { ...(order.isQuick ? company_quick : company), phones: people })
    await sent.send(watched, traffic, { least, ms: order.ms / (some.length === 1 ? 12 : 4) })
    await visit.worldsEnded()
  } finally {
    await visit.leave()
  }
  tellSent(findings, who, sent, watch)
  order.tell(`${sent.answers} sends ${who}`)
  for (const [what, n] of Object.entries(visit.seen))
    if (n > 0) findings.figure(`${what} ${who}`, n)
  const { phones: open, changes } = visit.seen
  findings.promise('open phones are told of changes', changes >= open, { open, changes })
  const { text } = await ask(`${running.url}/_sim/v1/worlds`, { timeout_ms: livez_ms_max })
  findings.promise('worlds that were ended are gone', !text.includes('"soak-'), text.slice(0, 200))
  return sent.answers
}

async function timeExport({ world, findings, watch }: Watched): Promise<void> {
  const { ms, text } = await world.control('/export', { timeout_ms: export_ms_max })
  findings.figure('an export, ms', `${Math.round(ms)}, ${(text.length / mb).toFixed(1)} MB`)
  findings.figure('longest /livez meanwhile, ms', Math.round(watch.takeLongest()))
}

/** Two accounts, in turn: each may send 100,000 a day. */
function trafficTo(port: number, eids: readonly string[], associations: number): Traffic {
  const all = eids.map((eid) => sendsTo(port, eid, associations))
  const { expected = '' } = all[0] ?? {}
  return { requests: all.flatMap(({ requests }) => requests), expected, associations }
}

/** What the load generator saw, portion by portion. */
class Sent {
  answers = 0
  ms = 0
  readonly portions: Loaded[] = []

  /** At least so many, and for at least so long; but for no more than a few times as long as the stage may take. */
  async send(
    { running: { port }, load, order }: Soak,
    traffic: Traffic,
    { least, ms }: { least: number; ms: number },
  ): Promise<void> {
    const part_ms = order.isQuick ? portion_quick_ms : portion_ms
    const most_ms = ms * 2 * times_as_long_max
    while ((this.answers < least && this.ms < most_ms) || this.ms < ms) {
      const order = { port, traffic, connections, warm_ms: 0, ms: part_ms }
      const found = await inTime(send(load, order))
      this.answers += found.answers
      this.ms += found.whole_ms
      this.portions.push(found)
    }
  }

  /** The middle of what the portions say, or the most. */
  latency_ms(read: (portion: Loaded) => number, at: number): number {
    const sorted = this.portions
      .map(read)
      .filter((us) => us > 0)
      .toSorted((a, b) => a - b)
    return (sorted[Math.floor((sorted.length - 1) * at)] ?? 0) / 1000
  }
}

/** What is sent must be answered; whoever waits for that for ever sees nothing. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  const over = new AbortController()
  const late = sleep(hang_ms, over.signal).then(() => {
    throw new Error(`sends have had no answer for ${hang_ms} ms`)
  })
  // Also when it was in time: the sleep ends early.
  late.catch(() => {})
  try {
    return await Promise.race([work, late])
  } finally {
    over.abort()
  }
}

function tellSent(findings: Findings, how: string, sent: Sent, watch: Watch): void {
  const longest_ms = sent.latency_ms((one) => one.max_us, 1)
  const times = [
    sent.latency_ms((one) => one.p50_us, 0.5),
    sent.latency_ms((one) => one.p99_us, 0.5),
    longest_ms,
  ]
  findings.figure(`sends ${how}`, sent.answers)
  findings.figure(`rate ${how}, sends/s`, Math.round((sent.answers / sent.ms) * 1000))
  findings.figure(`p50 / p99 / longest ${how}, ms`, times.map((ms) => ms.toFixed(1)).join(' / '))
  const stalled_ms = Math.round(watch.takeLongest())
  findings.figure(`longest /livez ${how}, ms`, stalled_ms)
  const heard = `/livez answers ${how} within ${patience.ms} ms`
  findings.promise(heard, stalled_ms < patience.ms, stalled_ms)
  const promised = `no send ${how} takes ${patience.ms} ms`
  findings.promise(promised, longest_ms < patience.ms, longest_ms)
}

async function lookAtJournal({ running, findings, order }: Soak, sends: number): Promise<void> {
  const { text } = await ask(`${running.url}/metrics`)
  const dropped = Number(/^tupu_sim_exchanges_dropped (\d+)/m.exec(text)?.[1] ?? 0)
  const stalls = text.split('\n').filter((line) => /^\w*event_?loop\w*[ {]/u.test(line))
  for (const line of stalls) findings.figure('of /metrics', line)
  findings.figure('exchanges dropped by the journal', dropped)
  if (order.isQuick) return
  findings.promise(`the journal's bound of ${journal_bound} was passed`, sends > journal_bound, {
    sends,
  })
  findings.promise('the journal drops what is above its bound', dropped > 0, { sends, dropped })
}

/** Looks at the process from outside all the while: its memory, and how long it answers nobody. */
class Watch {
  readonly #over = new AbortController()
  readonly #running: Running
  readonly #first_bytes: number
  #most_bytes = 0
  #longest_ms = 0
  readonly #us = stopwatch()
  #since = 0
  #isWaiting = false
  readonly #watching: Promise<void>

  constructor(running: Running) {
    this.#running = running
    this.#first_bytes = residentBytes(running.pid)
    this.#watching = this.#look()
  }

  /** The longest time since the last time that it was asked for. */
  takeLongest(): number {
    const waited_ms = this.#isWaiting ? (this.#us() - this.#since) / 1000 : 0
    const ms = Math.max(this.#longest_ms, waited_ms)
    this.#longest_ms = 0
    return ms
  }

  async end(findings: Findings): Promise<void> {
    this.#over.abort()
    await this.#watching
    const now = residentBytes(this.#running.pid)
    const all = [this.#first_bytes, this.#most_bytes, now].map((bytes) => Math.round(bytes / mb))
    findings.figure('resident before / most / after, MB', all.join(' / '))
    const grown = (this.#most_bytes - this.#first_bytes) / mb
    findings.promise(`memory grows by less than ${grown_mb_max} MB`, grown < grown_mb_max, grown)
  }

  async #look(): Promise<void> {
    const { signal } = this.#over
    while (!signal.aborted && this.#running.isAlive()) {
      this.#since = this.#us()
      this.#isWaiting = true
      await ask(`${this.#running.url}/livez`, { timeout_ms: livez_ms_max }).catch(() => {})
      this.#isWaiting = false
      this.#longest_ms = Math.max(this.#longest_ms, (this.#us() - this.#since) / 1000)
      this.#most_bytes = Math.max(this.#most_bytes, residentBytes(this.#running.pid))
      await sleep(look_ms, signal)
    }
  }
}
