import { Agent, request } from 'node:http'
import { z } from 'zod'
import { stopwatch } from '../../src/world/clock.ts'

/** Pushed in one go, each by its own connection. */
const pushes_count = 500
const key = 'pushing'

/** How fast WeChat's pushes go to a handler that answers at once, and as many plain POSTs of their size. */
export interface Pushed {
  readonly pushes_per_s: number
  readonly bare_per_s: number
}

type At = { readonly port: number }

const settled = z.object({ settled: z.literal(true) })
const page = z.object({ items: z.array(z.object({ state: z.string(), xml: z.string() })) })

/** In a world of its own, whose clock stands until everything is written: then all that is due goes out, one after the other. */
export async function measurePushes(simulator: At, handler: At, rounds: number): Promise<Pushed[]> {
  const server = { url: `http://127.0.0.1:${handler.port}/` }
  const accounts = [{ key: 'acme', company: '晨光科技', server }]
  const people = [{ key: 'li', name: '李雷', follows: ['acme'] }]
  const clock = { mode: 'frozen' }
  await call(simulator, 'worlds', { name: key, clock, accounts, people })
  await pushAll(simulator, 50)
  const found: Pushed[] = []
  for (let n = 0; n < rounds; n++) {
    const pushes_per_s = await pushAll(simulator, pushes_count)
    found.push({ pushes_per_s, bare_per_s: await postAll(handler, await newestXml(simulator)) })
  }
  return found
}

/** Pushes in a second. */
async function pushAll(simulator: At, count: number): Promise<number> {
  const text = {
    account: 'acme',
    content: '您好，请问入职当天需要携带哪些材料，几点到前台办理手续？',
  }
  for (let n = 0; n < count; n++) await call(simulator, `worlds/${key}/people/li/text`, text)
  const us = stopwatch()
  settled.parse(await call(simulator, `worlds/${key}/clock/advance`, { by: 'PT0S' }))
  return (count * 1e6) / us()
}

/** What was pushed last, which has been taken. */
async function newestXml({ port }: At): Promise<string> {
  const url = `http://127.0.0.1:${port}/_sim/v1/worlds/${key}/pushes?order=newest`
  const { items } = page.parse(await (await fetch(url)).json())
  if (!items.every(({ state }) => state === 'delivered')) throw new Error('a push was not taken')
  return items[0]?.xml ?? ''
}

async function postAll({ port }: At, body: string): Promise<number> {
  const agent = new Agent({ keepAlive: false })
  const us = stopwatch()
  for (let n = 0; n < pushes_count; n++) await post({ port, agent, body })
  return (pushes_count * 1e6) / us()
}

function post({ port, agent, body }: At & { agent: Agent; body: string }): Promise<void> {
  return new Promise((done, failed) => {
    const headers = { 'Content-Type': 'text/xml', 'Content-Length': Buffer.byteLength(body) }
    const sent = request({ host: '127.0.0.1', port, method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('end', done)
    })
    sent.on('error', failed).end(body)
  })
}

async function call({ port }: At, path: string, body: object): Promise<unknown> {
  const url = `http://127.0.0.1:${port}/_sim/v1/${path}`
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}
