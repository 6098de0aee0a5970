import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The folders that hold our code. */
export const code_folders = ['src', 'db', 'views', 'test', 'scripts'] as const

const root = new URL('../', import.meta.url)

/** The paths of all files below a folder of the project. */
export function listFiles(folder: string): string[] {
  const base = fileURLToPath(new URL(folder, root))
  return readdirSync(base, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${folder}${entry.parentPath.slice(base.length)}/${entry.name}`)
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
}

/** A file of the project as text. */
export function readText(path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
}
