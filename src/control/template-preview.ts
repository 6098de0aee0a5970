import { readTemplate, renderTemplate, type ShownKeyword } from '../wechat/template/content.ts'

/** A message by a template, as a phone would show it. */
export interface TemplatePreview {
  readonly line: string | null
  readonly keywords: readonly ShownKeyword[]
}

/** What a message by a template looks like under an account's rules, with the values of its example. */
export function previewOf(
  { content, example }: { readonly content: string; readonly example: string },
  rules: '2014' | '2023',
): TemplatePreview {
  return renderTemplate({ content, data: exampleValues(content, example), rules })
}

/** The values that an example has in the places of a template; where it has none, the name of the place. */
export function exampleValues(content: string, example: string): ReadonlyMap<string, string> {
  const names = readTemplate(content).fields.map(({ name }) => name)
  const found = lineByLine(content, example)
  return new Map(names.map((name) => [name, found?.get(name) ?? `{${name}}`]))
}

/** An example repeats the template's lines with values in them; one that does not says nothing. */
function lineByLine(content: string, example: string): ReadonlyMap<string, string> | undefined {
  const told = example.split('\n')
  const values = new Map<string, string>()
  for (const [i, line] of content.split('\n').entries()) {
    const parts = line.split(/\{\{([^{}.\s]+)\.DATA\}\}/)
    if (parts.length === 1) continue
    const read = readLine(parts, told[i] ?? '')
    if (!read) return undefined
    for (const [name, value] of read) values.set(name, value)
  }
  return values
}

/** `parts`: fixed text and names by turns. Undefined: the line does not fit. */
function readLine(parts: readonly string[], line: string): [string, string][] | undefined {
  const [before = '', ...rest] = parts
  if (!line.startsWith(before)) return undefined
  const values: [string, string][] = []
  let at = before.length
  for (let i = 0; i < rest.length; i += 2) {
    const [name = '', fixed = ''] = rest.slice(i, i + 2)
    const isLast = i + 2 >= rest.length
    const end = isLast ? line.length - fixed.length : line.indexOf(fixed || ' ', at)
    if (end < at || (isLast && !line.endsWith(fixed))) return undefined
    values.push([name, line.slice(at, end)])
    at = end + fixed.length
  }
  return values
}
