import { parseAst } from 'vitest/node'
import { problems } from '../src/core/problem.ts'
import { listFiles, readText } from './file.ts'

/** Rules whose names are put together where they are used, by how that is written. */
const computed: Readonly<Record<string, readonly string[]>> = {
  '{field}.valid': ['{field}.valid'],
  '{name}.valid': ['{field}.valid'],
  'control.{type}': Object.keys(problems).map((type) => `control.${type}`),
  'request.{fault}': ['unknown_path', 'wrong_method', 'body_too_large'].map(
    (fault) => `request.${fault}`,
  ),
}

/** The names of all rules that a decision may show, as the source has them. */
export function rulesInSource(): string[] {
  const written = listFiles('src')
    .filter((path) => path.endsWith('.ts'))
    .flatMap(rulesOf)
  const names = written.flatMap((rule) => {
    if (!rule.includes('{')) return [rule]
    const names = computed[rule]
    if (!names) throw new Error(`this test does not know what ${rule} becomes`)
    return names
  })
  return [...new Set(names)].toSorted()
}

/** Rules of one file: `rule: …` of a step, and names given to `steps.push`. */
function rulesOf(path: string): string[] {
  const found: string[] = []
  const nodes: unknown[] = [parseAst(readText(path), { lang: 'ts' })]
  for (let node = nodes.pop(); nodes.length > 0 || node !== undefined; node = nodes.pop()) {
    if (!isNode(node)) continue
    if (node.type === 'Property' && nameOf(node['key']) === 'rule' && isTold(node))
      found.push(...textsOf(node['value']))
    const callee = node.type === 'CallExpression' ? node['callee'] : undefined
    if (isNode(callee) && nameOf(callee['property']) === 'push' && isSteps(callee['object']))
      found.push(...listOf(node['arguments']).filter(isText).flatMap(textsOf))
    nodes.push(...Object.values(node).flat())
  }
  return found.filter((rule) => rule !== '')
}

/** One that is handed on by its own name stands elsewhere, and a schema's field is none. */
function isTold({ value, shorthand }: Node): boolean {
  return shorthand !== true && !(isNode(value) && value.type === 'CallExpression')
}

interface Node extends Record<string, unknown> {
  readonly type: string
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

function nameOf(node: unknown): unknown {
  return isNode(node) ? node['name'] : undefined
}

function isText(node: unknown): boolean {
  return isNode(node) && /^(Literal|TemplateLiteral|ConditionalExpression)$/u.test(node.type)
}

/** `steps`, or `something.steps`. */
function isSteps(node: unknown): boolean {
  return isNode(node) && [nameOf(node), nameOf(node['property'])].includes('steps')
}

/** The texts that an expression may be; of a template, its variables in braces. */
function textsOf(node: unknown): string[] {
  if (!isNode(node)) return []
  if (node.type === 'Literal') return [String(node['value'])]
  // A schema, or what reads it: they say that a rule stands there, not which.
  if (/^(Call|ArrowFunction)Expression$/u.test(node.type)) return []
  if (node.type === 'ConditionalExpression')
    return [...textsOf(node['consequent']), ...textsOf(node['alternate'])]
  if (node.type !== 'TemplateLiteral') throw new Error(`a rule is no text but ${node.type}`)
  const names = listOf(node['expressions']).map((expression) => `{${String(nameOf(expression))}}`)
  const quasis = listOf(node['quasis']).map((quasi) => {
    const value: unknown = isNode(quasi) ? quasi['value'] : undefined
    return typeof value === 'object' && value !== null && 'raw' in value ? String(value.raw) : ''
  })
  return [quasis.map((text, i) => text + (names[i] ?? '')).join('')]
}
