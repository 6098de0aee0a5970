import { extname } from 'node:path'
import type * as Yaml from 'yaml'
import { z } from 'zod'
import { type Fault, faultError } from '../start-error.ts'

const Mapping = z.record(z.string(), z.unknown())

/** A configuration file that was understood: what it holds, and where each thing stands in it. */
export interface ConfigDocument {
  /** As it was named. */
  readonly file: string
  readonly content: Readonly<Record<string, unknown>>
  /** The line of a field such as `worlds.0.people`; of what is around it when it is missing. */
  lineOf(field: string): number
}

type Broken = Partial<Fault> & Pick<Fault, 'line' | 'reason' | 'fix'>

/** Reads the text of a JSON or YAML file, or says on which lines it cannot be understood. */
export async function readDocument(text: string, file: string): Promise<ConfigDocument> {
  const yaml = await import('yaml')
  const counter = new yaml.LineCounter()
  const options = { lineCounter: counter, prettyErrors: false, logLevel: 'error' } as const
  const tree = yaml.parseDocument(text, options)
  const lineAt = (offset: number) => counter.linePos(offset).line
  const refuse = (faults: readonly Broken[]) => {
    if (faults.length > 0) throw faultError(faults.map((one) => ({ file, field: '', ...one })))
  }
  const isJson = extname(file) === '.json'
  refuse(isJson ? jsonFaults(text) : [])
  refuse(treeFaults(tree, { text, isJson, lineAt }))
  const content = isJson ? JSON.parse(text) : plain(tree)
  if (content === undefined) refuse([endless])
  const mapping = Mapping.safeParse(content ?? {})
  const start = tree.contents?.range?.[0] ?? 0
  const lineOf = (field: string) => {
    const parts = field === '' ? [] : field.split('.')
    return lineAt(offsetOf(yaml, tree, { node: tree.contents, offset: start }, parts))
  }
  if (!mapping.success) refuse([{ ...nameless, line: lineOf('') }])
  return { file, content: mapping.data ?? {}, lineOf }
}

const nameless = {
  reason: 'it does not contain settings by name',
  fix: 'write one setting per line, as in port: 8878',
}
const endless = {
  line: 1,
  reason: 'it cannot be understood: its aliases do not end',
  fix: 'write aliases that do not contain themselves',
}

function jsonFaults(text: string): Broken[] {
  const fault = jsonFault(text)
  return fault ? [{ ...fault, fix: 'correct the file: it is read as JSON' }] : []
}

/** What YAML does not take. JSON may hold what YAML spells otherwise: there only a name given twice counts. */
function treeFaults(
  tree: Yaml.Document,
  at: { text: string; isJson: boolean; lineAt: (offset: number) => number },
): Broken[] {
  return tree.errors.flatMap(({ code, message, pos: [start] }) => {
    const line = at.lineAt(start)
    if (code === 'DUPLICATE_KEY') {
      const [name = ''] = /^[\w$-]+/u.exec(at.text.slice(start).replace(/^["']/u, '')) ?? []
      return [{ line, field: name, reason: 'it occurs twice', fix: 'leave one of them out' }]
    }
    const why = code === 'MULTIPLE_DOCS' ? 'it holds several documents' : message
    const reason = `it cannot be understood: ${why}`
    return at.isJson ? [] : [{ line, reason, fix: 'correct the file: it is read as YAML' }]
  })
}

/**
 * What a YAML file holds, as JSON could say it; undefined when there is no end of it. An empty file is null: all its
 * lines may be commented out.
 */
function plain(tree: Yaml.Document): unknown {
  try {
    return JSON.parse(JSON.stringify(tree.toJS() ?? null))
  } catch {
    return undefined
  }
}

/** Where a field stands: at its name in a mapping, at its beginning in a list. Names may hold dots. */
function offsetOf(
  yaml: typeof Yaml,
  tree: Yaml.Document,
  at: { node: unknown; offset: number },
  parts: readonly string[],
): number {
  const { isAlias, isMap, isNode, isScalar, isSeq } = yaml
  const node = isAlias(at.node) ? at.node.resolve(tree) : at.node
  const below = (inner: unknown, place: unknown, rest: readonly string[]) => {
    const offset = isNode(place) ? (place.range?.[0] ?? at.offset) : at.offset
    return offsetOf(yaml, tree, { node: inner, offset }, rest)
  }
  if (isSeq(node)) {
    const item = node.items[Number(parts[0])]
    return item === undefined ? at.offset : below(item, item, parts.slice(1))
  }
  if (!isMap(node)) return at.offset
  for (let taken = 1; taken <= parts.length; taken++) {
    const name = parts.slice(0, taken).join('.')
    const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === name)
    if (pair) return below(pair.value, pair.key, parts.slice(taken))
  }
  return at.offset
}

/** Why a text is no JSON, and in which line that shows; undefined when it is. */
function jsonFault(text: string): { line: number; reason: string } | undefined {
  const why = complaint(text)
  if (why === undefined) return undefined
  const lines = text.trimEnd().split('\n')
  // V8 names the place of some faults only. Nothing in JSON goes on beyond the end of a line.
  const first = lines.findIndex((_, i) => !goesOn(`${lines.slice(0, i + 1).join('\n')}\n`))
  const reason = `it cannot be understood: ${why.replaceAll(/\s+/gu, ' ')}`
  return { line: first < 0 ? lines.length : first + 1, reason }
}

/** Whether a text is right as far as it goes. */
function goesOn(text: string): boolean {
  const why = complaint(text)
  if (why === undefined || /end of JSON input/u.test(why)) return true
  return Number(/at position (\d+)/u.exec(why)?.[1]) === text.length
}

function complaint(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
