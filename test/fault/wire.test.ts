import { request } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { type Sim, startSim } from '../sim.ts'
import { breaks } from './breaks.ts'

/** What a client saw: the body, or by which error none came. */
type Seen = { readonly text: string } | { readonly error: string }

interface Asked {
  readonly url: string
  readonly body: string
}

function askOf({ sim, acme, wang }: Sim): Asked {
  const body = JSON.stringify({ eid: acme.eid, mobile: wang.mobile, message: '欢迎加入' })
  return { url: `${sim.url}/w/test/tupu/v1/messages`, body }
}

/** By undici, which SDKs and Node's own `fetch` use. */
async function byFetch({ url, body }: Asked): Promise<Seen> {
  try {
    return { text: await (await fetch(url, { method: 'POST', body })).text() }
  } catch (error) {
    const { message, cause } = error as Error & { cause: { code?: string } }
    return { error: `${message} ${cause.code}` }
  }
}

function byNode({ url, body }: Asked): Promise<Seen> {
  return new Promise((resolve) => {
    const fail = (error: Error & { code?: string }) =>
      resolve({ error: error.code ?? error.message })
    const call = request(url, { method: 'POST', agent: false }, (answer) => {
      let text = ''
      answer.on('data', (part) => {
        text += part
      })
      answer.on('end', () => resolve({ text }))
      answer.on('error', fail)
    })
    call.on('error', fail)
    call.end(body)
  })
}

/** Byte by byte, without any client. */
function bySocket({ url, body }: Asked): Promise<{ bytes: string; end: string; pieces: number }> {
  const { hostname, port, pathname, host } = new URL(url)
  return new Promise((resolve) => {
    let [bytes, pieces] = ['', 0]
    const socket = connect({ host: hostname, port: Number(port) })
    socket.on('data', (part) => {
      bytes += part
      pieces++
    })
    socket.on('error', (error: Error & { code?: string }) =>
      resolve({ bytes, pieces, end: error.code ?? '' }),
    )
    socket.on('end', () => {
      socket.end()
      resolve({ bytes, pieces, end: 'closed' })
    })
    const length = Buffer.byteLength(body)
    const head = `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${length}\r\n`
    socket.write(`${head}Connection: close\r\n\r\n${body}`)
  })
}

describe('on a real socket', () => {
  it.each([
    {
      transport: 'reset',
      byFetch: 'fetch failed ECONNRESET',
      byNode: 'ECONNRESET',
      end: 'ECONNRESET',
    },
    {
      transport: 'empty',
      byFetch: 'fetch failed UND_ERR_SOCKET',
      byNode: 'ECONNRESET',
      end: 'closed',
    },
    {
      transport: 'truncate',
      byFetch: 'terminated UND_ERR_SOCKET',
      byNode: 'ECONNRESET',
      end: 'closed',
    },
  ])('$transport is what each client takes it for', async ({ transport, end, ...errors }) => {
    const sim = await startSim({ listen: true })
    await breaks(sim.world, { transport, times: 3 })
    const ask = askOf(sim)
    expect(await byFetch(ask)).toEqual({ error: errors.byFetch })
    expect(await byNode(ask)).toEqual({ error: errors.byNode })
    const raw = await bySocket(ask)
    expect(raw.end).toBe(end)
    const [head = '', half = ''] = raw.bytes.split('\r\n\r\n')
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
    expect(half.length).toBe(Math.floor(length / 2))
    expect(length > 0).toBe(transport === 'truncate')
    expect(await sim.world.messages()).toEqual([])
    expect(await byFetch(ask)).toEqual({ text: expect.stringContaining('"errcode":0') })
  })

  it('drip brings the true answer, 20 bytes after each tenth of a second', async () => {
    const sim = await startSim({ listen: true })
    await breaks(sim.world, { transport: 'drip' })
    const ask = askOf(sim)
    const begun = performance.now()
    const [raw, seen] = await Promise.all([bySocket(ask), byNode(ask)])
    expect(seen).toEqual({ text: expect.stringMatching(/"errcode":0.*\}$/) })
    const body = raw.bytes.split('\r\n\r\n')[1] ?? ''
    const pauses = Math.ceil(body.length / 20) - 1
    expect(performance.now() - begun).toBeGreaterThanOrEqual(pauses * 100 - 20)
    expect(raw.pieces).toBeGreaterThanOrEqual(pauses)
    expect(await sim.wang.inbox()).toHaveLength(2)
  })

  it('garbage is a 200 that is no JSON; an answer comes as it was given', async () => {
    const sim = await startSim({ listen: true })
    const answer = { status: 502, headers: { Via: 'proxy' }, body: 'bad gateway' }
    await breaks(sim.world, { sequence: [{ transport: 'garbage' }, { answer }] })
    const { url, body } = askOf(sim)
    const post = () => fetch(url, { method: 'POST', body })
    const garbage = await post()
    expect(garbage.status).toBe(200)
    await expect(garbage.json()).rejects.toThrow()
    const raw = await post()
    expect([raw.status, raw.headers.get('via'), await raw.text()]).toEqual([
      502,
      'proxy',
      'bad gateway',
    ])
  })

  it('an answer may say that the connection is over, or that it stays; it never ends the simulator', async () => {
    const sim = await startSim({ listen: true })
    const ask = askOf(sim)
    for (const headers of [
      { Connection: 'close' },
      { Connection: 'upgrade' },
      { TE: 'trailers' },
    ]) {
      await breaks(sim.world, { answer: { headers, body: '{}' }, times: 1 })
      expect([headers, await byNode(ask)]).toEqual([headers, { text: '{}' }])
    }
    for (const Connection of ['upgrade', 'a, b', '', 'close']) {
      await breaks(sim.world, { answer: { headers: { Connection }, body: '{}' }, times: 1 })
      // Resolves when the simulator has closed the socket.
      expect((await bySocket(ask)).bytes).toContain('{}')
    }
    expect(await byFetch(ask)).toEqual({ text: expect.stringContaining('"errcode":0') })
  })

  it('hang ends with its caller, and with the simulator; others are answered meanwhile', async () => {
    const sim = await startSim({ listen: true })
    await breaks(sim.world, { transport: 'hang', times: 2 })
    const ask = askOf(sim)
    const leaving = fetch(ask.url, {
      method: 'POST',
      body: ask.body,
      signal: AbortSignal.timeout(150),
    })
    await expect(leaving).rejects.toMatchObject({ name: 'TimeoutError' })
    const staying = byFetch(ask)
    while (
      ((await sim.world.call('fault.get', { fault: 'f000001' })) as { hits: number }).hits < 2
    );
    expect(await byFetch(ask)).toEqual({ text: expect.stringContaining('"errcode":0') })
    const begun = performance.now()
    await sim.sim.close()
    expect(await staying).toEqual({ error: 'fetch failed UND_ERR_SOCKET' })
    expect(performance.now() - begun).toBeLessThan(1500)
  })

  it('one call’s fault leaves the calls on all other connections alone', async () => {
    const sim = await startSim({ listen: true })
    const kinds = ['reset', 'empty', 'truncate', 'garbage'] as const
    await breaks(sim.world, {
      mobile: sim.fang.mobile,
      sequence: kinds.flatMap((transport) => [{ transport }, { delay: '50ms' }]),
    })
    const ask = askOf(sim)
    const broken = { ...ask, body: ask.body.replace(sim.wang.mobile, sim.fang.mobile) }
    const all = Array.from({ length: 24 }, (_, n) => byFetch(n % 3 === 0 ? broken : ask))
    const good = (await Promise.all(all)).filter(
      (seen) => 'text' in seen && seen.text.includes('"errcode":0'),
    )
    expect(good).toHaveLength(16 + 4)
  })
})

describe('in process, where there is no socket', () => {
  it('a broken connection is a rejected fetch, and half an answer a broken stream', async () => {
    const sim = await startSim()
    const sequence = ['reset', 'empty', 'truncate', 'drip'].map((transport) => ({ transport }))
    await breaks(sim.world, { sequence })
    const send = () => sim.platform.sends(sim.acme, { mobile: sim.wang.mobile })
    for (const code of ['ECONNRESET', 'UND_ERR_SOCKET'])
      await expect(send()).rejects.toMatchObject({ message: 'fetch failed', cause: { code } })
    await expect(send()).rejects.toThrow('terminated')
    expect(await send()).toMatchObject({ errcode: 0 })
    expect(await sim.wang.inbox()).toHaveLength(1)
  })

  it('hang ends with its caller, and with the simulator', async () => {
    const sim = await startSim()
    await breaks(sim.world, { transport: 'hang' })
    const { body } = askOf(sim)
    const ask = (signal?: AbortSignal) =>
      sim.sim.fetch(
        new Request('http://sim.localhost/w/test/tupu/v1/messages', {
          method: 'POST',
          body,
          ...(signal && { signal }),
        }),
      )
    await expect(ask(AbortSignal.timeout(50))).rejects.toMatchObject({ name: 'TimeoutError' })
    const staying = expect(ask()).rejects.toThrow('fetch failed')
    await sim.sim.close()
    await staying
  })
})

describe('stage after', () => {
  it.each([
    { errcode: -1 },
    { answer: { status: 504, body: 'gateway timeout' } },
    { transport: 'reset' },
    { transport: 'empty' },
    { transport: 'truncate' },
    { transport: 'garbage' },
    { transport: 'drip' },
    { delay: '20ms' },
  ])(
    'of %j: the call is carried out, kept, and journalled with what was done to it',
    async (kind) => {
      const sim = await startSim()
      await breaks(sim.world, { ...kind, stage: 'after' })
      const body = { mobile: sim.wang.mobile, client_msg_id: 'order-1' }
      const answer = await sim.platform.sends(sim.acme, body).catch(() => undefined)
      const isTrue = 'delay' in kind || kind.transport === 'drip'
      expect(answer?.errcode === 0).toBe(isTrue)
      expect(await sim.world.messages()).toMatchObject([{ state: 'delivered', on_phone: true }])
      const { items } = (await sim.world.call('exchange.list', { surface: 'tupu' })) as {
        items: { status: number; decision: { rule?: string }[] }[]
      }
      expect(items).toHaveLength(1)
      expect(items[0]?.decision.filter(({ rule }) => rule === 'fault.applied')).toHaveLength(1)
      expect(items[0]?.status === 0).toBe(['reset', 'empty'].includes(kind.transport ?? ''))
    },
  )
})
