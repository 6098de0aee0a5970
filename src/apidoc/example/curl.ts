import { jsonText } from '../json-text.ts'
import { partsOf, type Script, type ScriptCall, type Take } from './script.ts'

type Names = Script['names']

/** A script for a POSIX shell, to paste into a terminal. */
export function curlScript({ calls, names }: Script): string {
  return calls.map((call, i) => command(call, names, i === calls.length - 1)).join('\n\n')
}

function command(call: ScriptCall, names: Names, isLast: boolean): string {
  const { takes } = call
  if (takes.length === 0) return curl(call, names, isLast ? lastOption(call) : "-w '\\n' ")
  return takes.map((take) => assignment(call, take, names)).join('\n')
}

/** A picture is no text for a terminal; a stream is shown as it comes. */
function lastOption({ isPlain, isStream }: ScriptCall): string {
  if (isStream) return '-N '
  return isPlain ? '-o answer ' : ''
}

function curl(call: ScriptCall, names: Names, options: string): string {
  const { method, url, headers, body, form = {}, xml, file } = call
  const isPlain = method === (body || call.form || xml || file ? 'POST' : 'GET')
  const lines = [
    `curl ${options}${isPlain ? '' : `-X ${method} `}${withVariables(url, names)}`,
    ...Object.entries(headers).map(([name, value]) => {
      const text = `${name}: ${value}`
      return `-H ${text.includes('{') ? withVariables(text, names) : quoted(text)}`
    }),
    ...(body ? [`-d ${spliced(jsonText(body), names)}`] : []),
    ...Object.entries(form).map(
      ([name, value]) => `--data-urlencode ${spliced(`${name}=${value}`, names)}`,
    ),
    ...(xml ? [`-d ${spliced(xml, names)}`] : []),
    ...(file ? [`-F ${quoted(`${file.name}=${file.text};filename=${file.filename}`)}`] : []),
  ]
  return lines.join(' \\\n  ')
}

/** Keeps a part of an answer in a variable. */
function assignment(call: ScriptCall, take: Take, names: Names): string {
  const { name } = take
  if ('query' in take) {
    const command = curl(call, names, "-sL -o /dev/null -w '%{url_effective}' ")
    return `${name}=$(${command} |\n  sed 's/.*[?&]${take.query}=\\([^&]*\\).*/\\1/')`
  }
  const key = take.at.at(-1)
  const value = take.match ? `"\\([^"]*\\)"` : `"\\{0,1\\}\\([^",}]*\\)`
  const found = `${curl(call, names, '-s ')} |\n  sed -n 's/.*"${key}":${value}.*/\\1/p'`
  const part = take.match ? ` |\n  grep -oE ${quoted(extended(take.match))}` : ''
  return `${name}=$(${found}${part})`
}

/** A regular expression as grep -E has it: no `\w` in brackets. */
function extended({ source }: RegExp): string {
  return source.replaceAll('[\\w', '[[:alnum:]_')
}

/** A word in single quotes, left for each variable in it. */
function spliced(text: string, names: Names): string {
  const parts = partsOf(text, names)
  return parts.map((part) => (typeof part === 'string' ? quoted(part) : `"$${part.name}"`)).join('')
}

/** A word in double quotes. */
function withVariables(text: string, names: Names): string {
  const parts = partsOf(text, names).map((part) =>
    typeof part === 'string' ? part.replace(/[\\"$`]/g, '\\$&') : `$${part.name}`,
  )
  return `"${parts.join('')}"`
}

/** A word of a POSIX shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
