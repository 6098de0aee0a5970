import type { Client, Notification } from 'pg'
import { type Announcement, announcementText, readAnnouncement } from './topic.ts'
import type { Listener } from './unit.ts'

const channel = 'tupu_sim'
/** The session that holds this lock leads; the unit of work has another number of the same program. */
const lead = `select pg_try_advisory_lock(${0x54555055}, 2) as leads`
/** How often the one that leads sees to its connection, and another tries to follow it. */
const beat_ms = 2000
const answer_ms_max = 10_000
const again_ms = 1000
/** What is announced within so long goes out together: nobody looks sooner than after many times that. */
const gather_ms = 50
/** PostgreSQL takes less than 8000 bytes in one. */
const payload_bytes_max = 7000
/** Of more announcements nobody is told each: it may be anything then. */
const gathered_max = 1000

/**
 * One connection of a process beside its pool. It tells other processes on the database what was announced and hears what
 * they tell; and while it is there it may hold the lock of the one that leads.
 *
 * What a unit announces goes out after its commit and not in it: a transaction that notifies holds a lock of the whole server
 * until it is durable, and all sends would be written down one by one. Who dies in between has told nobody: they look now and then.
 */
export class PostgresLine {
  readonly #url: string
  #listener: Listener = () => {}
  #client: Client | undefined
  #leads = false
  readonly #gathered = new Set<string>()
  #isAnything = false
  #isGathering = false
  #beat: NodeJS.Timeout | undefined
  #isClosed = false

  private constructor(url: string) {
    this.#url = url
  }

  static async open(url: string): Promise<PostgresLine> {
    const line = new PostgresLine(url)
    await line.#connect()
    return line
  }

  get leads(): boolean {
    return this.#leads
  }

  listen(listener: Listener): void {
    this.#listener = listener
  }

  /** Tells this process at once, and the others soon. */
  announce(announced: readonly Announcement[]): void {
    if (announced.length === 0) return
    this.#listener(announced)
    if (this.#gathered.size > gathered_max) this.#isAnything = true
    else for (const one of announced) this.#gathered.add(announcementText(one))
    this.#tell()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#beat)
    const client = this.#client
    this.#client = undefined
    this.#leads = false
    await client?.end()
  }

  async #connect(): Promise<void> {
    const { default: pg } = await import('pg')
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: answer_ms_max,
      query_timeout: answer_ms_max,
      keepAlive: true,
      pipeline: true,
    })
    client.on('error', () => this.#lose(client))
    client.on('end', () => this.#lose(client))
    client.on('notification', (notification) => this.#hear(client, notification))
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
      if (this.#isClosed) return await client.end()
      this.#client = client
      await this.#see(client)
    } catch (error) {
      if (client === this.#client) this.#client = undefined
      client.end().catch(() => {})
      throw error
    }
  }

  /** Sees whether the connection is still there, and whether this process leads now. */
  async #see(client: Client): Promise<void> {
    if (this.#leads) await client.query('select 1')
    else {
      const { rows } = await client.query<{ leads: boolean }>(lead)
      if (client !== this.#client) return
      this.#leads = rows[0]?.leads === true
      if (this.#leads) this.#listener(undefined)
    }
    if (client !== this.#client) return
    this.#beat = setTimeout(() => {
      this.#see(client).catch(() => this.#lose(client))
    }, beat_ms).unref()
  }

  /** The server has let go of the lock, too. What is said meanwhile nobody hears: afterwards it may have been anything. */
  #lose(client: Client): void {
    if (client !== this.#client) return
    this.#client = undefined
    this.#leads = false
    clearTimeout(this.#beat)
    client.end().catch(() => {})
    this.#reconnect()
  }

  #reconnect(): void {
    if (this.#isClosed) return
    this.#beat = setTimeout(() => {
      this.#connect().then(
        () => {
          this.#listener(undefined)
          this.#isAnything = true
          this.#tell()
        },
        () => this.#reconnect(),
      )
    }, again_ms).unref()
  }

  /** The first announcement goes out at once; those that come soon after it go together. */
  #tell(): void {
    if (this.#isGathering || !this.#client) return
    if (this.#gathered.size === 0 && !this.#isAnything) return
    const payloads = this.#isAnything ? [''] : this.#payloads()
    this.#gathered.clear()
    this.#isAnything = false
    const text = 'select pg_notify($1, told) from unnest($2::text[]) told'
    // What fails is lost with the connection, and the next one begins with `anything`.
    this.#client.query(text, [channel, payloads]).catch(() => {})
    this.#isGathering = true
    setTimeout(() => {
      this.#isGathering = false
      this.#tell()
    }, gather_ms).unref()
  }

  /** An announcement a line; none at all means that it may be anything. */
  #payloads(): string[] {
    const payloads: string[] = []
    let payload = ''
    for (const text of this.#gathered) {
      if (Buffer.byteLength(payload) + Buffer.byteLength(text) > payload_bytes_max) {
        payloads.push(payload)
        payload = ''
      }
      payload += payload === '' ? text : `\n${text}`
    }
    return [...payloads, payload]
  }

  /** What this process has told itself it knows. */
  #hear(client: Client & { processID?: number }, { processId, payload }: Notification): void {
    if (processId === client.processID) return
    this.#listener(payload ? payload.split('\n').map(readAnnouncement) : undefined)
  }
}
