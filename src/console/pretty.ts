/** A body as people read it: JSON and XML with a line for each of their parts, all else as it is. */
export function prettyBody(text: string): string {
  if (isJson(text)) return prettyJson(text)
  return /^\s*<(?:xml|\?xml)/.test(text) ? prettyXml(text) : text
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const token = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/gu

/** Only the space between is changed: read and written anew, a msgid would lose its last digits. */
function prettyJson(text: string): string {
  const tokens = text.match(token) ?? []
  let depth = 0
  let out = ''
  for (const [n, one] of tokens.entries()) {
    const before = tokens[n - 1]
    const isEnd = one === '}' || one === ']'
    if (isEnd) depth--
    const isEmpty = isEnd && (before === '{' || before === '[')
    const isBegun = before === '{' || before === '[' || before === ','
    if ((isEnd && !isEmpty) || (isBegun && !isEnd)) out += `\n${'  '.repeat(depth)}`
    out += one === ':' ? ': ' : one
    if (one === '{' || one === '[') depth++
  }
  return out
}

/** WeChat's XML is flat: each element begins a line. */
function prettyXml(text: string): string {
  let depth = 0
  return text
    .replace(/>\s*</g, '>\n<')
    .split('\n')
    .map((line) => {
      if (/^<\//.test(line)) depth--
      const out = '  '.repeat(Math.max(0, depth)) + line
      if (/^<[^/?!][^>]*>$/.test(line) && !/\/>$/.test(line)) depth++
      return out
    })
    .join('\n')
}
