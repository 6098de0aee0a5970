import { readdirSync, readFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { basename } from 'node:path'
import { onTestFinished } from 'vitest'

const folder = new URL('../../db/', import.meta.url)

/** Counts calls by the engine itself. Returns what tells which functions that ask the database nobody has called since then. */
export async function watchStores(): Promise<() => Promise<string[]>> {
  const session = new Session()
  session.connect()
  onTestFinished(() => session.disconnect())
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  return async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage')
    const called = new Set<string>()
    for (const { url, functions } of result.filter((script) => isStore(script.url)))
      for (const { functionName, ranges } of functions)
        if (ranges.some(({ count }) => count > 0)) called.add(`${basename(url)}: ${functionName}`)
    return storeFunctions().filter((name) => !called.has(name))
  }
}

function isStore(url: string): boolean {
  return url.replace('file://', '').startsWith(folder.pathname)
}

/** `file: name` of every function that is handed the database. */
function storeFunctions(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = readFileSync(new URL(file, folder), 'utf8')
      const names = text.matchAll(/^export function (\w+)(?:<.*?>)?\(\s*(?:db|\{ db \}): Db\b/gm)
      return [...names].map(([, name]) => `${file}: ${name}`)
    })
}
