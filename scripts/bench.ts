import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { realNow, stopwatch, toIso } from '../src/world/clock.ts'
import { packRelease, timeInstall } from './bench/install.ts'
import { measureLists } from './bench/lists.ts'
import { measureMemory } from './bench/memory.ts'
import { eventsOf } from './bench/page.ts'
import { type SelfTime, topOf } from './bench/profile.ts'
import { measurePushes } from './bench/push.ts'
import {
  bare_name,
  chat_names,
  figuresOf,
  form_names,
  installFigures,
  isMet,
  journal_name,
  large_name,
  listFigures,
  type Measured,
  packFigures,
  phones_name,
  postgres_name,
  searchFigures,
  small_name,
  tableOf,
} from './bench/report.ts'
import { playAll, playRound, type Server, warmUp } from './bench/rounds.ts'
import { journal_exchanges, measureSearches } from './bench/search.ts'
import { Stage } from './bench/stage.ts'
import { type Start, timeStart } from './bench/start.ts'
import { wechatServers } from './bench/wechat.ts'
import type { Child } from './load/child.ts'

const help = `npm run bench [-- options]

Measures the built simulator beside bare node:http: rounds of a second in turn, each process on a core of
its own where taskset exists: sends of TUPU's, WeChat's own calls (token, stable_token, user/info,
template/send), its pushes, a form, a conversation, sends among open phones and on PostgreSQL. Prints medians with quartiles and writes them, with every round, as JSON.

  --quick        3 pairs instead of 7, with 1,000 associations only, a tenth of the messages, without PostgreSQL
  --postgres     with it all the same
  --profile      also write a CPU profile of the simulator under 50 connections, and print its top
  --lists        only the pages that list, in a small world and in a large one
  --search       only the search of a full journal, and print its figures
  --install      only the package: its size, and npm i with a first message in empty projects, over the network
  --out FILE     where the JSON goes (bench-result.json); the profile goes beside it
  --help
`

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    search: { type: 'boolean', default: false },
    lists: { type: 'boolean', default: false },
    install: { type: 'boolean', default: false },
    out: { type: 'string', default: 'bench-result.json' },
    help: { type: 'boolean', default: false },
  },
})

const pairs_usual = 7
const pairs_quick = 3
const memory_sends = 100_000
const creates_count = 20
const installs_count = 3
const profile_ms = 4000
const profile_rows = 25
/** Of the rounds of WeChat's own calls, which are many, when it shall be quick; their server is warm but for them. */
const short_round_ms = 500
/** Associations and messages of the large world whose lists are loaded. */
const many_usual = 1_000_000
const many_quick = 100_000
const messages_usual = 600_000
const messages_quick = 60_000
const pairs_count = flags.quick ? pairs_quick : pairs_usual
const hasPostgres = flags.postgres || !flags.quick
/** Servers that were warmed up. */
const warm = new Set<string>()
const us = stopwatch()

if (flags.help) process.stdout.write(help)
else if (flags.search) await searchAlone()
else if (flags.lists) await listsAlone()
else if (flags.install) await installAlone()
else await main()

async function main(): Promise<void> {
  const stage = new Stage()
  tell(
    stage.isPinned
      ? 'server on core 0, load on core 1'
      : 'not pinned: taskset is missing, or one of the first two cores',
  )
  const starts: Start[] = []
  for (let n = 0; n < pairs_count; n++) starts.push(await timeStart(stage.folder, n))
  tell('starts timed')
  const creates = await timeCreates(stage)
  const memory = await measureMemory(stage, memory_sends)
  tell('memory measured')
  const searches = await playSearches(stage)
  const lists = await playLists(stage)
  const { small, profiled, ...rounds } = await playSends(stage)
  const postgres = hasPostgres ? await playPostgres(stage, small) : undefined
  const top = flags.profile ? await profiles(stage.load, profiled) : undefined
  await stage.close()
  const packed = packRelease(stage.folder)
  const measured = { ...rounds, postgres, starts, creates, memory, searches, lists, packed }
  report(measured, { pinned: stage.isPinned, top })
}

async function searchAlone(): Promise<void> {
  const stage = new Stage()
  const figures = searchFigures(await playSearches(stage))
  await stage.close()
  process.stdout.write(`\n${tableOf([], figures)}\n`)
}

async function listsAlone(): Promise<void> {
  const stage = new Stage()
  const figures = listFigures(await playLists(stage))
  await stage.close()
  process.stdout.write(`\n${tableOf([], figures)}\n`)
}

async function installAlone(): Promise<void> {
  const stage = new Stage()
  const packed = packRelease(stage.folder)
  const installs = Array.from({ length: installs_count }, (_, n) =>
    timeInstall(stage.folder, n, packed),
  )
  await stage.close()
  const figures = [...packFigures(packed), ...installFigures(installs)]
  process.stdout.write(`\n${tableOf([], figures)}\n`)
}

async function playLists(stage: Stage) {
  const count = flags.quick ? many_quick : many_usual
  const size = { associations: count, messages: count, exchanges: journal_exchanges }
  const lists = await measureLists(stage, size)
  tell('lists measured')
  return lists
}

async function playSearches(stage: Stage) {
  const size = { associations: 1000, exchanges: journal_exchanges }
  const server = await stage.simulator(journal_name, size)
  tell('journal filled')
  const searches = await measureSearches(server)
  tell('searches measured')
  return searches
}

/** Sends, then pages, then sends among open phones. */
async function playSends(stage: Stage) {
  const small = await stage.simulator(small_name, { associations: 1000 })
  const bare = await stage.bare(bare_name)
  const servers: Server[] = [bare, small]
  if (!flags.quick) {
    servers.push(await stage.simulator(large_name, { associations: 1_000_000 }))
  }
  const messages = flags.quick ? messages_quick : messages_usual
  const full = await stage.simulator(phones_name, { associations: 1000, messages })
  tell('files filled')
  const pairs = await play(stage, 'sends', servers, { connections: [50, 1] })
  const short = flags.quick ? { ms: short_round_ms } : {}
  const wechat = await play(stage, 'WeChat', await wechatServers(small, bare), short)
  const pushes = await measurePushes(small, await stage.handler(), pairs_count)
  tell('pushes measured')
  const forms = await stage.formPages(form_names)
  const pages = await play(stage, 'form page', forms)
  const chat = await stage.chatPages(chat_names, full)
  const chats = await play(stage, 'chat page', chat)
  const crowd: Server = { ...full, streams: full.seeded.people.map(eventsOf) }
  const phones = await play(stage, 'open phones', [small, crowd])
  const profiled = [small, forms[1], chat[1], crowd]
  return { small, profiled, pairs, wechat, pushes, pages, chats, phones }
}

async function playPostgres(stage: Stage, small: Server) {
  const server = await stage.postgres(postgres_name, 1000)
  tell('PostgreSQL filled')
  return play(stage, 'PostgreSQL', [small, server])
}

async function play(
  { load }: Stage,
  what: string,
  servers: readonly Server[],
  { connections = [50], ms }: { connections?: readonly number[]; ms?: number } = {},
) {
  const cold = servers.filter(({ name }) => !warm.has(name))
  await warmUp(load, cold, ms)
  for (const { name } of cold) warm.add(name)
  const progress = (done: number) => tell(`${what}: pair ${done} of ${pairs_count}`)
  return playAll(load, servers, { pairs: pairs_count, connections, ms, progress })
}

function report(
  measured: Measured,
  { pinned, top }: { pinned: boolean; top: readonly Profiled[] | undefined },
): void {
  const figures = figuresOf(measured)
  const { pairs, wechat, pages, chats, phones, postgres = [] } = measured
  const rounds = [...pairs, ...wechat, ...pages, ...chats, ...phones, ...postgres]
  process.stdout.write(`\n${tableOf(rounds, figures)}\n`)
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
  const found = await child.ask({ do: 'create', times: creates_count }, taken)
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
