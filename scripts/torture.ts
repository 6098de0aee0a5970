import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { stopwatch } from '../src/world/clock.ts'
import { main_file } from './program.ts'
import { align } from './table.ts'
import { patience } from './torture/ask.ts'
import { Dice } from './torture/dice.ts'
import { tortureByDisk } from './torture/disk.ts'
import { tortureByValues } from './torture/fuzz.ts'
import { tortureByKill } from './torture/kill.ts'
import { Findings, type Stage } from './torture/order.ts'
import { tortureByReplicas } from './torture/postgres.ts'
import { tortureBySoak } from './torture/soak.ts'

const stages: Readonly<Record<string, Stage>> = {
  kill: tortureByKill,
  disk: tortureByDisk,
  fuzz: tortureByValues,
  soak: tortureBySoak,
  postgres: tortureByReplicas,
}

const help = `npm run torture [-- options]

Makes life hard for the built program, over HTTP: what it promises must hold all the same. Prints what was
seen, and ends with exit code 1 and a sentence for each promise that was broken.

  kill       kill -9 under mixed load, and a start on the same file
  disk       a full disk, and room again
  fuzz       hostile values for every operation of /openapi.json
  soak       sends past the journal's bound, among phones, waits, slow readers and new worlds
  postgres   two replicas of which one is killed, on a server that restarts

  --only NAME    this stage alone; may be given again
  --seconds N    about so long a stage (60); soak takes longer, as it has a journal to fill
  --quick        a few seconds each, without postgres unless it is named; nothing is promised of time
  --seed N       the same values and the same order of calls as then
  --main FILE    the built bin that is tortured (dist/main.js)
  --help
`

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    seconds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    seed: { type: 'string' },
    main: { type: 'string', default: main_file },
    help: { type: 'boolean', default: false },
  },
})

const seconds_usual = 60
const seconds_quick = 2
const seeds = 2 ** 31
const patience_quick_ms = 60_000
const us = stopwatch()

if (flags.help) process.stdout.write(help)
else process.exitCode = await main()

async function main(): Promise<number> {
  const seed = numberOf('seed', flags.seed, Math.floor(Math.random() * seeds))
  const usual = flags.quick ? seconds_quick : seconds_usual
  const ms = numberOf('seconds', flags.seconds, usual) * 1000
  const known = Object.keys(stages)
  const wanted = flags.only ?? known.filter((name) => !flags.quick || name !== 'postgres')
  const unknown = wanted.filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw new Error(`no stage ${unknown.join(', ')}; there are: ${known.join(', ')}`)
  const folder = mkdtempSync(join(tmpdir(), 'tupu-sim-torture-'))
  // PostgreSQL, which will not be root, goes through to its own.
  chmodSync(folder, 0o711)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
  if (flags.quick) patience.ms = patience_quick_ms
  tell(`seed ${seed}`)
  const all: { name: string; findings: Findings }[] = []
  for (const name of wanted) {
    const findings = await play(name, { folder, seed, ms })
    all.push({ name, findings })
  }
  return report(all, seed)
}

async function play(
  name: string,
  { folder, seed, ms }: { folder: string; seed: number; ms: number },
): Promise<Findings> {
  const findings = new Findings()
  const own = join(folder, name)
  mkdirSync(own)
  const order = { main: flags.main, folder: own, dice: new Dice(seed), ms, isQuick: flags.quick }
  tell(`${name} begins`)
  try {
    await stages[name]?.({ ...order, tell: (what) => tell(`${name}: ${what}`) }, findings)
  } catch (error) {
    findings.promise(
      'the stage comes to its end',
      false,
      error instanceof Error ? `${error.stack}` : `${error}`,
    )
  }
  return findings
}

/** Prints what was seen; the exit code. */
function report(all: readonly { name: string; findings: Findings }[], seed: number): number {
  const rows = all.flatMap(({ name, findings }) =>
    findings.figures.map(([figure, value]) => [`${name}: ${figure}`, value]),
  )
  process.stdout.write(`\n${align([['figure', 'found'], ...rows])}\n\n`)
  const broken = all.filter(({ findings }) => findings.broken.length > 0)
  for (const { name, findings } of broken) {
    for (const sentence of findings.broken) process.stdout.write(`✗ ${name}: ${sentence}\n`)
    process.stdout.write(
      `  again: npm run torture -- --only ${name} --seed ${seed}${flags.quick ? ' --quick' : ''}\n`,
    )
  }
  if (broken.length === 0) process.stdout.write(`✓ every promise was kept, seed ${seed}\n`)
  return broken.length === 0 ? 0 : 1
}

function numberOf(name: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text)
  if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} wants a number`)
  return value
}

/** How far it is, on the other stream. */
function tell(what: string): void {
  process.stderr.write(`${(us() / 1e6).toFixed(1).padStart(6)} s  ${what}\n`)
}
