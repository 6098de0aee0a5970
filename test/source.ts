import { parseAst } from 'vitest/node'
import { readText } from './file.ts'

/** A file of ours, taken apart. Paths are from the root of the project, with slashes. */
export interface Source {
  readonly path: string
  readonly imports: readonly Import[]
  readonly functions: readonly FunctionSpan[]
  /** What it reaches for: `Date.now`, `new Date()`, `setTimeout`, `randomUUID`; `process.env =` where that is changed. */
  readonly uses: readonly Use[]
  readonly hasDefaultExport: boolean
}

export interface Import {
  readonly line: number
  readonly from: string
  /** Erased before anything runs. */
  readonly isType: boolean
}

export interface FunctionSpan {
  readonly line: number
  readonly lines: number
}

export interface Use {
  readonly line: number
  readonly name: string
}

/** Takes a file of TypeScript apart. */
export function readSource(path: string, text = readText(path)): Source {
  const lineOf = (node: Node) => text.slice(0, node.start).split('\n').length
  const imports: Import[] = []
  const functions: FunctionSpan[] = []
  const uses: Use[] = []
  let hasDefaultExport = false
  const nodes = [asNode(parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }))]
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const line = lineOf(node)
    const from = importedFrom(node)
    if (from !== undefined) imports.push({ line, from, isType: isTypeOnly(node) })
    if (/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/u.test(node.type)) {
      const { length } = text.slice(node.start, node.end).split('\n')
      functions.push({ line, lines: length })
    }
    const used = nameUsed(node)
    if (used !== undefined) uses.push({ line, name: used })
    const changed = nameChanged(node)
    if (changed !== undefined) uses.push({ line, name: `${changed} =` })
    if (node.type === 'ExportDefaultDeclaration') hasDefaultExport = true
    for (const child of Object.values(node).flat()) if (isNode(child)) nodes.push(child)
  }
  return { path, imports, functions, uses, hasDefaultExport }
}

interface Node extends Record<string, unknown> {
  readonly type: string
  readonly start: number
  readonly end: number
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

function asNode(value: unknown): Node {
  if (!isNode(value)) throw new Error('the parser answered no tree')
  return value
}

/** Where an import, a re-export, an `import()` or an `import('…')` type reads from. */
function importedFrom({ type, source }: Node): string | undefined {
  if (!/^(Import|Export|TSImport)/u.test(type) || !isNode(source)) return undefined
  return typeof source['value'] === 'string' ? source['value'] : undefined
}

function isTypeOnly(node: Node): boolean {
  return node['importKind'] === 'type' || node['exportKind'] === 'type' || /^TS/u.test(node.type)
}

/** `object.property`, `new Name()` without arguments, a called name, an imported name. */
function nameUsed(node: Node): string | undefined {
  if (node.type === 'MemberExpression') {
    const [object, property] = [nameOf(node['object']), nameOf(node['property'])]
    return object && property && `${object}.${property}`
  }
  if (node.type === 'NewExpression' && Array.isArray(node['arguments'])) {
    const name = nameOf(node['callee'])
    return name && node['arguments'].length === 0 ? `new ${name}()` : undefined
  }
  if (node.type === 'CallExpression') return nameOf(node['callee'])
  return node.type === 'ImportSpecifier' ? nameOf(node['imported']) : undefined
}

/** `object.property` where it or anything in it is assigned, deleted or the target of `Object.assign`. */
function nameChanged(node: Node): string | undefined {
  if (node.type === 'AssignmentExpression') return memberOf(node['left'])
  if (node['operator'] === 'delete') return memberOf(node['argument'])
  const isAssign = node.type === 'CallExpression' && memberOf(node['callee']) === 'Object.assign'
  return isAssign && Array.isArray(node['arguments']) ? memberOf(node['arguments'][0]) : undefined
}

/** `a.b` of `a.b`, `a.b.c` and `a.b['c']`. */
function memberOf(node: unknown): string | undefined {
  if (!isNode(node) || node.type !== 'MemberExpression') return undefined
  return nameUsed(node) ?? memberOf(node['object'])
}

function nameOf(node: unknown): string | undefined {
  return isNode(node) && typeof node['name'] === 'string' ? node['name'] : undefined
}
