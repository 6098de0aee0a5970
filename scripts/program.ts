import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The folder of the project. */
export const root = resolve(fileURLToPath(import.meta.url), '../..')
/** The built program. */
export const program_file = join(root, 'dist/index.js')
/** What starts it. */
export const main_file = join(root, 'dist/main.js')

/** Loads the built program: what is measured is what is released. */
export function program(): Promise<typeof import('../src/index.ts')> {
  return import(pathToFileURL(program_file).href)
}
