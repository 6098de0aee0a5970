import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { emptyFolder } from './place.ts'

/** All that stands in a folder, byte by byte; of shared memory, in which each reader leaves a mark, the name. */
export function contentsOf(folder: string): Record<string, string> {
  const contents: Record<string, string> = {}
  for (const name of readdirSync(folder)) {
    contents[name] = name.endsWith('-shm') ? '' : readFileSync(join(folder, name), 'base64')
  }
  return contents
}

/** The database of another program. */
export function foreignFile(fill: (sqlite: Sqlite.Database) => void): string {
  const file = join(emptyFolder(), 'theirs.db')
  const sqlite = new Sqlite(file)
  fill(sqlite)
  sqlite.close()
  return file
}

/** The database of another program that is at work: part of it is still in its log. */
export function busyForeignFile(): string {
  const file = join(emptyFolder(), 'theirs.db')
  const sqlite = new Sqlite(file)
  sqlite.pragma('journal_mode = wal')
  sqlite.exec("create table note (text); insert into note values ('theirs')")
  onTestFinished(() => {
    sqlite.close()
  })
  return file
}

/** What is no database at all. */
export function textFile(text: string): string {
  const file = join(emptyFolder(), 'notes.txt')
  writeFileSync(file, text)
  return file
}
