import { expect, it, onTestFinished } from 'vitest'
import { onBoth } from '../database.ts'
import { type Sim, startSim } from '../sim.ts'
import { journal_path as exchanges, type Page } from './journal-scene.ts'

/** One reader of the stream, over a port. */
class Reader {
  readonly ids: number[] = []
  readonly #hangUp = new AbortController()
  #text = ''
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined

  async open(url: string, seen?: number): Promise<Response> {
    const headers: Record<string, string> =
      seen === undefined ? {} : { 'last-event-id': String(seen) }
    const response = await fetch(url, { headers, signal: this.#hangUp.signal })
    this.#reader = response.body?.getReader()
    onTestFinished(() => this.hangUp())
    return response
  }

  /** Reads until there are so many events; false: the stream has ended before. */
  async reads(count: number): Promise<boolean> {
    while (this.ids.length < count) {
      const read = await this.#reader?.read()
      if (!read || read.done) return false
      this.#text += Buffer.from(read.value).toString('utf8')
      const blocks = this.#text.split('\n\n')
      this.#text = blocks.pop() ?? ''
      for (const block of blocks) {
        const [, id, data] = /^id: (\d+)\ndata: (.*)$/.exec(block) ?? []
        if (id === undefined) continue
        expect(JSON.parse(data ?? '')).toMatchObject({ seq: Number(id) })
        this.ids.push(Number(id))
      }
    }
    return true
  }

  hangUp(): void {
    this.#hangUp.abort()
  }
}

async function seqsOf({ world }: Sim, filter: object = {}): Promise<number[]> {
  const { items } = (await world.call('exchange.list', { limit: 500, ...filter })) as Page
  return items.map(({ seq }) => seq).reverse()
}

const metric = async ({ http }: Sim) =>
  Number(/^tupu_sim_waiters (\d+)$/m.exec((await http('GET', '/metrics')).text)?.[1])

onBoth('the stream of exchanges', (database) => {
  it('sends what is there, then what comes, and goes on where a reader stopped: nothing is left out or comes twice', async () => {
    const sim = await startSim({ database, listen: true })
    const { acme, platform, sim: program } = sim
    const url = `${program.url}${exchanges}/stream`
    const send = (mobile: string) => platform.sends(acme, { mobile })
    for (let n = 0; n < 60; n++) await send(`x${n}`)
    const first = new Reader()
    const { headers } = await first.open(url)
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(await first.reads(61)).toBe(true)
    const live = Promise.all(Array.from({ length: 10 }, (_, n) => send(`y${n}`)))
    expect(await first.reads(65)).toBe(true)
    first.hangUp()
    await live
    const second = new Reader()
    await second.open(url, first.ids.at(-1))
    const rest = send('13900139000')
    await rest
    expect(await second.reads(72 - first.ids.length)).toBe(true)
    expect([...first.ids, ...second.ids]).toEqual(await seqsOf(sim))
  })

  it('sends what fits its filters alone, and ends with the life of its world', async () => {
    const sim = await startSim({ database, listen: true })
    const { acme, wang, platform, world, sim: program } = sim
    await platform.sends(acme, { mobile: wang.mobile })
    const reader = new Reader()
    await reader.open(`${program.url}${exchanges}/stream?surface=tupu&errcode=!0`)
    await platform.sends(acme, { mobile: '13900139000' })
    expect(await reader.reads(1)).toBe(true)
    expect(reader.ids).toEqual(await seqsOf(sim, { surface: 'tupu', errcode: '!0' }))
    await world.reset()
    expect(await reader.reads(2)).toBe(false)
  })

  it('a list that waits is answered by the first exchange that fits', async () => {
    const sim = await startSim({ database })
    const { acme, wang, platform, world } = sim
    await platform.sends(acme, { mobile: wang.mobile })
    const waiting = world.call('exchange.list', { mobile: '13900139000', wait: 'PT60S' })
    await expect.poll(() => metric(sim)).toBe(1)
    await platform.sends(acme, { mobile: wang.mobile })
    await platform.sends(acme, { mobile: '139 0013 9000' })
    expect(await waiting).toMatchObject({ items: [{ endpoint: 'message.send' }], more: false })
    expect(await seqsOf(sim, { mobile: '13900139000', wait: 'PT60S' })).toHaveLength(1)
  })
})

it('a stream that is not to follow ends when all is sent, and one ends with the simulator', async () => {
  const sim = await startSim({ listen: true })
  const url = `${sim.sim.url}${exchanges}/stream`
  const [seq] = await seqsOf(sim)
  expect(await (await fetch(`${url}?follow=false`)).text()).toMatch(
    new RegExp(`^retry: 1000\n\nid: ${seq}\ndata: \\{.*\\}\n\n$`),
  )
  expect(await (await fetch(`${url}?follow=false&after=${seq}`)).text()).toBe('retry: 1000\n\n')
  const reader = new Reader()
  await reader.open(url)
  expect(await reader.reads(1)).toBe(true)
  await sim.sim.close()
  expect(await reader.reads(2)).toBe(false)
})

it('whoever hangs up is not waited for, and an id that is none is refused', async () => {
  const sim = await startSim({ listen: true })
  const url = `${sim.sim.url}${exchanges}/stream`
  const readers = Array.from({ length: 5 }, () => new Reader())
  for (const reader of readers) await reader.open(url)
  await expect.poll(() => metric(sim)).toBe(5)
  for (const reader of readers) reader.hangUp()
  await expect.poll(() => metric(sim)).toBe(0)
  const wrong = await sim.http('GET', `${exchanges}/stream`, undefined, { 'last-event-id': 'x' })
  expect(wrong).toMatchObject({ status: 422, json: { field: 'Last-Event-ID' } })
})

it('a wait ends with nothing when its time is over, and nothing older than a cursor is waited for', async () => {
  const { world } = await startSim()
  const none = { surface: 'sink' }
  expect(await world.call('exchange.list', { ...none, wait: 'PT0.1S' })).toMatchObject({
    items: [],
  })
  expect(await world.call('exchange.list', { ...none, wait: 'PT60S', after: '1' })).toMatchObject({
    items: [],
    next_cursor: null,
  })
})
