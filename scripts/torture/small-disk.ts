import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A disk of the program's own, which may be full. */
export interface SmallDisk {
  readonly kind: string
  /** The command by which the program sees it. */
  readonly under: readonly string[]
  /** The database as the program names it, and as we do. */
  readonly data: string
  readonly file: string
  fill(pid: number): void
  makeRoom(pid: number): void
  close(): void
}

const disk_mb = 48
const block = Buffer.alloc(64 * 1024)

/** A disk in memory that only the program sees, or where that cannot be made a limit to the length of its files. */
export async function makeSmallDisk(folder: string): Promise<SmallDisk | undefined> {
  if (process.platform !== 'linux') return undefined
  const inMemory = process.getuid?.() === 0 ? await mountMemory(folder) : undefined
  if (inMemory) return inMemory
  return spawnSync('prlimit', ['--version']).status === 0 ? limitLength(folder) : undefined
}

/** Mounted for a process that holds it and whoever joins that: it is gone with them, however they end. */
async function mountMemory(folder: string): Promise<SmallDisk | undefined> {
  const mount = `mount -t tmpfs -o size=${disk_mb}m none "$1" && echo mounted && exec cat`
  const holder = spawn('unshare', ['--mount', 'sh', '-c', mount, 'sh', folder], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const failed = Promise.race([once(holder, 'error'), once(holder, 'exit')]).then(() => undefined)
  const said = await Promise.race([once(holder.stdout, 'data'), failed])
  if (!said) return undefined
  const seen = `/proc/${holder.pid}/root${folder}`
  const ballast = join(seen, 'ballast')
  return {
    kind: `${disk_mb} MB in memory`,
    // Who joins finds itself in the root folder.
    under: [
      ...['nsenter', '--mount', '--target', String(holder.pid)],
      ...['sh', '-c', 'cd "$1" && shift && exec "$@"', 'sh', folder],
    ],
    data: join(folder, 'sim.db'),
    file: join(seen, 'sim.db'),
    fill: () => fillWith(ballast),
    makeRoom: () => rmSync(ballast, { force: true }),
    close: () => holder.stdin.end(),
  }
}

function fillWith(ballast: string): void {
  const file = openSync(ballast, 'w')
  try {
    for (;;) writeSync(file, block)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  } finally {
    closeSync(file)
  }
}

/** No file of the process may become longer than it is: to write there fails as on a full disk, though by another name. */
function limitLength(folder: string): SmallDisk {
  const file = join(folder, 'sim.db')
  const limit = (pid: number, bytes: number | 'unlimited') =>
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`])
  const length = (of: string) => (existsSync(of) ? statSync(of).size : 0)
  return {
    kind: 'a limit to the length of files',
    under: [],
    data: file,
    file,
    fill: (pid) => void limit(pid, Math.max(length(file), length(`${file}-wal`))),
    makeRoom: (pid) => void limit(pid, 'unlimited'),
    close: () => {},
  }
}
