import type { CallListener, SeenCall } from './core/seen-call.ts'
import { printable } from './core/spelling.ts'
import { maskField, maskUrl } from './journal/mask.ts'

/** Where the lines go, and how wide it is. */
interface LineOptions {
  readonly stream: { write(text: string): unknown; readonly columns?: number | undefined }
  readonly color: boolean
}

/** What people at the simulator do themselves; their pages ask all the time. */
const unseen: ReadonlySet<string> = new Set(['control', 'console', 'phone'])

/** Shows each call of a platform, of WeChat's SDKs and of candidates in one line, as wide as the terminal. */
export function callLines({ stream, color }: LineOptions): CallListener {
  return (seen) => {
    if (unseen.has(seen.surface)) return
    stream.write(`${callLine(seen, { columns: stream.columns ?? columns_usual, color })}\n`)
  }
}

const columns_usual = 100
/** A narrower terminal breaks the line. */
const address_width_min = 20

/** `POST /tupu/v1/messages → 100011 association.known 139****9000 3 ms`, without a secret or a whole mobile. */
export function callLine(
  seen: SeenCall,
  { columns, color }: { readonly columns: number; readonly color: boolean },
): string {
  const isOutgoing = seen.surface === 'callback' || seen.surface === 'push'
  const begin = isOutgoing ? `${seen.surface} ${seen.method}` : seen.method
  const outcome = seen.outcome === 0 ? 'ok' : String(seen.outcome)
  const rest = [seen.reason, whoOf(seen)].filter((part) => part !== undefined && part !== '')
  const after = [...rest, `${seen.ms} ms`].map((part) => printable(String(part))).join(' ')
  const taken = widthOf(`${begin}  → ${outcome} ${after}`)
  const address = shorten(addressOf(seen.url), Math.max(address_width_min, columns - taken))
  const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text)
  return `${begin} ${address} → ${paint(seen.isGood ? green : red, outcome)} ${paint(dim, after)}`
}

const green = 32
const red = 31
const dim = 2

/** Its query says who calls, and is mostly long: the journal has it. */
function addressOf(url: string): string {
  const address = maskUrl(readable(url.replace(/[?#].*/s, '')), { reveal: false })
  return printable(address)
}

/** Chinese names in a path as they are read, as far as they can be. */
function readable(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

function whoOf({ who }: SeenCall): string | undefined {
  if (typeof who.mobile === 'string')
    return String(maskField('mobile', who.mobile, { reveal: false }))
  return typeof who.openid === 'string' ? shorten(who.openid, openid_width) : undefined
}

const openid_width = 10

/** A text that is too wide loses its middle. */
function shorten(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  const signs = [...text]
  const head: string[] = []
  const tail: string[] = []
  let left = width - 1
  while (left > 0) {
    const isHead = head.length <= tail.length
    const sign = (isHead ? signs.shift() : signs.pop()) ?? ''
    left -= widthOf(sign)
    if (left < 0) break
    if (isHead) head.push(sign)
    else tail.unshift(sign)
  }
  return `${head.join('')}…${tail.join('')}`
}

/** Signs that take two columns: East Asian ones, and pictures. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const mark = /\p{M}/u

/** How many columns of a terminal a text takes. */
function widthOf(text: string): number {
  let width = 0
  for (const sign of text) width += wide.test(sign) ? 2 : mark.test(sign) ? 0 : 1
  return width
}
