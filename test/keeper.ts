import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'

/** A program that nobody talks to: what it says is read, and it ends when it is told or we are gone. */
export type Child = ChildProcessByStdio<null, Readable, Readable>

export interface ChildOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
}

const has_groups = process.platform !== 'win32'

/**
 * Leaves somebody behind who runs these words of the shell once we are gone, however we went: it reads from a pipe that
 * only we hold open, and the system closes that even after kill -9. Returns how to send it home.
 */
export function whenGone(words: string, ...args: readonly string[]): () => void {
  if (!has_groups) return () => {}
  const keeper = spawn('sh', ['-c', `read -r over || { ${words}; }`, 'keeper', ...args], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  keeper.unref()
  const pipe = keeper.stdin as Socket
  pipe.unref()
  pipe.on('error', () => {})
  return () => void pipe.end('over\n')
}

/** Starts a program with a process group of its own, of which nothing outlives it, or us. */
export function startKept(command: string, args: readonly string[], options: ChildOptions): Child {
  const child = spawn(command, args, {
    ...options,
    detached: has_groups,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (child.pid === undefined) return child
  const over = whenGone('kill -9 "-$1"', String(child.pid))
  child.once('exit', () => {
    killGroup(child)
    over()
  })
  return child
}

/** Ends a program and whatever it started. */
export function killGroup(child: Child): void {
  if (!has_groups) child.kill('SIGKILL')
  else if (child.pid !== undefined) {
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // Nobody is left.
    }
  }
}
