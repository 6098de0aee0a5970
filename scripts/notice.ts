import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Licences that let us hand on a copy of the work inside our own, with their text. */
const licences = [
  ...['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-3-Clause'],
  '(BSD-3-Clause OR GPL-2.0)',
]

const head = `This package holds copies of the works of others, as they are or changed by bundling.
Each is here with its licence.`

/** Of files of node_modules: which packages these are, and the terms under which each is handed on. Throws for one that may not be. */
export function noticeOf(files: readonly string[]): string {
  const folders = new Set(files.flatMap((file) => packageOf(file) ?? []))
  return [head, ...[...folders].toSorted().map(termsOf)].join(`\n\n${'-'.repeat(80)}\n\n`)
}

/** The folder of the package that a file belongs to; undefined: it is ours. */
function packageOf(file: string): string | undefined {
  return /^.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/u.exec(file)?.[0]
}

function termsOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (!licences.includes(license))
    throw new Error(`${name} has the licence ${license}, under which it cannot be bundled`)
  const read = (file: string) => readFileSync(join(folder, file), 'utf8').trim()
  const files = readdirSync(folder)
  const papers = files.filter((file) => /^(licen[cs]e|notice|copying)/iu.test(file)).map(read)
  // Some say it at the end of their README alone.
  const readme = files.find((file) => /^readme/iu.test(file))
  const end = readme && /^#+ licen[cs]e[\s\S]*/imu.exec(read(readme))?.[0]
  const texts = papers.length > 0 ? papers : [end].filter((text) => text !== undefined)
  if (texts.length === 0) throw new Error(`${name} has no text of its licence`)
  return [`${name} ${version} (${license})`, ...texts].join('\n\n')
}
