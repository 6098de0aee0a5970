import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { connect, type Socket } from 'node:net'
import { sleep } from '../../src/world/clock.ts'
import { ask, Unanswered } from './ask.ts'
import type { Findings } from './order.ts'
import { World } from './world.ts'

/** Who is there besides the platform. */
export interface Company {
  /** Simulated people whose phones lie open, each with a stream. */
  readonly phones: readonly string[]
  readonly waits: number
  /** How long each waits, as ISO 8601 says it. */
  readonly wait: string
  /** Sockets that read a byte now and then, half of them an export, half of them a stream. */
  readonly slow: number
  /** Worlds that are made and ended, and how many there are at once. */
  readonly worlds: number
  readonly worlds_at_once: number
}

/** Kinds of company. */
export const kinds = ['phones', 'waits', 'worlds', 'slow readers'] as const
export type Kind = (typeof kinds)[number]

/** What they have seen. */
export interface SeenByCompany {
  phones: number
  changes: number
  waits: number
  worlds: number
  slow_bytes: number
}

const wait_ms_max = 75_000
const slow_read_ms = 50
/** Nobody has this mobile: who waits for its messages waits long. */
const nobodys_mobile = '13900139000'

/** Comes in, and stays until it is asked to leave. */
export class Visit {
  readonly seen: SeenByCompany = { phones: 0, changes: 0, waits: 0, worlds: 0, slow_bytes: 0 }
  readonly #over = new AbortController()
  readonly #agent = new Agent({ keepAlive: false })
  readonly #world: World
  readonly #url: string
  readonly #findings: Findings
  readonly #sockets: Socket[] = []
  /** Everybody who does one thing after the other. */
  readonly #busy: Promise<void>[] = []
  #worlds = Promise.resolve()

  constructor(url: string, world: World, findings: Findings) {
    this.#url = url
    this.#world = world
    this.#findings = findings
  }

  /** Some come in. The phones are open when it returns. */
  async come(some: readonly Kind[], company: Company): Promise<void> {
    const { phones, slow, waits, wait } = company
    const slowly = some.includes('slow readers') ? Math.floor(slow / 2) : 0
    for (const person of phones.slice(0, slowly)) this.#readSlowly(eventsOf(person))
    if (some.includes('phones')) {
      await Promise.all(phones.slice(slowly).map((person) => this.#watch(person)))
    }
    if (some.includes('waits')) {
      for (let n = 0; n < waits; n++) this.#busy.push(this.#waitOften(wait))
    }
    if (some.includes('worlds')) this.#worlds = this.#makeWorlds(company)
    for (let n = 0; n < slowly; n++) this.#readSlowly('/export')
  }

  /** Until all worlds were made and ended, too. */
  async worldsEnded(): Promise<void> {
    await this.#worlds
  }

  async leave(): Promise<void> {
    this.#over.abort()
    this.#agent.destroy()
    for (const socket of this.#sockets) socket.destroy()
    await Promise.all([...this.#busy, this.#worlds])
  }

  /** One open phone. */
  async #watch(person: string): Promise<void> {
    const { signal } = this.#over
    const going = get(`${this.#url}/w/${this.#world.name}${eventsOf(person)}`, {
      agent: this.#agent,
      signal,
    })
    const [answer] = await once(going, 'response')
    const { statusCode: status } = answer
    this.#findings.promise('a phone can be opened', status === 200, status)
    this.seen.phones++
    answer.setEncoding('utf8').on('data', (text: string) => {
      this.seen.changes += text.split('event: change').length - 1
    })
    const ended = (how: string) => () =>
      this.#findings.promise('a phone stays open', signal.aborted, `${person} ${how}`)
    answer.on('error', ended('broke')).on('end', ended('ended'))
    going.on('error', ended('broke'))
  }

  /** Takes a byte of the answer now and then, and otherwise lets the server hold it. */
  #readSlowly(path: string): void {
    const { hostname, port } = new URL(this.#url)
    const isStream = path.endsWith('/events')
    const prefix = isStream ? `/w/${this.#world.name}` : `/_sim/v1/worlds/${this.#world.name}`
    const socket = connect({ host: hostname, port: Number(port) })
    socket.on('error', () => {})
    socket.write(`GET ${prefix}${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`)
    this.#sockets.push(socket)
    const read = async () => {
      while (!this.#over.signal.aborted) {
        await sleep(slow_read_ms, this.#over.signal)
        if (socket.read(1) !== null) this.seen.slow_bytes++
      }
    }
    this.#busy.push(read())
  }

  /** One who waits for a message, again and again. Whoever went away in the middle would be waited for all the same. */
  async #waitOften(wait: string): Promise<void> {
    const path = `/messages?mobile=${nobodys_mobile}&wait=${wait}`
    while (!this.#over.signal.aborted) {
      try {
        const { status } = await this.#world.control(path, { timeout_ms: wait_ms_max })
        this.seen.waits++
        this.#findings.promise('a wait is answered by 200', status === 200, status)
      } catch (error) {
        this.#findings.promise('a wait is answered', false, String(error))
        return
      }
    }
  }

  async #makeWorlds({ worlds, worlds_at_once }: Company): Promise<void> {
    let n = 0
    const line = async () => {
      while (n < worlds && !this.#over.signal.aborted) await this.#makeWorld(`soak-${n++}`)
    }
    await Promise.all(Array.from({ length: worlds_at_once }, line))
  }

  async #makeWorld(name: string): Promise<void> {
    try {
      await this.#tryWorld(name)
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error
      this.#findings.promise('a call for a new world is answered', false, error.message)
    }
  }

  async #tryWorld(name: string): Promise<void> {
    const world = await World.open({ url: this.#url }, name)
    const { errcode } = await world.send({ message: name })
    this.#findings.promise('a new world accepts a send', errcode === 0, errcode)
    const { status } = await ask(`${this.#url}/_sim/v1/worlds/${name}`, { method: 'DELETE' })
    this.#findings.promise('a world can be ended', status === 204, status)
    this.seen.worlds++
  }
}

function eventsOf(person: string): string {
  return `/phone/${person}/events`
}
