import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { Child, findCores } from './child.ts'
import { bodyOf } from './request.ts'
import type { Server } from './rounds.ts'
import { type Running, startProgram } from './running.ts'
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
  readonly load = this.#begin('load.ts', this.#cores.load)

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
    const child = this.#begin('bare-server.ts', this.#cores.server)
    const { port } = await child.ask({ do: 'listen', answer }, listening)
    return { name, child, port, associations: 1000, body: bodyOf('acme-00000000') }
  }

  async simulator(name: string, associations: number): Promise<Server> {
    const { data, body } = await this.#file(name, associations)
    const child = this.#begin('simulator-server.ts', this.#cores.server)
    const { port } = await child.ask({ do: 'listen', data }, listening)
    return { name, child, port, associations, body }
  }

  /** The simulator as people start it, without anything of ours in its process. */
  async program(
    name: string,
    associations: number,
  ): Promise<{ running: Running; data: string; body: string }> {
    const { data, body } = await this.#file(name, associations)
    const core = this.#cores.server
    return { running: await startProgram(data, { folder: this.folder, core }), data, body }
  }

  async close(): Promise<void> {
    for (const child of this.#children) await child.stop()
  }

  async #file(name: string, associations: number): Promise<{ data: string; body: string }> {
    const data = join(this.folder, `${name.replaceAll(',', '')}.db`)
    return { data, body: bodyOf(await seedFile(data, associations)) }
  }

  #begin(script: string, core: number | undefined): Child {
    const child = new Child(script, core)
    this.#children.push(child)
    return child
  }
}
