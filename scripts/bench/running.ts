import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { main_file } from './program.ts'

/** The program as people start it. */
export interface Running {
  readonly pid: number
  readonly port: number
  readonly env: Readonly<Record<string, string>>
  stop(): Promise<void>
}

const announced = z.object({ url: z.url(), env: z.record(z.string(), z.string()) })

/** Starts the program on a file and waits until it says where it is. */
export async function startProgram(
  data: string,
  { folder, core }: { folder: string; core?: number | undefined },
): Promise<Running> {
  const args = [main_file, '--port', '0', '--data', data, '--print', 'json']
  const pinned = core === undefined ? [] : ['taskset', '-c', String(core)]
  const [command = '', ...rest] = [...pinned, process.execPath, ...args]
  const child = spawn(command, rest, {
    // Where no configuration file is.
    cwd: folder,
    env: ownEnvironment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(child, 'exit')
  const gone = ended.then(([code]) => {
    throw new Error(`the simulator ended with ${code}`)
  })
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), gone])
  // From here on it may end.
  gone.catch(() => {})
  const { url, env } = announced.parse(JSON.parse(String(line)))
  return { pid: pidOf(child), port: Number(new URL(url).port), env, stop: () => stop(child, ended) }
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('the simulator did not start')
  return pid
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill()
  await ended
}

/** No setting of whoever runs this. */
function ownEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('TUPU_')),
  )
}
