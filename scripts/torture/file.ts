import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'

/** What SQLite says of a file and its log as they lie there, without touching them. */
export function checkFile(file: string, folder: string): string {
  const copy = join(folder, 'copy.db')
  for (const end of ['', '-wal']) {
    rmSync(`${copy}${end}`, { force: true })
    if (existsSync(`${file}${end}`)) copyFileSync(`${file}${end}`, `${copy}${end}`)
  }
  rmSync(`${copy}-shm`, { force: true })
  const sqlite = new Sqlite(copy)
  try {
    return String(sqlite.pragma('integrity_check', { simple: true }))
  } finally {
    sqlite.close()
  }
}
