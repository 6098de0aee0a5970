import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { z } from 'zod'
import { program_file } from '../program.ts'

const profile = z.object({
  nodes: z.array(
    z.object({
      id: z.int(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.int() }),
      children: z.array(z.int()).optional(),
    }),
  ),
  samples: z.array(z.int()),
  timeDeltas: z.array(z.number()),
})
type Profile = z.output<typeof profile>

/** A function's own time, as a part of the time in which the process was busy. */
export interface SelfTime {
  readonly name: string
  readonly place: string
  readonly part: number
}

/** What does many things at once. */
const ends = ['#commit', '#begin', '#fileLate']

/** What runs statements for others, whose names say more. */
const carriers =
  /^(db\/(unit-queue|hot|unit|prepared|pending-rows|sqlite-unit|sqlite-transaction)\.ts|native|better-sqlite3\/.*)$/

/** The functions of a CPU profile that took the most time themselves; a statement counts for whoever runs it. */
export function topOf(file: string, count: number): SelfTime[] {
  const read = profile.parse(JSON.parse(readFileSync(file, 'utf8')))
  const labels = labelsOf(read, placesOf(new URL('.', pathToFileURL(program_file)).href))
  const times = new Map<string, { name: string; place: string; us: number }>()
  let busy_us = 0
  for (const [n, id] of read.samples.entries()) {
    const label = labels.get(id)
    if (!label) continue
    const us = read.timeDeltas[n] ?? 0
    busy_us += us
    const key = `${label.name} ${label.place}`
    const seen = times.get(key) ?? { ...label, us: 0 }
    seen.us += us
    times.set(key, seen)
  }
  return [...times.values()]
    .sort((a, b) => b.us - a.us)
    .slice(0, count)
    .map(({ name, place, us }) => ({ name, place, part: us / busy_us }))
}

interface Label {
  readonly name: string
  readonly place: string
}

/** How each node is listed; without the idle ones and those of the profiler. */
function labelsOf({ nodes }: Profile, placeOf: (url: string, line: number) => string) {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((c) => [c, id])))
  const ownLabel = (id: number): Label => {
    const { functionName = '', url = '', lineNumber = 0 } = byId.get(id)?.callFrame ?? {}
    // The engine's own, such as its garbage collector.
    if (functionName.startsWith('(')) return { name: functionName, place: '' }
    return { name: functionName || '(anonymous)', place: placeOf(url, lineNumber) }
  }
  const labels = new Map<number, Label>()
  for (const { id } of nodes) {
    const own = ownLabel(id)
    if (own.name === '(idle)' || own.place === 'node:inspector') continue
    const parent = parents.get(id)
    // A statement's own functions have no names.
    const isSql = own.name === '(anonymous)' && own.place === 'native' && parent
    labels.set(id, isSql && carriers.test(ownLabel(parent).place) ? callerLabel(parent) : own)
  }
  return labels

  function callerLabel(from: number): Label {
    let id: number | undefined = from
    while (id !== undefined) {
      const { name, place } = ownLabel(id)
      if (ends.includes(name) || !carriers.test(place)) return { name: `SQLite for ${name}`, place }
      id = parents.get(id)
    }
    return { name: 'SQLite', place: '' }
  }
}

/** In the release a comment before each file that went into a chunk says which it is. */
function placesOf(release: string): (url: string, line: number) => string {
  const chunks = new Map<string, { line: number; file: string }[]>()
  return (url, line) => {
    if (!url) return 'native'
    if (!url.startsWith(release)) return url.replace(packages_folder, '')
    const starts = chunks.get(url) ?? startsIn(url)
    chunks.set(url, starts)
    const { file = basename(url) } = starts.findLast((start) => start.line <= line) ?? {}
    return file.replace(packages_folder, '')
  }
}

const packages_folder = /^.*(?<=\/|^)node_modules\//u

function startsIn(url: string): { line: number; file: string }[] {
  const lines = readFileSync(fileURLToPath(url), 'utf8').split('\n')
  return lines.flatMap((content, line) => {
    const file = /^\/\/ (\S+\.[cm]?[jt]sx?)$/.exec(content)?.[1]
    return file ? [{ line, file }] : []
  })
}
