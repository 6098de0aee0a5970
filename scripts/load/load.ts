import { connect, type Socket } from 'node:net'
import { z } from 'zod'
import { stopwatch } from '../../src/world/clock.ts'
import { answerParent } from './parent.ts'
import { mobileOf } from './request.ts'
import { closeStreams, openStreams } from './streams.ts'

/**
 * The load: keep-alive connections, one request at a time on each, whose bytes are made beforehand except for
 * the mobile of a send. Every answer is checked.
 */
const round = z.object({
  port: z.int(),
  connections: z.int(),
  /** Uncounted time at the beginning, and the time that counts. */
  warm_ms: z.number(),
  ms: z.number(),
  /** Ends after so many answers instead, when given. */
  answers: z.int().optional(),
  requests: z.array(z.string()).min(1),
  expected: z.string(),
  associations: z.int(),
})
type Round = z.output<typeof round>

/** Far from its neighbour, and every mobile once before the first comes again. */
const stride = 611_953

let sent = 0

answerParent({
  send: (question) => run(round.parse(question)),
  open: openStreams,
  close: closeStreams,
  stop: () => {},
})

async function run(order: Round) {
  const { port, connections, warm_ms, ms, requests, expected, associations } = order
  const us = stopwatch()
  const latencies: number[] = []
  let all = 0
  let longest_us = 0
  const goOn = () =>
    order.answers === undefined ? us() < (warm_ms + ms) * 1000 : all < order.answers
  const answered = (took_us: number) => {
    all++
    longest_us = Math.max(longest_us, took_us)
    const now = us()
    if (now >= warm_ms * 1000 && now < (warm_ms + ms) * 1000) latencies.push(took_us)
    return goOn()
  }
  const lines = Array.from({ length: connections }, (_, n) => {
    const request = requests[n % requests.length] ?? ''
    return converse({ port, request, expected, associations, us, answered })
  })
  await Promise.all(lines)
  latencies.sort((a, b) => a - b)
  const at = (part: number) => latencies[Math.floor(latencies.length * part)] ?? 0
  return {
    answers: all,
    whole_ms: us() / 1000,
    rate: latencies.length / (ms / 1000),
    p50_us: at(0.5),
    p99_us: at(0.99),
    // Of all of them: the longest comes when the time is over, perhaps.
    max_us: longest_us,
  }
}

interface Conversation {
  readonly port: number
  readonly request: string
  readonly expected: string
  readonly associations: number
  readonly us: () => number
  /** Notes an answer, and says whether to go on. */
  readonly answered: (took_us: number) => boolean
}

/** One connection, until it is told to end. */
function converse(of: Conversation): Promise<void> {
  const { port, request, expected, associations, us, answered } = of
  const bytes = Buffer.from(request)
  const mobile_at = bytes.indexOf(mobileOf(0))
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    let since = 0
    let heard = ''
    let over = false
    const send = () => {
      // The last request is answered, so its bytes have left and may be written over.
      if (mobile_at >= 0)
        bytes.write(mobileOf((sent++ * stride) % associations), mobile_at, 'latin1')
      since = us()
      socket.write(bytes)
    }
    socket.on('connect', send)
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1')
      if (!isWhole(heard)) return
      if (!heard.startsWith('HTTP/1.1 200 ') || !heard.includes(expected))
        return socket.destroy(new Error(`not accepted: ${heard}`))
      heard = ''
      if (answered(us() - since)) return send()
      over = true
      socket.end()
    })
    socket.on('error', reject)
    socket.on('close', () => (over ? resolve() : reject(new Error('closed by the server'))))
  })
}

function isWhole(heard: string): boolean {
  const head = heard.indexOf('\r\n\r\n')
  if (head < 0) return false
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(heard)?.[1]
  if (length === undefined) throw new Error(`an answer without its length: ${heard}`)
  return heard.length >= head + 4 + Number(length)
}
