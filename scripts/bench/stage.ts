import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { makeCluster } from '../cluster.ts'
import { Child, findCores } from '../load/child.ts'
import { startLoad } from '../load/order.ts'
import { sendsTo, type Traffic, visitTo } from '../load/request.ts'
import { type Running, startProgram } from '../running.ts'
import { marks, readPage, type Visitor, visitChats, visitForm } from './page.ts'
import type { Server } from './rounds.ts'
import { type Seeded, type Size, seedDatabase, seedFile } from './seed.ts'

const listening = z.object({ port: z.int() })
/** As an accepted send answers: the bare server's is of the same size. */
const answer =
  '{"errcode":0,"errmsg":"ok","msgid":4795859321923567680,"msgid_str":"4795859321923567680"}'

/** The simulator on a file. */
export interface Simulated extends Server {
  readonly seeded: Seeded
}

interface PageNames {
  readonly bare: string
  readonly simulator: string
}

interface Visited extends Pick<Server, 'child' | 'port'> {
  readonly visitors: readonly Visitor[]
  readonly mark: string
}

const originOf = (port: number) => `http://127.0.0.1:${port}`

/** The processes of one benchmark and the folder of their files, which goes when this process ends. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'tupu-sim-bench-'))
  readonly #cores = findCores()
  readonly #ends: (() => Promise<void>)[] = []
  /** The load generator. */
  readonly load = this.#keep(startLoad(this.#cores.load))

  constructor() {
    // PostgreSQL may run as a user of its own, who passes through.
    chmodSync(this.folder, 0o711)
    process.once('SIGINT', () => process.exit(130))
    process.once('exit', () => rmSync(this.folder, { recursive: true, force: true }))
  }

  get isPinned(): boolean {
    return this.#cores.server !== undefined
  }

  /** A process that has loaded the simulator and may run on every core. */
  loose(): Child {
    return this.#begin('simulator-server.ts', undefined)
  }

  async bare(name: string): Promise<Server> {
    const { child, port } = await this.#bare(answer, 'application/json; charset=utf-8')
    return { name, child, port, traffic: sendsTo(port, 'acme-00000000', 1000) }
  }

  /** A platform's handler of pushes, which takes each. */
  handler(): Promise<{ readonly port: number }> {
    return this.#bare('success', 'text/plain')
  }

  async simulator(name: string, size: Size): Promise<Simulated> {
    const { data, seeded } = await this.#file(name, size)
    return { ...(await this.#simulator(name, data, seeded.eid, size.associations)), seeded }
  }

  /** The simulator on a PostgreSQL that runs wherever there is room. */
  async postgres(name: string, associations: number): Promise<Server> {
    const { cluster, url } = await makeCluster(join(this.folder, 'postgres'), { isKept: true })
    this.#ends.push(() => cluster.stop())
    await cluster.createDatabase('bench')
    const data = `${url}/bench`
    const client = cluster.getPgClient('bench')
    await client.connect()
    const eid = await seedDatabase(data, client, associations)
    await client.end()
    return this.#simulator(name, data, eid, associations)
  }

  /** The registration form as fifty candidates' browsers ask for it, and `node:http` with a fixed page of that size. */
  async formPages(names: PageNames): Promise<Server[]> {
    const { child, port, seeded } = await this.simulator(names.simulator, { associations: 1000 })
    const found = await visitForm({ origin: originOf(port), eid: seeded.eid })
    return this.#pages(names, { child, port, visitors: found, mark: marks.form })
  }

  /** The same of fifty phones that show a conversation. */
  async chatPages(names: PageNames, { child, port, seeded }: Simulated): Promise<Server[]> {
    const found = await visitChats(originOf(port), seeded)
    return this.#pages(names, { child, port, visitors: found, mark: marks.chat })
  }

  async #pages(names: PageNames, { child, port, visitors, mark }: Visited): Promise<Server[]> {
    const page = await readPage(originOf(port), { visitor: visitors[0], mark })
    const bare = await this.#bare(page, 'text/html; charset=utf-8')
    const trafficAt = (to: number) => ({
      requests: visitors.map(({ path, cookie }) => visitTo(to, path, cookie)),
      expected: '</html>',
      associations: 0,
    })
    return [
      { name: names.bare, ...bare, traffic: trafficAt(bare.port) },
      { name: names.simulator, child, port, traffic: trafficAt(port) },
    ]
  }

  async #simulator(name: string, data: string, eid: string, associations: number): Promise<Server> {
    const child = this.#begin('simulator-server.ts', this.#cores.server)
    const { port } = await child.ask({ do: 'listen', data }, listening)
    return { name, child, port, traffic: sendsTo(port, eid, associations) }
  }

  async #bare(body: string, type: string): Promise<{ child: Child; port: number }> {
    const child = this.#begin('bare-server.ts', this.#cores.server)
    const { port } = await child.ask({ do: 'listen', answer: body, type }, listening)
    return { child, port }
  }

  /** The simulator as people start it, without anything of ours in its process. */
  async program(
    name: string,
    associations: number,
  ): Promise<{ running: Running; data: string; traffic: Traffic }> {
    const { data, seeded } = await this.#file(name, { associations })
    const running = await startProgram(data, { folder: this.folder, core: this.#cores.server })
    return { running, data, traffic: sendsTo(running.port, seeded.eid, associations) }
  }

  async close(): Promise<void> {
    for (const end of this.#ends) await end()
  }

  async #file(name: string, size: Size): Promise<{ data: string; seeded: Seeded }> {
    const data = join(this.folder, `${name.replaceAll(/[, ]/g, '')}.db`)
    return { data, seeded: await seedFile(data, size) }
  }

  #begin(script: string, core: number | undefined): Child {
    return this.#keep(new Child(new URL(script, import.meta.url), core))
  }

  #keep(child: Child): Child {
    // A simulator is closed before its database.
    this.#ends.unshift(() => child.stop())
    return child
  }
}
