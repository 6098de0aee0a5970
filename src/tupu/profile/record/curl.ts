import type { RecordedRequest } from './exchange.ts'

/** Options of cURL that take a value and say nothing of the request itself. */
const ignored = new Set([
  ...[
    '-o',
    '--output',
    '-w',
    '--write-out',
    '-m',
    '--max-time',
    '-x',
    '--proxy',
    '--connect-timeout',
  ],
  ...['-A', '--user-agent', '-b', '--cookie', '-c', '--cookie-jar', '-e', '--referer'],
  ...['--cacert', '-E', '--cert', '--key', '--resolve', '--connect-to', '--retry', '--retry-delay'],
])
const data_options = new Set([
  '-d',
  '--data',
  '--data-raw',
  '--data-binary',
  '--data-ascii',
  '--data-urlencode',
  '--json',
])
const file_options = new Set(['-F', '--form', '--form-string', '-T', '--upload-file'])

/** The request that a cURL command makes, or why it cannot be told. */
export function curlRequest(command: string): RecordedRequest | { readonly fault: string } {
  const words = shellWords(command)?.slice(command.startsWith('$') ? 2 : 1)
  if (!words) return { fault: 'a quotation mark of the cURL command is not closed' }
  const made = { method: '', url: '', data: [] as string[], isQuery: false }
  const headers: Record<string, string> = {}
  while (words.length > 0) {
    const word = words.shift() ?? ''
    const [option, inline] = splitOption(word)
    const value = () => inline ?? words.shift() ?? ''
    if (option === '-X' || option === '--request') made.method = value()
    else if (option === '-H' || option === '--header') {
      const [, name = '', text = ''] = /^([^:]+):\s*(.*)$/s.exec(value()) ?? []
      headers[name.toLowerCase()] = text
    } else if (data_options.has(option)) {
      const data = value()
      const file = option === '--data-raw' ? undefined : fileOf(option, data)
      if (file !== undefined)
        return { fault: `its body is in the file ${file}; write the text in place of @${file}` }
      made.data.push(option === '--data-urlencode' ? urlEncoded(data) : data)
    } else if (file_options.has(option))
      return { fault: `it sends files (${option}), and profiles take JSON, forms and XML alone` }
    else if (option === '-u' || option === '--user')
      headers['authorization'] = `Basic ${Buffer.from(value()).toString('base64')}`
    else if (option === '--oauth2-bearer') headers['authorization'] = `Bearer ${value()}`
    else if (option === '-G' || option === '--get') made.isQuery = true
    else if (option === '--url') made.url = value()
    else if (ignored.has(option)) value()
    else if (!option.startsWith('-') && !isAddress(made.url)) made.url = word
  }
  if (made.url === '') return { fault: 'the cURL command names no address' }
  return { ...laid(made), headers }
}

const isAddress = (text: string) => /^https?:/.test(text)

/** Where the data goes: into the address by `-G`, else into the body. */
function laid(made: { method: string; url: string; data: readonly string[]; isQuery: boolean }) {
  const data = made.data.join('&')
  const url = isAddress(made.url) ? made.url : `http://${made.url}`
  if (made.isQuery)
    return {
      method: made.method || 'GET',
      url: `${url}${url.includes('?') ? '&' : '?'}${data}`,
      body: '',
    }
  return { method: made.method || (data === '' ? 'GET' : 'POST'), url, body: data }
}

/** The file that the value of an option names: `@file`, or `name@file` where it is encoded. */
function fileOf(option: string, value: string): string | undefined {
  const named = option === '--data-urlencode' ? /^\w*@(.+)$/ : /^@(.+)$/
  return named.exec(value)?.[1]
}

/** `--name=value`, and short options with their value behind them. */
function splitOption(word: string): [string, string | undefined] {
  const long = /^(--[\w-]+)=(.*)$/s.exec(word)
  if (long) return [long[1] ?? '', long[2]]
  const short = /^(-[XHdu])(.+)$/s.exec(word)
  return short && !word.startsWith('--') ? [short[1] ?? '', short[2]] : [word, undefined]
}

function urlEncoded(text: string): string {
  const at = text.indexOf('=')
  return at < 0
    ? encodeURIComponent(text)
    : `${text.slice(0, at)}=${encodeURIComponent(text.slice(at + 1))}`
}

/** Words of a shell behind which another command, or a file, stands. */
const END = /^(?:[|;&]|\d?>)/
const WORD =
  /(?:[^\s'"\\$]|\$(?!')|\\[\s\S]|'[^']*'|\$'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*")+/g

/** The words of a command as a POSIX shell splits them; variables stay as they are written. Undefined: a quotation is not closed. */
function shellWords(command: string): string[] | undefined {
  const line = command.replace(/\\\r?\n/g, ' ')
  if (line.replace(WORD, '').trim() !== '') return undefined
  const words = line.match(WORD) ?? []
  const end = words.findIndex((word) => END.test(word))
  return (end < 0 ? words : words.slice(0, end)).map(unquoted)
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

function unquoted(word: string): string {
  return word.replace(
    /'([^']*)'|\$'((?:[^'\\]|\\[\s\S])*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g,
    (_, plain?: string, ansi?: string, double?: string, escaped?: string) =>
      plain ??
      ansi?.replace(/\\u([\da-f]{4})|\\(.)/gis, (__, hex?: string, sign = '') =>
        hex === undefined ? (escapes[sign] ?? sign) : String.fromCharCode(Number.parseInt(hex, 16)),
      ) ??
      double?.replace(/\\(["\\$`])/g, '$1') ??
      escaped ??
      '',
  )
}
