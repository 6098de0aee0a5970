/** Is a text an object, a list or a text of JSON? */
export function isJson(text: string): boolean {
  if (!/^\s*["{[]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The beginning of an object or list of JSON as far as it is whole, and what closes it; undefined: it is none. */
export function closeJson(start: string): { text: string; closing: string } | undefined {
  if (!/^\s*[{[]/.test(start)) return undefined
  const closing: string[] = []
  let end = 0
  for (const { 0: token, index } of start.matchAll(JSON_MARK)) {
    if (token.startsWith('"')) continue
    if (token === '{') closing.push('}')
    else if (token === '[') closing.push(']')
    else if (token !== ',') closing.pop()
    end = token === ',' ? index : index + 1
  }
  const whole = { text: start.slice(0, end), closing: closing.reverse().join('') }
  return isJson(whole.text + whole.closing) ? whole : undefined
}

/** Texts, the last of which may have no end, and what stands between values. */
const JSON_MARK = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|[{}[\],]/gs

/** What becomes of the tokens of a JSON text. `S`: what is known of the place. */
export interface JsonVisit<S> {
  /** What is known within the object or list that stands under a key. */
  within(state: S, key: string): S
  key(token: string, state: S): string
  /** A text or a number under a key; a list's members have the key of the list. */
  value(token: string, key: string, state: S): string
}

/** Of valid JSON, everything that is not blank, a colon, or one of the three words. */
const JSON_TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]|-?\d[\d.eE+-]*/g

interface Frame<S> {
  readonly isObject: boolean
  readonly state: S
  key: string
  wantsKey: boolean
}

/** Changes valid JSON as text: parsing would round big numbers, reorder keys and lose double ones. */
export function mapJson<S>(json: string, state: S, visit: JsonVisit<S>): string {
  let frame: Frame<S> = { isObject: false, state, key: '', wantsKey: false }
  const above: Frame<S>[] = []
  return json.replace(JSON_TOKEN, (token) => {
    if (token === '{' || token === '[') {
      above.push(frame)
      frame = openFrame(frame, token === '{', visit)
    } else if (token === '}' || token === ']') {
      frame = above.pop() ?? frame
    } else if (token === ',') {
      frame.wantsKey = frame.isObject
    } else if (frame.wantsKey) {
      frame.wantsKey = false
      frame.key = readText(token)
      return visit.key(token, frame.state)
    } else {
      return visit.value(token, frame.key, frame.state)
    }
    return token
  })
}

function openFrame<S>({ key, state }: Frame<S>, isObject: boolean, visit: JsonVisit<S>): Frame<S> {
  const inner = visit.within(state, key)
  return { isObject, state: inner, key: isObject ? '' : key, wantsKey: isObject }
}

/** A text token with its text changed; as it was written, when that changes nothing. */
export function mapJsonText(token: string, change: (text: string) => string): string {
  const text = readText(token)
  const changed = change(text)
  return changed === text ? token : JSON.stringify(changed)
}

/** What a text token says; most say it without an escape. */
function readText(token: string): string {
  return token.includes('\\') ? JSON.parse(token) : token.slice(1, -1)
}
