import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { Child, findCores } from '../load/child.ts'
import { startLoad } from '../load/order.ts'
import { sendsTo, type Traffic, visitTo } from '../load/request.ts'
import { type Running, startProgram } from '../running.ts'
import { readFormPage, visitors } from './page.ts'
import type { Server } from './rounds.ts'
import { seedFile } from './seed.ts'

const listening = z.object({ port: z.int() })
/** As an accepted send answers: the bare server's is of the same size. */
const answer =
  '{"errcode":0,"errmsg":"ok","msgid":4795859321923567680,"msgid_str":"4795859321923567680"}'

/** The processes of one benchmark and the folder of their files, which goes when this process ends. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'tupu-sim-bench-'))
  readonly #cores = findCores()
  readonly #children: Child[] = []
  /** The load generator. */
  readonly load = this.#keep(startLoad(this.#cores.load))

  constructor() {
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

  async simulator(name: string, associations: number): Promise<Server> {
    const { data, eid } = await this.#file(name, associations)
    const child = this.#begin('simulator-server.ts', this.#cores.server)
    const { port } = await child.ask({ do: 'listen', data }, listening)
    return { name, child, port, traffic: sendsTo(port, eid, associations) }
  }

  /** The registration form as fifty candidates' browsers ask for it, and `node:http` with a fixed page of that size. */
  async formPages(names: { bare: string; simulator: string }): Promise<Server[]> {
    const { data, eid } = await this.#file(names.simulator, 1000)
    const child = this.#begin('simulator-server.ts', this.#cores.server)
    const { port } = await child.ask({ do: 'listen', data }, listening)
    const found = await visitors({ origin: `http://127.0.0.1:${port}`, eid })
    const page = await readFormPage(`http://127.0.0.1:${port}`, found[0])
    const bare = await this.#bare(page, 'text/html; charset=utf-8')
    const trafficAt = (to: number) => ({
      requests: found.map(({ path, cookie }) => visitTo(to, path, cookie)),
      expected: '</html>',
      associations: 0,
    })
    return [
      { name: names.bare, ...bare, traffic: trafficAt(bare.port) },
      { name: names.simulator, child, port, traffic: trafficAt(port) },
    ]
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
    const { data, eid } = await this.#file(name, associations)
    const running = await startProgram(data, { folder: this.folder, core: this.#cores.server })
    return { running, data, traffic: sendsTo(running.port, eid, associations) }
  }

  async close(): Promise<void> {
    for (const child of this.#children) await child.stop()
  }

  async #file(name: string, associations: number): Promise<{ data: string; eid: string }> {
    const data = join(this.folder, `${name.replaceAll(/[, ]/g, '')}.db`)
    return { data, eid: await seedFile(data, associations) }
  }

  #begin(script: string, core: number | undefined): Child {
    return this.#keep(new Child(new URL(script, import.meta.url), core))
  }

  #keep(child: Child): Child {
    this.#children.push(child)
    return child
  }
}
