import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { startSim } from '../sim.ts'

interface Running {
  readonly source: string
}
type Method = (this: Running, ...parameters: unknown[]) => unknown

/** Collects the statements that SQLite runs from now on; those around a transaction are none of ours. */
function watchStatements(): string[] {
  const seen: string[] = []
  const statement = new Sqlite(':memory:').prepare('select 1')
  const prototype: Record<'all' | 'get' | 'run', Method> = Object.getPrototypeOf(statement)
  for (const name of ['all', 'get', 'run'] as const) {
    const original = prototype[name]
    prototype[name] = function (this: Running, ...parameters: unknown[]) {
      if (/^(select|insert|update|delete)/iu.test(this.source)) seen.push(this.source)
      return original.apply(this, parameters)
    }
    onTestFinished(() => {
      prototype[name] = original
    })
  }
  return seen
}

async function startAtChat() {
  const sim = await startSim()
  const { http, platform, acme, wang } = sim
  const path = `/w/test/phone/${wang.id}/chat/${acme.appid}`
  await http('GET', path)
  const sends = () => platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入' })
  await sends()
  const seen = watchStatements()
  return {
    sends,
    opens: async (headers: Record<string, string> = {}) => {
      const from = seen.length
      const { status } = await http('GET', path, undefined, headers)
      expect(status).toBe(200)
      return seen.slice(from)
    },
    unread: async () => (await wang.phone())['unread'],
  }
}

/** Of those that a page could make: it writes down what was read. */
const isWrite = (statement: string) => /^update "follower"/iu.test(statement)

it('reads what a conversation shows once, in at most seven statements', async () => {
  const { opens, sends } = await startAtChat()
  const openings: string[][] = []
  for (let n = 0; n < 3; n++) {
    openings.push(await opens())
    await sends()
  }
  // What the simulator does by itself may come in between: the quietest opening counts.
  const [quietest = []] = openings.toSorted((a, b) => a.length - b.length)
  expect(quietest.length).toBeGreaterThan(3)
  expect(quietest.length).toBeLessThanOrEqual(7)
  expect(new Set(quietest).size).toBe(quietest.length)
  expect(quietest.filter(isWrite)).toHaveLength(1)
})

it('writes nothing where nothing is unread', async () => {
  const { opens } = await startAtChat()
  await opens()
  expect((await opens()).filter(isWrite)).toEqual([])
})

it.each([{ 'sec-purpose': 'prefetch;prerender' }, { purpose: 'prefetch' }])(
  'reads nothing for a person whose browser only looks ahead: %j',
  async (headers) => {
    const { opens, unread } = await startAtChat()
    expect((await opens(headers)).filter(isWrite)).toEqual([])
    expect(await unread()).toBe(1)
    await opens()
    expect(await unread()).toBe(0)
  },
)
