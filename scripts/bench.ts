import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { realNow, stopwatch, toIso } from '../src/world/clock.ts'
import { measureMemory } from './bench/memory.ts'
import { type SelfTime, topOf } from './bench/profile.ts'
import {
  bare_name,
  figuresOf,
  isMet,
  large_name,
  type Measured,
  page_names,
  small_name,
  tableOf,
} from './bench/report.ts'
import { playAll, playRound, type Server, warmUp } from './bench/rounds.ts'
import { Stage } from './bench/stage.ts'
import { type Start, timeStart } from './bench/start.ts'
import type { Child } from './load/child.ts'

const help = `npm run bench [-- options]

Measures the built simulator beside bare node:http: rounds of a second in turn, each process on a core of
its own where taskset exists. Prints medians with quartiles and writes them, with every round, as JSON.

  --quick        3 pairs instead of 7, with 1,000 associations only
  --profile      also write a CPU profile of the simulator under 50 connections, and print its top
  --out FILE     where the JSON goes (bench-result.json); the profile goes beside it
  --help
`

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    out: { type: 'string', default: 'bench-result.json' },
    help: { type: 'boolean', default: false },
  },
})

const pairs_usual = 7
const pairs_quick = 3
const memory_sends = 100_000
const creates = 20
const profile_ms = 4000
const profile_rows = 25
const us = stopwatch()

if (flags.help) process.stdout.write(help)
else await main()

async function main(): Promise<void> {
  const stage = new Stage()
  const pairs_count = flags.quick ? pairs_quick : pairs_usual
  tell(
    stage.isPinned
      ? 'server on core 0, load on core 1'
      : 'not pinned: taskset is missing, or one of the first two cores',
  )
  const starts: Start[] = []
  for (let n = 0; n < pairs_count; n++) starts.push(await timeStart(stage.folder, n))
  tell('starts timed')
  const created = await timeCreates(stage)
  const memory = await measureMemory(stage, memory_sends)
  tell('memory measured')
  const servers = [await stage.bare(bare_name), await stage.simulator(small_name, 1000)]
  if (!flags.quick) servers.push(await stage.simulator(large_name, 1_000_000))
  tell('files filled')
  await warmUp(stage.load, servers)
  const progress = (done: number) => tell(`pair ${done} of ${pairs_count}`)
  const pairs = await playAll(stage.load, servers, { pairs: pairs_count, progress })
  const forms = await stage.formPages(page_names)
  await warmUp(stage.load, forms)
  const pages = await playAll(stage.load, forms, {
    pairs: pairs_count,
    connections: [50],
    progress: (done) => tell(`page pair ${done} of ${pairs_count}`),
  })
  const top = flags.profile ? await profiles(stage.load, [servers[1], forms[1]]) : undefined
  await stage.close()
  report({ pairs, pages, starts, creates: created, memory }, { pinned: stage.isPinned, top })
}

function report(
  measured: Measured,
  { pinned, top }: { pinned: boolean; top: readonly Profiled[] | undefined },
): void {
  const figures = figuresOf(measured)
  process.stdout.write(`\n${tableOf([...measured.pairs, ...measured.pages], figures)}\n`)
  for (const { server, times } of top ?? []) {
    process.stdout.write(`\n${server}\n`)
    for (const { part, name, place } of times) {
      process.stdout.write(`${(part * 100).toFixed(1).padStart(5)} %  ${name}  ${place}\n`)
    }
  }
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version }
  const head = { at: toIso(realNow()), machine, pinned }
  const judged = figures.map((figure) => ({ ...figure, met: isMet(figure) ?? null }))
  const result = { ...head, figures: judged, ...measured, profile: top ?? null }
  writeFileSync(flags.out, `${JSON.stringify(result, null, 2)}\n`)
  tell(`written to ${flags.out}`)
}

async function timeCreates(stage: Stage) {
  const child = stage.loose()
  const taken = z.array(z.object({ create_ms: z.number(), whole_ms: z.number() }))
  const found = await child.ask({ do: 'create', times: creates }, taken)
  await child.stop()
  return found
}

/** Where a server's time went. */
interface Profiled {
  readonly server: string
  readonly times: readonly SelfTime[]
}

async function profiles(load: Child, servers: readonly (Server | undefined)[]) {
  const all: Profiled[] = []
  for (const server of servers) {
    if (!server) continue
    const part = server.name.replaceAll(/\W+/g, '-')
    const file = resolve(flags.out.replace(/(\.json)?$/, `.${part}.cpuprofile`))
    await server.child.ask({ do: 'profile' }, z.unknown())
    await playRound(load, server, { connections: 50, ms: profile_ms })
    await server.child.ask({ do: 'keep_profile', file }, z.unknown())
    tell(`profile written to ${file}`)
    all.push({ server: server.name, times: topOf(file, profile_rows) })
  }
  return all
}

/** How far it is, on the other stream, so that the figures can be kept. */
function tell(what: string): void {
  process.stderr.write(`${(us() / 1e6).toFixed(1).padStart(6)} s  ${what}\n`)
}
