import { literal, type Notation } from './literal.ts'
import { multipartOf } from './multipart.ts'
import { partsOf, type Script, type ScriptCall, type Take, token_variable } from './script.ts'

type Names = Script['names']

/** A script as a module for Node, Deno or Bun. */
export function typescriptScript({ calls, names }: Script): string {
  return calls.map((call, i) => statements(call, i, { names, of: calls.length })).join('\n\n')
}

function statements(call: ScriptCall, i: number, at: { names: Names; of: number }): string {
  const isLast = i === at.of - 1
  const answer = isLast ? 'response' : `response${i + 1}`
  const lines = [
    `const ${answer} = await fetch(${text(call.url, at.names)}${init(call, at.names)})`,
  ]
  if (isLast && call.isPlain)
    lines.push(`console.log(${answer}.status, ${answer}.headers.get('content-type'))`)
  else if (isLast) lines.push(`console.log(${answer}.status, await ${answer}.text())`)
  else if (call.takes.length === 0)
    lines.push(`if (!${answer}.ok) throw new Error(await ${answer}.text())`)
  else lines.push(...taking(call.takes, answer, i + 1))
  return lines.join('\n')
}

function init({ method, headers, body, form, xml, file }: ScriptCall, names: Names): string {
  const upload = file && multipartOf(file)
  const sent = upload ? { ...headers, 'Content-Type': upload.type } : headers
  const pairs = Object.entries(sent).map(
    ([name, value]) => `${quotedName(name)}: ${text(value, names)}`,
  )
  const options = [
    ...(method === 'GET' ? [] : [`method: '${method}',`]),
    ...(pairs.length > 0 ? [`headers: { ${pairs.join(', ')} },`] : []),
    ...(body ? [`body: JSON.stringify(${literal(body, typescript(names), 1)}),`] : []),
    ...(upload ? [`body: ${text(upload.body, names)},`] : []),
    ...(xml ? [`body: ${text(xml, names)},`] : []),
    ...(form ? [`body: new URLSearchParams(${literal(form, typescript(names), 1)}),`] : []),
  ]
  return options.length === 0 ? '' : `, {\n${options.map((line) => `  ${line}\n`).join('')}}`
}

/** Values of one answer, which is read once. */
function taking(takes: readonly Take[], answer: string, n: number): string[] {
  if (takes.every((take) => 'query' in take)) {
    return takes.map(
      (take) =>
        `const ${take.name} = new URL(${answer}.url).searchParams.get('${'query' in take ? take.query : ''}')`,
    )
  }
  const json = `answer${n}`
  return [
    `const ${json}: any = await ${answer}.json()`,
    ...takes.flatMap((take) =>
      'at' in take ? [`const ${take.name} = ${reached(json, take)}`] : [],
    ),
  ]
}

function reached(json: string, { at, match }: Extract<Take, { at: unknown }>): string {
  const way = at.map((name) => (/^\d+$/.test(name) ? `[${name}]` : `.${name}`)).join('')
  return match ? `${json}${way}.match(${match})[0]` : json + way
}

function typescript(names: Names): Notation {
  return {
    indent: '  ',
    inner: ' ',
    text: (value) => text(value, names),
    key: quotedName,
    word: String,
  }
}

function text(value: string, names: Names): string {
  const parts = partsOf(value, names)
  const [only] = parts
  if (parts.length === 1 && only !== undefined && typeof only !== 'string')
    return variable(only.name)
  if (parts.every((part) => typeof part === 'string')) return single(value)
  const inside = parts.map((part) =>
    typeof part === 'string' ? part.replace(/[\\`$]/g, '\\$&') : `\${${variable(part.name)}}`,
  )
  return `\`${inside.join('')}\``
}

/** Line breaks and the like as JSON spells them. */
function single(value: string): string {
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

function variable(name: string): string {
  return name === token_variable ? `process.env.${name}` : name
}

function quotedName(name: string): string {
  return /^\w+$/.test(name) ? name : `'${name}'`
}
