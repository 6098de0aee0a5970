import { literal, type Notation } from './literal.ts'
import { multipartOf } from './multipart.ts'
import { partsOf, type Script, type ScriptCall, type Take, token_variable } from './script.ts'

type Names = Script['names']

/** A script for Python 3, by its own library alone. */
export function pythonScript({ calls, names }: Script): string {
  const needs = {
    json: calls.some(({ body, takes }) => body || takes.some((take) => 'at' in take)),
    os: names.has(token_variable),
    re: calls.some(({ takes }) => takes.some((take) => 'match' in take)),
  }
  const modules = (['json', 'os', 're'] as const).filter((name) => needs[name])
  const usesUrl = calls.some(({ takes }) => takes.some((take) => 'query' in take))
  const parse = [
    ...(usesUrl ? ['parse_qs', 'urlparse'] : []),
    ...(calls.some(({ form }) => form) ? ['urlencode'] : []),
  ].toSorted()
  const imports = [
    ...(modules.length > 0 ? [`import ${modules.join(', ')}`] : []),
    ...(parse.length > 0 ? [`from urllib.parse import ${parse.join(', ')}`] : []),
    'from urllib.request import Request, urlopen',
  ]
  const parts = calls.map((call, i) => statements(call, names, i === calls.length - 1))
  return [imports.join('\n'), ...parts].join('\n\n')
}

function statements(call: ScriptCall, names: Names, isLast: boolean): string {
  const lines = [`answer = urlopen(${request(call, names)})`]
  if (isLast && call.isPlain) lines.push('print(answer.status, answer.headers["Content-Type"])')
  else if (isLast) lines.push('print(answer.status, answer.read().decode())')
  else lines.push(...taking(call.takes))
  return lines.join('\n')
}

function request(
  { method, url, body, form, xml, file, ...call }: ScriptCall,
  names: Names,
): string {
  const upload = file && multipartOf(file)
  const headers = upload ? { ...call.headers, 'Content-Type': upload.type } : call.headers
  const isPlain = method === 'GET' && Object.keys(headers).length === 0
  if (isPlain) return text(url, names)
  const parts = [
    text(url, names),
    `method="${method}"`,
    ...(Object.keys(headers).length > 0 ? [`headers=${literal(headers, python(names), 1)}`] : []),
    ...(body ? [`data=json.dumps(${literal(body, python(names), 1)}).encode()`] : []),
    ...(upload ? [`data=${text(upload.body, names)}.encode()`] : []),
    ...(xml ? [`data=${text(xml, names)}.encode()`] : []),
    ...(form ? [`data=urlencode(${literal(form, python(names), 1)}).encode()`] : []),
  ]
  return `Request(\n${parts.map((part) => `    ${part},\n`).join('')})`
}

/** Values of one answer, which is read once. */
function taking(takes: readonly Take[]): string[] {
  const reads = takes.some((take) => 'at' in take)
  return [
    ...(reads ? ['found = json.load(answer)'] : []),
    ...takes.map((take) =>
      'query' in take
        ? `${take.name} = parse_qs(urlparse(answer.url).query)["${take.query}"][0]`
        : `${take.name} = ${reached(take)}`,
    ),
  ]
}

function reached({ at, match }: Extract<Take, { at: unknown }>): string {
  const way = at.map((name) => (/^\d+$/.test(name) ? `[${name}]` : `["${name}"]`)).join('')
  return match ? `re.search(r"${match.source}", found${way})[0]` : `found${way}`
}

function python(names: Names): Notation {
  return {
    indent: '    ',
    inner: '',
    text: (value) => text(value, names),
    key: (name) => JSON.stringify(name),
    word: (value) => (value === null ? 'None' : value ? 'True' : 'False'),
  }
}

/** JSON's texts are Python's; with variables in it, it is formatted. */
function text(value: string, names: Names): string {
  const parts = partsOf(value, names)
  const [only] = parts
  if (parts.length === 1 && only !== undefined && typeof only !== 'string')
    return variable(only.name)
  if (parts.every((part) => typeof part === 'string')) return JSON.stringify(value)
  const inside = parts.map((part) =>
    typeof part === 'string'
      ? JSON.stringify(part).slice(1, -1).replace(/[{}]/g, '$&$&')
      : `{${variable(part.name)}}`,
  )
  return `f"${inside.join('')}"`
}

function variable(name: string): string {
  return name === token_variable ? `os.environ['${name}']` : name
}
