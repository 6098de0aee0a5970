import { describe, expect, it } from 'vitest'
import { parseAst } from 'vitest/node'
import { problems } from '../src/core/problem.ts'
import { en } from '../views/words/en.ts'
import { zh } from '../views/words/zh.ts'
import { listFiles, readText } from './file.ts'

const languages = [en, zh]

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
function rulesInSource(): string[] {
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
    if (node.type === 'Property' && nameOf(node['key']) === 'rule')
      found.push(...textsOf(node['value']))
    const callee = node.type === 'CallExpression' ? node['callee'] : undefined
    if (isNode(callee) && nameOf(callee['property']) === 'push' && isSteps(callee['object']))
      found.push(...listOf(node['arguments']).filter(isText).flatMap(textsOf))
    nodes.push(...Object.values(node).flat())
  }
  return found.filter((rule) => rule !== '')
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
  // A schema says that a rule stands there, not which.
  if (node.type === 'CallExpression') return []
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

describe('the words of each language', () => {
  it('have a sentence for every rule of a decision, and none that is left over', () => {
    const rules = rulesInSource()
    for (const words of languages) expect(Object.keys(words.rules).toSorted()).toEqual(rules)
  })

  it('are never empty', () => {
    const empty = languages.flatMap((words) =>
      textsIn(words, words.tag).filter(([, text]) => text.trim() === ''),
    )
    expect(empty).toEqual([])
  })

  it('close every piece of code that they open', () => {
    const open = languages.flatMap((words) =>
      textsIn(words, words.tag).filter(([, text]) => text.split('`').length % 2 === 0),
    )
    expect(open).toEqual([])
  })
})

describe('the words of both languages', () => {
  it('say the same things in the same number of sentences, about the same values', () => {
    const shape = (words: typeof en) => {
      const { tag: _, ...rest } = words
      return textsIn(rest).map(([path, text]) => [
        path,
        ...(text.match(/\{\w+\}/gu) ?? []).toSorted(),
      ])
    }
    expect(shape(zh)).toEqual(shape(en))
  })

  it('name the same pieces of code', () => {
    const code = (words: typeof en) => {
      const texts = textsIn(words.docs).filter(([, text]) => text.includes('`'))
      return texts.map(([path, text]) => [
        path,
        text
          .split('`')
          .filter((_, i) => i % 2)
          .toSorted(),
      ])
    }
    expect(code(zh)).toEqual(code(en))
  })
})

/** All texts in a value with the way to each. */
function textsIn(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${path}/${key}`))
}
