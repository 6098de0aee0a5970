import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, it, onTestFinished, vi } from 'vitest'
import { openStore } from '../../db/open.ts'
import { buildApp } from '../../src/app.ts'
import { exactAnswer } from '../../src/http/exact.ts'
import { makeEngine } from '../../src/make-engine.ts'
import { ensureWorlds } from '../../src/start-worlds.ts'
import { default_profile } from '../../src/tupu/profile/profile.ts'
import { realNow } from '../../src/world/clock.ts'
import { endpoints, mountedPath, surfaceOf } from '../endpoint-calls.ts'
import { startSim } from '../sim.ts'
import { rawCall } from './raw.ts'

const host = 'sim.localhost'
/** What belongs to the connection. */
const transport = ['content-length', 'date', 'keep-alive']

/** An answer without what belongs to its connection, or to the real time in which calls of nobody live. */
function comparable(
  { status, text }: { readonly status: number; readonly text: string },
  headers: Iterable<[string, unknown]>,
) {
  const kept = [...headers].filter(([name]) => !transport.includes(name))
  const { 'x-sim-trace': trace, connection, ...rest } = Object.fromEntries(kept)
  const named = { ...rest, trace: typeof trace, closes: connection === 'close' }
  return { status, headers: named, text: text.replaceAll(/rid: [\w-]+|hint: \[.*?\]/g, 'rid') }
}

it('a call is answered alike over a port, where exact paths have a way of their own, and in process', async () => {
  const [near, far] = [await startSim(), await startSim({ listen: true })]
  const { acme, wang } = near
  const send = { eid: acme.eid, mobile: wang.mobile, message: '欢迎加入', client_msg_id: 'a' }
  const secret = new URLSearchParams({ appid: acme.appid, secret: acme.info.app_secret ?? '' })
  const json = (value: object) => Buffer.from(JSON.stringify(value))
  const gzip = { 'content-encoding': 'gzip' }
  const messages = '/tupu/v1/messages'
  const token = '/cgi-bin/token'
  const calls: [method: string, path: string, body?: Uint8Array, headers?: object][] = [
    ['POST', messages, json(send)],
    ['POST', messages, json(send)],
    ['POST', `/w/test${messages}?lang=en`, json({ ...send, client_msg_id: 'b' })],
    ['POST', `/as/li${messages}`, json({ ...send, mobile: '1' })],
    ['POST', messages, gzipSync(json({ ...send, client_msg_id: 'c' })), gzip],
    ['POST', messages, json(send), gzip],
    ['POST', messages, Buffer.from('{')],
    ['POST', messages, Buffer.alloc(1_048_577, ' ')],
    ['POST', messages],
    ['GET', `${messages}?eid=${acme.eid}&client_msg_id=a`],
    ['HEAD', `${messages}?eid=${acme.eid}&client_msg_id=a`],
    ['PUT', messages, json(send)],
    ['OPTIONS', messages],
    ['POST', `${messages}/`, json(send)],
    ['POST', '/tupu/v1/%6dessages', json(send)],
    ['GET', `${token}?grant_type=client_credential&${secret}`],
    ['POST', `/api.weixin.qq.com${token}`],
    ['DELETE', token],
    ['POST', '/cgi-bin/stable_token', Buffer.alloc(1_048_577, ' ')],
    ['GET', `/w/test/sns/auth?access_token=x&openid=y`],
    ['GET', `/tupu/v1/accounts/${acme.eid}`],
  ]
  for (const [method, path, body, more] of calls) {
    const headers = { host, ...more }
    const inside = await near.sim.fetch(
      new Request(`http://${host}${path}`, {
        method,
        headers,
        ...(body && { body }),
      } as RequestInit),
    )
    const chunks = body ? [body] : []
    const outside = await rawCall(String(far.sim.url) + path, {
      method,
      headers: { ...headers, connection: 'keep-alive' },
      chunks,
    })
    expect({ method, path, ...comparable(outside, Object.entries(outside.headers)) }).toEqual({
      method,
      path,
      ...comparable({ status: inside.status, text: await inside.text() }, inside.headers),
    })
  }
  expect(await far.world.messages()).toEqual(await near.world.messages())
})

/** A server that has the short way alone: of what it leaves it says so. */
async function shortWay(profiles = [default_profile]) {
  const { app, ...built } = buildApp(profiles)
  const store = await openStore(':memory:')
  const closing = new AbortController().signal
  const of = { store, ...built, profiles, closing, clock: realNow }
  const engine = makeEngine({}, of)
  await ensureWorlds(engine, { demo: false, worlds: [], origin: `http://${host}` })
  const answer = exactAnswer(engine, app)
  const server = createServer((incoming, outgoing) => {
    if (!answer(incoming, outgoing)) outgoing.writeHead(418).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await store.close()
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return async (method: string, path: string, headers = {}) => {
    const { status } = await rawCall(`http://127.0.0.1:${port}${path}`, { method, headers })
    return status === 418 ? 'left' : 'taken'
  }
}

it('every call of an open API with an exact path goes the short way, and no other', async () => {
  const call = await shortWay()
  const wrong: string[] = []
  for (const endpoint of endpoints.values()) {
    // What shares its path with a page is asked for its body first.
    const isExact =
      surfaceOf(endpoint) !== 'control' && !endpoint.path.includes('{') && !endpoint.takes
    for (const method of endpoint.methods) {
      const way = await call(method, mountedPath(endpoint).replaceAll(/[{}]/g, ''))
      if (way !== (isExact ? 'taken' : 'left')) wrong.push(`${method} ${endpoint.id}: ${way}`)
    }
  }
  expect(wrong).toEqual([])
})

it.each([
  ['POST', '/w/test/tupu/v1/messages', 'taken'],
  ['POST', '/as/li/tupu/v1/messages?x=%ff', 'taken'],
  ['GET', '/w/test/api.weixin.qq.com/cgi-bin/token', 'taken'],
  ['PUT', '/tupu/v1/messages', 'left'],
  ['HEAD', '/tupu/v1/messages', 'left'],
  ['OPTIONS', '/tupu/v1/messages', 'left'],
  ['POST', '/tupu/v1/messages/', 'left'],
  ['POST', '/tupu/v1/Messages', 'left'],
  ['POST', '/tupu/v1/%6dessages', 'left'],
  ['POST', '//tupu/v1/messages', 'left'],
  ['GET', '/tupu/v1/accounts/:eid', 'left'],
  ['GET', '/connect/oauth2/authorize', 'left'],
  ['GET', '/livez', 'left'],
  ['GET', '/', 'left'],
])('%s %s is %s', async (method, path, way) => {
  expect(await (await shortWay())(method, path)).toBe(way)
})

it.each([
  ['localhost', 'taken'],
  ['LOCALHOST:8878', 'taken'],
  ['[::1]:80', 'taken'],
  ['10.0.0.1:65535', 'taken'],
  ['localhost:', 'left'],
  ['localhost:65536', 'left'],
  ['127.1', 'left'],
  ['a b', 'left'],
  ['user@localhost', 'left'],
  ['localhost/x', 'left'],
])('a request to the host "%s" is %s, also after another', async (name, way) => {
  const call = await shortWay()
  await call('POST', '/tupu/v1/messages')
  expect(await call('POST', '/tupu/v1/messages', { host: name })).toBe(way)
})

it('a path over which another route lies is left to that', async () => {
  const call = await shortWay([default_profile, { ...default_profile, name: 'x', base: '/apply' }])
  // POST /apply/{eid} is the application for an account.
  expect(await call('POST', '/apply/messages')).toBe('left')
  expect(await call('POST', '/tupu/v1/messages')).toBe('taken')
})

it('whoever hangs up in the middle of a body leaves a line in the log, and nothing else', async () => {
  const log = vi.fn()
  const { sim, world, http } = await startSim({ listen: true, log })
  const { port, hostname } = new URL(String(sim.url))
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.write('POST /tupu/v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"e')
  // Its head has been read: a later one was answered.
  await http('GET', '/livez')
  socket.destroy()
  await vi.waitFor(() => expect(log).toHaveBeenCalled())
  expect(log.mock.calls).toEqual([['warn', 'request.failed', { error: 'aborted' }]])
  expect(await world.messages()).toEqual([])
})
