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
  await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入' })
  const seen = watchStatements()
  return {
    opens: async (headers: Record<string, string> = {}) => {
      const from = seen.length
      const { status } = await http('GET', path, undefined, headers)
      expect(status).toBe(200)
      return seen.slice(from)
    },
    unread: async () => (await wang.phone())['unread'],
  }
}

const isWrite = (statement: string) => !/^select/iu.test(statement)

it('reads what a conversation shows once, in at most eleven statements', async () => {
  const { opens } = await startAtChat()
  const first = await opens()
  expect(first.length).toBeLessThanOrEqual(11)
  expect(new Set(first).size).toBe(first.length)
  expect(first.filter(isWrite)).toHaveLength(1)
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
