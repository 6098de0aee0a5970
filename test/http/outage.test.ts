import { connect, createServer, type Server, type Socket } from 'node:net'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../db/open.ts'
import type { Store } from '../../db/unit.ts'
import { buildApp } from '../../src/app.ts'
import { makeEngine } from '../../src/make-engine.ts'
import { ensureWorlds } from '../../src/start-worlds.ts'
import { readProfiles } from '../../src/tupu/profile/list.ts'
import { freshDatabase } from '../database.ts'
import { beside, emptyPlace } from '../db/place.ts'

interface Line {
  readonly event: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** All of the program but its port and its scheduler, over a store of the test's own, with a clock that the test moves. */
async function startOver(data: string) {
  const store = await openStore(data)
  onTestFinished(() => store.close())
  const { app, ...built } = buildApp(readProfiles([]))
  const lines: Line[] = []
  let real = Date.now()
  const engine = makeEngine(
    { log: (_level, event, fields = {}) => void lines.push({ event, fields }) },
    {
      store,
      ...built,
      profiles: readProfiles([]),
      closing: new AbortController().signal,
      clock: () => real,
    },
  )
  await ensureWorlds(engine, { demo: true, worlds: [], origin: 'http://sim.localhost' })
  const call = async (method: string, path: string, body?: object) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const request = new Request(`http://sim.localhost${path}`, { method, ...sent })
    const response = await app.fetch(request, { engine })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text }
  }
  const pass = (ms: number) => {
    real += ms
  }
  return { store, lines, call, pass }
}

type Started = Awaited<ReturnType<typeof startOver>>

/** A call of each kind that writes something, with a body as large as may be: all end in rows. */
const padding = 'x'.repeat(900_000)
const calls = [
  { of: 'TUPU', path: '/tupu/v1/messages', body: { eid: 'nobody', padding } },
  { of: 'WeChat', path: '/cgi-bin/stable_token', body: { appid: 'nobody', padding } },
  { of: 'the control API', path: '/_sim/v1/worlds', body: { name: 'more', padding } },
]

async function expectOutage({ call }: Started, expected: { status: number; type: string }) {
  for (const { path, body } of calls) {
    const { status, headers, text } = await call('POST', path, body)
    expect({ path, status, text: JSON.parse(text) }).toEqual({
      path,
      status: expected.status,
      text: {
        type: expected.type,
        title: expect.stringMatching(/^The simulator /),
        status: expected.status,
        field: null,
        reason: expect.any(String),
        fix: expect.stringContaining('goes on by itself'),
      },
    })
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  }
  const ready = await call('GET', '/readyz')
  expect({ status: ready.status, text: ready.text }).toEqual({
    status: 503,
    text: '{"ready":false}',
  })
  expect((await call('GET', '/livez')).status).toBe(200)
}

/** It goes on by itself: what was refused is done when it is sent again. */
async function expectGoesOn({ call, pass }: Started) {
  pass(1000)
  await expect.poll(async () => (await call('GET', '/readyz')).status).toBe(200)
  for (const { of, path, body } of calls) {
    const { status, text } = await call('POST', path, { ...body, padding: undefined })
    expect({ of, status, isOutage: text.includes('storage_') }).toEqual({
      of,
      status: of === 'the control API' ? 201 : 200,
      isOutage: false,
    })
  }
}

const limitPages = (store: Store, pages: number) =>
  store.unit('limit', ({ db }) => db.write(sql.raw(`pragma max_page_count = ${pages}`)))

describe('a disk that is full', () => {
  it('answers 507 on every surface in the name of the simulator, and is over by itself', async () => {
    const data = await emptyPlace('sqlite')
    const started = await startOver(data)
    const { store } = started
    await limitPages(store, 1)
    await expectOutage(started, { status: 507, type: 'storage_full' })
    await limitPages(store, 1_000_000)
    await expectGoesOn(started)
  })

  it('gets one line a second in the log, however much fails', async () => {
    const started = await startOver(await emptyPlace('sqlite'))
    const { store, lines, call, pass } = started
    await limitPages(store, 1)
    const send = () => call('POST', '/tupu/v1/messages', { eid: 'nobody', padding })
    await Promise.all(Array.from({ length: 10 }, send))
    await send()
    const first = { event: 'storage_full', fields: { error: 'database or disk is full' } }
    expect(lines).toMatchObject([first])
    pass(1000)
    await send()
    expect(lines).toMatchObject([first, { event: 'storage_full', fields: { failed_since: 10 } }])
  })
})

describe('a file that another program has locked', () => {
  it('answers 503 on every surface, and is over by itself', async () => {
    const data = await emptyPlace('sqlite')
    const started = await startOver(data)
    const other = await beside(data)
    other.rows('begin immediate')
    await expectOutage(started, { status: 503, type: 'storage_away' })
    for (const path of ['/', '/phone', '/metrics']) {
      expect(await started.call('GET', path)).toMatchObject({ status: 503 })
    }
    expect(new Set(started.lines.map(({ event }) => event))).toEqual(new Set(['storage_away']))
    other.rows('rollback')
    await expectGoesOn(started)
  })
})

/** The way to a server, which a test can close and open. */
async function startWay(url: string) {
  const to = new URL(url)
  const sockets = new Set<Socket>()
  let server: Server | undefined
  const open = (port: number) =>
    new Promise<number>((resolve) => {
      server = createServer((from) => {
        const onward = connect(Number(to.port), to.hostname)
        for (const socket of [from, onward]) {
          sockets.add(socket)
          socket.on('error', () => {})
          socket.once('close', () => sockets.delete(socket))
        }
        from.pipe(onward).pipe(from)
      })
      server.listen(port, '127.0.0.1', () => {
        const address = server?.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
  const close = () =>
    new Promise<void>((resolve) => {
      server?.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  const port = await open(0)
  onTestFinished(close)
  const way = new URL(url)
  way.port = String(port)
  return { data: way.href, close, reopen: () => open(port) }
}

describe('a PostgreSQL server that is away', () => {
  it('answers 503 on every surface, and is over by itself', async () => {
    const way = await startWay(await freshDatabase('postgres'))
    const started = await startOver(way.data)
    await way.close()
    await expectOutage(started, { status: 503, type: 'storage_away' })
    expect(started.lines).toMatchObject([{ event: 'storage_away' }])
    await way.reopen()
    await expectGoesOn(started)
  })
})
