import type { RecordedRequest } from './exchange.ts'

/** Options of cURL that take a value and say nothing of the request itself. */
const ignored = new Set([
  '-o',
  '--output',
  '-w',
  '--write-out',
  '-m',
  '--max-time',
  '-x',
  '--proxy',
  '--cacert',
  '--connect-timeout',
])
const data_options = new Set([
  '-d',
  '--data',
  '--data-raw',
  '--data-binary',
  '--data-ascii',
  '--json',
])

/** The request that a cURL command makes; undefined where it names no address. */
export function curlRequest(command: string): RecordedRequest | undefined {
  const words = shellWords(command)
    .filter((word, i) => !(i === 0 && word === '$'))
    .slice(1)
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
    } else if (data_options.has(option)) made.data.push(value())
    else if (option === '--data-urlencode') made.data.push(urlEncoded(value()))
    else if (option === '-u' || option === '--user')
      headers['authorization'] = `Basic ${Buffer.from(value()).toString('base64')}`
    else if (option === '-G' || option === '--get') made.isQuery = true
    else if (option === '--url') made.url = value()
    else if (ignored.has(option)) value()
    else if (!option.startsWith('-')) made.url = word
  }
  if (made.url === '') return undefined
  const body = made.data.join('&')
  const url = /^https?:/.test(made.url) ? made.url : `http://${made.url}`
  if (made.isQuery)
    return {
      method: made.method || 'GET',
      url: `${url}${url.includes('?') ? '&' : '?'}${body}`,
      headers,
      body: '',
    }
  return { method: made.method || (body === '' ? 'GET' : 'POST'), url, headers, body }
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

/** The words of a command as a POSIX shell splits them; variables stay as they are written. */
function shellWords(command: string): string[] {
  const words: string[] = []
  const pattern =
    /(?:[^\s'"\\$]|\$(?!')|\\[\s\S]|'[^']*'|\$'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*")+/g
  for (const [word] of command.replace(/\\\r?\n/g, ' ').matchAll(pattern))
    words.push(unquoted(word))
  return words
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
