import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { main_file } from './program.ts'

/** The program as people start it. */
export interface Running {
  readonly pid: number
  readonly port: number
  readonly url: string
  readonly env: Readonly<Record<string, string>>
  /** Whether its process is still there. */
  isAlive(): boolean
  stop(): Promise<void>
  /** Ends it as `kill -9` does. */
  kill(): Promise<void>
}

/** Where and how the program is started. */
export interface Place {
  /** Where no configuration file is. */
  readonly folder: string
  readonly core?: number | undefined
  /** Of the build that is meant; else `dist/main.js`. */
  readonly main?: string | undefined
  /** The command that starts it, with its words: what it may use, or what it sees. */
  readonly under?: readonly string[] | undefined
  /** Hears what it logs. */
  readonly log?: ((text: string) => void) | undefined
}

/** Nothing of this outlives us. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

const announced = z.object({ url: z.url(), env: z.record(z.string(), z.string()) })

/** Starts the program on a file or a database and waits until it says where it is. */
export async function startProgram(data: string, place: Place): Promise<Running> {
  const { folder, core, main = main_file, under = [], log } = place
  const args = [main, '--port', '0', '--data', data, '--print', 'json']
  const pinned = core === undefined ? [] : ['taskset', '-c', String(core)]
  const [command = '', ...rest] = [...under, ...pinned, process.execPath, ...args]
  const child = spawn(command, rest, {
    cwd: folder,
    env: ownEnvironment(),
    stdio: ['ignore', 'pipe', log ? 'pipe' : 'ignore'],
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => log?.(text))
  running.add(child)
  child.once('exit', () => running.delete(child))
  const ended = once(child, 'exit')
  const gone = ended.then(([code]) => {
    throw new Error(`the simulator ended with ${code}`)
  })
  const line = await Promise.race([firstLine(child.stdout), gone])
  // From here on it may end.
  gone.catch(() => {})
  const { url, env } = announced.parse(JSON.parse(line))
  const isAlive = () => child.exitCode === null && child.signalCode === null
  const end = async (signal: NodeJS.Signals) => {
    if (isAlive()) child.kill(signal)
    await ended
  }
  return {
    pid: pidOf(child),
    port: Number(new URL(url).port),
    url,
    env,
    isAlive,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

async function firstLine(stdout: Readable | null): Promise<string> {
  if (!stdout) throw new Error('the simulator cannot be heard')
  const [line] = await once(createInterface(stdout), 'line')
  return String(line)
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('the simulator did not start')
  return pid
}

/** No setting of whoever runs this. */
function ownEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('TUPU_')),
  )
}

/** How much memory a process has at present. */
export function residentBytes(pid: number): number {
  const status = `/proc/${pid}/status`
  const kb = existsSync(status)
    ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  return Number(kb) * 1024
}
