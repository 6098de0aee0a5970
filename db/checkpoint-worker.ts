import { statSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

/**
 * Checkpoints beside the main thread, on a connection of its own: a checkpoint in the main thread would hold
 * every answer until the disk is done.
 */
const log_bytes_max = 8 * 1024 * 1024
const look_every_ms = 100

const { path } = workerData as { path: string }
const sqlite = new Sqlite(path)
const page_bytes = Number(sqlite.pragma('page_size', { simple: true }))
const checkpoint = sqlite.prepare('pragma wal_checkpoint(passive)')
let asked = false

/** Copies what the log has into the file, without keeping the writer from writing on. Says how long the log is. */
function copyLog(): number {
  const [state] = checkpoint.all() as { log: number }[]
  return (state?.log ?? 0) * page_bytes
}

setInterval(() => {
  const bytes = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0
  if (asked || bytes <= log_bytes_max || copyLog() <= log_bytes_max) return
  // The log is written from its beginning again once all of it was copied, and under steady load some of it never
  // is: the main thread stops beginning transactions for the moment that the rest takes.
  asked = true
  parentPort?.postMessage('hold')
}, look_every_ms)

parentPort?.on('message', () => {
  copyLog()
  asked = false
  parentPort?.postMessage('go on')
})
