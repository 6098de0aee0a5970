import { z } from 'zod'
import type { Bundle, BundledExchange } from '../../control/bundle/format.ts'
import { StartError } from '../../start-error.ts'
import { sleep } from '../../world/clock.ts'
import { Bindings } from './bindings.ts'
import { type ComparedAnswer, compareAnswers, type Difference } from './compare.ts'
import { Browser, type Caller, makeRequest } from './request.ts'
import type { Beginning } from './world.ts'

/** Where a world is made again, and its calls with it. */
export interface Target {
  fetch(request: Request): Promise<Response>
  /** Undefined: it is in this process, and calls say themselves to which host they go. */
  readonly origin: string | undefined
  /** Of control calls. */
  readonly token: string | undefined
  /** The world is there already: whoever made the target has made it. */
  readonly hasWorld: boolean
}

/** A call whose answer is another one than before. */
export interface ReplayDifference extends Difference {
  readonly exchange: BundledExchange
}

/** How a replay went. */
export interface Replayed {
  readonly calls: number
  readonly differences: readonly ReplayDifference[]
}

/** Makes the world of a file again and its calls with it, in their order and at their instants, and compares the answers. */
export async function replay(
  bundle: Bundle,
  beginning: Beginning,
  target: Target,
): Promise<Replayed> {
  const run = new Run(bundle, target)
  await run.begin(beginning)
  const differences: ReplayDifference[] = []
  let calls = 0
  for (const exchange of beginning.calls.filter(isFromOutside)) {
    if (run.isOfRealTime(exchange)) {
      await run.moveTo(exchange)
      continue
    }
    calls++
    const found = await run.repeat(exchange)
    differences.push(...found.map((one) => ({ ...one, exchange })))
  }
  return { calls, differences }
}

/** A call within another is made by that one again; the one for a test message is left out in its place, because it keeps no answer. */
function isFromOutside({ direction, surface, url, request }: BundledExchange): boolean {
  const isDrills = surface === 'control' && Object.keys(request.headers).length === 0
  const isTestMessage = surface === 'console' && url.endsWith('/do/message.test')
  return direction === 'in' && !isDrills && !isTestMessage
}

/** An answer that a fault keeps back is waited for no longer. */
const held_back_ms = 3000
const answer_ms_max = 70_000

const rows = z.array(z.record(z.string(), z.unknown()))
const exported = z.object({ tables: z.record(z.string(), rows) })
type Row = Readonly<Record<string, unknown>>

/** A world on its way through the calls of a file. */
class Run {
  readonly #bundle: Bundle
  readonly #target: Target
  readonly #caller: Caller
  /** Its clock stands: real time would say when things happen. */
  #now = 0
  /** Aliases that were looked for among its rows. */
  readonly #sought = new Set<string>()
  /** The clock of the first world ran: how far an advance went, only its end says. */
  #ran: boolean

  constructor(bundle: Bundle, target: Target) {
    this.#bundle = bundle
    this.#target = target
    this.#ran = bundle.world.clock.mode === 'running'
    const { origin, token } = target
    const bindings = new Bindings(bundle.aliases)
    const secretOf = (eid: string) => this.#secretOf(eid)
    this.#caller = { bindings, browser: new Browser(), token, origin, secretOf }
  }

  async begin({ body, resets }: Beginning): Promise<void> {
    if (!this.#target.hasWorld) await this.#call('/worlds', body)
    for (let n = 0; n < resets; n++)
      await this.#call(`/worlds/${this.#bundle.world.world}/reset`, {})
    this.#now = Date.parse(z.object({ clock: z.object({ now: z.string() }) }).parse(body).clock.now)
    await this.#learnRows()
  }

  /** Makes a call again. Answers where its answer differs. */
  async repeat(exchange: BundledExchange): Promise<Difference[]> {
    const { bindings, browser } = this.#caller
    if (exchange.request.body === null)
      return [notMade('its body was not kept whole, or is no text')]
    if (isErased(exchange)) return [notMade('what was said in it was erased')]
    if (!movers.has(exchange.endpoint)) await this.moveTo(exchange)
    await this.#learnFor(`${exchange.url} ${exchange.request.body}`)
    const response = await this.#fetch(await makeRequest(exchange, this.#caller), exchange)
    if (movers.has(exchange.endpoint)) this.#now = Math.max(this.#now, Date.parse(exchange.at))
    // What a fault has kept back or broken, the file has whole.
    if (!response)
      return isHeldBack(exchange)
        ? []
        : [{ field: 'status', expected: String(exchange.status), actual: 'no answer' }]
    browser.keep(response)
    return compareAnswers(answerOf(exchange), await this.#read(response, exchange), bindings)
  }

  /** Whether a call moves a clock that runs: its answer follows from real time, and only where it ended is the same. */
  isOfRealTime({ endpoint, request }: BundledExchange): boolean {
    const runs = endpoint === 'clock.set' && /"mode"\s*:\s*"running"/.test(request.body ?? '')
    if (runs) this.#ran = true
    return runs || (this.#ran && movers.has(endpoint) && endpoint !== 'wait.run')
  }

  /** Leads the clock to the instant of a call. */
  async moveTo({ at }: BundledExchange): Promise<void> {
    const to = Date.parse(at)
    if (to <= this.#now) return
    const path = `/worlds/${this.#bundle.world.world}/clock/advance`
    const settled = z.object({ settled: z.boolean() })
    while (!settled.parse(JSON.parse(await this.#call(path, { to: at }))).settled);
    this.#now = to
  }

  async #fetch(request: Request, exchange: BundledExchange): Promise<Response | undefined> {
    const over = new AbortController()
    const ms = isHeldBack(exchange) ? held_back_ms : answer_ms_max
    try {
      return await Promise.race([
        this.#target.fetch(request),
        sleep(ms, over.signal).then(() => undefined),
      ])
    } catch {
      return undefined
    } finally {
      over.abort()
    }
  }

  async #read(response: Response, exchange: BundledExchange): Promise<ComparedAnswer> {
    const text = await response.text().catch(() => null)
    const isPage = response.headers.get('content-type')?.startsWith('text/html') === true
    if (isPage && text !== null) this.#caller.browser.see(text)
    const location = response.headers.get('location') ?? ''
    const { origin } = this.#target
    const host = String(exchange.request.headers['host'] ?? '')
    const asBefore = (shown: string) =>
      origin && host ? shown.replaceAll(origin, `http://${host}`) : shown
    return {
      status: response.status,
      location: asBefore(location),
      body: isPage || text === null ? null : asBefore(text),
    }
  }

  /** Reads the world's rows for aliases that a call has, once for each. */
  async #learnFor(text: string): Promise<void> {
    const open = this.#caller.bindings.openIn(text).filter((alias) => !this.#sought.has(alias))
    if (open.length === 0) return
    await this.#learnRows()
    for (const alias of open) this.#sought.add(alias)
  }

  /** Ids and secrets of this world, by the rows that say the same of the same. */
  async #learnRows(): Promise<void> {
    const text = await this.#ask(`/worlds/${this.#bundle.world.world}/export?secrets=true`)
    const { tables } = exported.parse(JSON.parse(text))
    for (const [table, keys] of natural_keys) {
      const nameOf = (row: Row) =>
        keys.map((key) => this.#caller.bindings.alias(String(row[key] ?? ''))).join(' ')
      const here = new Map((tables[table] ?? []).map((row) => [nameOf(row), row]))
      for (const row of this.#bundle.tables[table] ?? []) {
        const same = here.get(nameOf(row))
        for (const [column, value] of Object.entries(same ?? {}))
          if (typeof value === 'string')
            this.#caller.bindings.learn(String(row[column] ?? ''), value)
      }
    }
  }

  async #secretOf(eid: string): Promise<string | undefined> {
    const text = await this.#ask(`/worlds/${this.#bundle.world.world}/export?secrets=true`)
    const { tables } = exported.parse(JSON.parse(text))
    const secret = tables['account']?.find((row) => row['eid'] === eid)?.['partner_secret']
    return typeof secret === 'string' ? secret : undefined
  }

  async #call(path: string, body: object): Promise<string> {
    const init = {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }
    return this.#control(path, init)
  }

  #ask(path: string): Promise<string> {
    return this.#control(path, {})
  }

  async #control(path: string, init: RequestInit): Promise<string> {
    const { origin = 'http://sim.localhost', token } = this.#target
    const request = new Request(new URL(`/_sim/v1${path}`, origin), init)
    if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`)
    const fix = 'Give another --target, or none: then it is made in this process.'
    const response = await this.#target.fetch(request).catch((cause: unknown) => {
      throw new StartError(`No simulator answers at ${origin}.`, { field: 'target', fix, cause })
    })
    const text = await response.text()
    const isOurs = /^application\/json\b/.test(response.headers.get('content-type') ?? '')
    if (response.ok && isOurs) return text
    const said = `${path} was answered ${response.status}: ${text.slice(0, said_length_max)}`
    throw new StartError(`The world cannot be made again: ${said}`, { fix })
  }
}

/** As much of an answer is shown. */
const said_length_max = 400

/** Calls that move the clock themselves. */
const movers = new Set(['clock.advance', 'clock.set', 'wait.run'])

/** By what a row is the same in both worlds. */
const natural_keys = [
  ['official_account', ['appid']],
  ['account', ['key']],
  ['person', ['mobile']],
  ['follower', ['appid', 'person']],
] as const

function answerOf({ status, answer }: BundledExchange): ComparedAnswer {
  const location = Object.entries(answer.headers).find(
    ([name]) => name.toLowerCase() === 'location',
  )
  return { status, location: String(location?.[1] ?? ''), body: answer.body }
}

function notMade(why: string): Difference {
  return { field: 'request', expected: 'the call', actual: why }
}

function rulesIn({ decision }: BundledExchange): string[] {
  return decision.map((step) => (typeof step === 'string' ? step : String((step as Row)['rule'])))
}

function isErased(exchange: BundledExchange): boolean {
  return rulesIn(exchange).includes('association.erased')
}

/** Whether a fault, or a magic mobile, decided how the answer went out. */
function isHeldBack(exchange: BundledExchange): boolean {
  const rules = rulesIn(exchange)
  return rules.includes('fault.applied') || rules.includes('mobile.magic')
}
