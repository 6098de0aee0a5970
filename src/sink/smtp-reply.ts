import type { Socket } from 'node:net'
import { breakOff, dropsOf } from '../core/broken-wire.ts'
import type { Answer } from '../core/surface.ts'
import { sleep } from '../world/clock.ts'

/** How a mail server says what became of a mail: an error with a code, or a text. */
type Say = (error: Error | null, text?: string) => void

/** A line of SMTP. */
interface Reply {
  readonly code: number
  readonly text: string
}

/** Answers a mail as the call that it was is answered: in the words of SMTP, and late or not whole where a fault wants that. */
export async function sendReply(
  answer: Answer,
  { socket, say, closing }: { socket: Socket; say: Say; closing: AbortSignal },
): Promise<void> {
  const { transport, delay_ms = 0 } = answer.wire ?? {}
  const reply = replyTo(answer)
  const gone = AbortSignal.any([closeOf(socket), closing])
  if (delay_ms > 0) await sleep(delay_ms, gone)
  if (socket.destroyed) return
  if (isGarbage(answer)) return void socket.end(answer.body)
  if (await breakOff(socket, transport, gone)) return
  switch (transport) {
    case 'truncate':
      return void socket.end(halfOf(`${reply.code} ${reply.text}\r\n`))
    case 'drip':
      dripNext(socket, gone)
      return sayReply(say, reply)
    default:
      return sayReply(say, reply)
  }
}

/** A no in the words of SMTP. */
export function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(oneLine(text)), { responseCode })
}

function sayReply(say: Say, { code, text }: Reply): void {
  if (code === accepted) say(null, text)
  else say(refusal(code, text))
}

const accepted = 250
const codes_min = 421
const codes_max = 599

/** What was refused has an HTTP status, which some numbers of SMTP are, too; a fault may bring a code of its own. */
function replyTo({ status, code, headers, body }: Answer): Reply {
  if (code === 0) {
    const trace = headers['X-Sim-Trace'] ?? 'a mail'
    return { code: accepted, text: status === 201 ? `kept as ${trace}` : textOf(body) }
  }
  const isOwn = code >= codes_min && code <= codes_max && code !== 422
  const usual = status >= 500 ? 451 : 550
  return { code: isOwn ? code : usual, text: textOf(body) }
}

/** The reason of a problem; of what a fault has given, all of it. */
function textOf(body: Buffer): string {
  const text = body.toString('utf8')
  try {
    const { reason = text } = Object(JSON.parse(text)) as { reason?: string }
    return oneLine(reason)
  } catch {
    return oneLine(text) || 'refused'
  }
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ')
}

/** Where a good status comes with no good code, there is nothing in it that a client could read. */
function isGarbage({ status, code, wire }: Answer): boolean {
  return wire?.transport === undefined && status === 200 && code !== 0
}

function halfOf(line: string): Buffer {
  const bytes = Buffer.from(line)
  return bytes.subarray(0, Math.floor(bytes.length / 2))
}

/** Lets the next line that is written on a socket go out drop by drop. */
function dripNext(socket: Socket, gone: AbortSignal): void {
  const write = socket.write.bind(socket)
  const drip = async (line: string) => {
    for await (const drop of dropsOf(Buffer.from(line), gone)) write(drop)
  }
  socket.write = (line: unknown) => {
    socket.write = write
    void drip(String(line))
    return true
  }
}

function closeOf(socket: Socket): AbortSignal {
  const closed = new AbortController()
  socket.once('close', () => closed.abort())
  if (socket.destroyed) closed.abort()
  return closed.signal
}
