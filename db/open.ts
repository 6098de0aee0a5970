import { openPostgres } from './postgres.ts'
import { openFile, openMemory } from './sqlite.ts'
import type { Store } from './unit.ts'

/** Opens what `--data` names: `:memory:`, a `postgres://` URL, or the path of a SQLite file. */
export function openStore(data: string): Promise<Store> {
  if (data === ':memory:') return openMemory()
  return /^postgres(ql)?:\/\//.test(data) ? openPostgres(data) : openFile(data)
}
