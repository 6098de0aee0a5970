/** One tag of a page. */
export interface Tag {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

const tag_form = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*(\/?)>/gu
const no_end = ['meta', 'link', 'img', 'br', 'hr', 'input', 'path']

/** All tags that begin something, in their order. */
export function tagsOf(html: string): Tag[] {
  return [...html.matchAll(tag_form)]
    .filter(([, slash]) => slash === '')
    .map(([, , name = '', attributes = '']) => ({ name, attributes: attributesOf(attributes) }))
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([a-z-]+)(?:="([^"]*)")?/gu)]
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, decoded(value)]))
}

/** Tags that are left open, or closed in the wrong place. */
export function unbalanced(html: string): string[] {
  const open: string[] = []
  const wrong: string[] = []
  for (const [, slash, name = '', , self] of html.matchAll(tag_form)) {
    if (self === '/' || no_end.includes(name)) continue
    if (slash === '') open.push(name)
    else if (open.pop() !== name) wrong.push(`/${name}`)
  }
  return [...wrong, ...open]
}

/** What a page says, without its tags. */
export function textOf(html: string): string {
  return decoded(html.replaceAll(/<[^>]*>/gu, ''))
}

/** What a page gives to be pasted into a terminal. */
export function commandsOf(html: string): string[] {
  return [...html.matchAll(/<pre class="copy"[^>]*>([\s\S]*?)<\/pre>/gu)].map(([, inside = '']) =>
    textOf(inside),
  )
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
}

function decoded(text: string): string {
  return text.replaceAll(/&(lt|gt|quot|#39|amp);/gu, (entity) => entities[entity] ?? entity)
}

/** A call as a `curl` command makes it. */
export interface CurlCall {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string | undefined
}

/** The calls of a piece of shell. Options that are not known here fail, as curl itself would. */
export function curlsIn(shell: string, env: Readonly<Record<string, string>> = {}): CurlCall[] {
  const code = shell.replaceAll(/^#.*$/gmu, '').replaceAll('\\\n', ' ')
  const lines = code.split(/\n(?=curl )/u)
  return lines
    .filter((line) => line.startsWith('curl '))
    .map((line) => readCurl(wordsOf(line, env)))
}

function readCurl([, ...words]: readonly string[]): CurlCall {
  const headers: Record<string, string> = {}
  let method: string | undefined
  let url = ''
  let body: string | undefined
  const form: [string, string][] = []
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-X') method = words.shift()
    else if (word === '-w' || word === '-o') words.shift()
    else if (word === '-N') continue
    else if (word === '-d') body = words.shift()
    else if (word === '--data-urlencode') {
      const [name = '', value = ''] = (words.shift() ?? '').split(/=(.*)/su)
      form.push([name, value])
    } else if (word === '-H') {
      const [name = '', value = ''] = (words.shift() ?? '').split(': ')
      headers[name] = value
    } else if (word.startsWith('-')) throw new Error(`curl is given ${word}`)
    else url = word
  }
  if (form.length > 0) {
    headers['Content-Type'] = 'application/x-www-form-urlencoded'
    body = String(new URLSearchParams(form))
  }
  return { method: method ?? (body === undefined ? 'GET' : 'POST'), url, headers, body }
}

/** Splits as a POSIX shell does: single quotes, double quotes with variables, bare words. */
function wordsOf(line: string, env: Readonly<Record<string, string>>): string[] {
  const words: string[] = []
  for (const [word] of line.matchAll(/(?:'[^']*'|"[^"]*"|\\'|[^\s'"\\])+/gu)) {
    const parts = [...word.matchAll(/'([^']*)'|"([^"]*)"|\\(')|([^'"\\]+)/gu)]
    words.push(
      parts
        .map(([, single, double, quote, bare]) => {
          return (
            single ??
            quote ??
            (double ?? bare ?? '').replaceAll(/\$(\w+)/gu, (_, name) => env[name] ?? '')
          )
        })
        .join(''),
    )
  }
  return words
}
