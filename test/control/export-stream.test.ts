import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { onBoth } from '../database.ts'
import { beside, emptyPlace } from '../db/place.ts'
import { rawCall } from '../http/raw.ts'
import { type Sim, startSim } from '../sim.ts'

const path = '/_sim/v1/worlds/test/export'

/** So many sends that an export does not come in one piece. */
const sends = 150

async function filled(options: Parameters<typeof startSim>[0]): Promise<Sim> {
  const sim = await startSim(options)
  const { acme, wang, platform } = sim
  for (let n = 0; n < sends; n += 10) {
    const some = Array.from({ length: 10 }, (_, i) => `${n + i}`)
    await Promise.all(some.map((message) => platform.sends(acme, { mobile: wang.mobile, message })))
  }
  return sim
}

/** Begins to read an export, without a port: the next piece is made when it is asked for. */
async function reads({ sim }: Sim) {
  const response = await sim.fetch(new Request(`http://sim.localhost${path}`))
  expect(response.status).toBe(200)
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  const piece = async () => {
    const { value, done } = await reader.read()
    return done ? undefined : decoder.decode(value)
  }
  const rest = async () => {
    const pieces: string[] = []
    for (let next = await piece(); next !== undefined; next = await piece()) pieces.push(next)
    return pieces
  }
  return { piece, rest }
}

onBoth('the export of a big world', (database) => {
  it('comes in pieces, and what others send is answered between them', async () => {
    const sim = await filled({ database })
    const other = await sim.sim.world({ name: 'other', seed: 'other' })
    const { piece, rest } = await reads(sim)
    const first = await piece()
    const { eid } = other.accounts[0] ?? { eid: '' }
    const { mobile } = other.people.find(({ key }) => key === 'wang') ?? { mobile: '' }
    const sent = await sim.http('POST', '/w/other/tupu/v1/messages', { eid, mobile, message: 'x' })
    expect(sent.json).toMatchObject({ errcode: 0 })
    const later = await rest()
    expect(later.length).toBeGreaterThan(0)
    const whole = [first, ...later].join('')
    expect((await sim.http('GET', path)).text).toBe(whole)
    const exported = JSON.parse(whole)
    expect(exported.tables.message).toHaveLength(sends)
    expect(exported.tables.template_message).toHaveLength(sends)
    expect(await sim.world.call('world.export')).toEqual(exported)
  })

  it('breaks off when the world begins a new life: no export is of two', async () => {
    const logged: string[] = []
    const sim = await filled({ database, log: (_level, event) => void logged.push(event) })
    const { piece, rest } = await reads(sim)
    await piece()
    await sim.world.reset()
    await expect(rest()).rejects.toThrow('reset')
    expect(logged).toContain('answer.broken')
    expect(JSON.parse((await sim.http('GET', path)).text).tables.message).toEqual([])
  })

  it('breaks off when the simulator is closed', async () => {
    const sim = await filled({ database })
    const { piece, rest } = await reads(sim)
    await piece()
    await sim.sim.close()
    await expect(rest()).rejects.toThrow()
  })
})

/** More than lies between a server and a reader who does not read. */
const many = 40_000

async function listening(options: Parameters<typeof startSim>[0] = {}): Promise<Sim> {
  const data = await emptyPlace('sqlite')
  const { acme, wang, platform, sim } = await startSim({ data })
  await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入'.repeat(40) })
  await sim.close()
  const file = await beside(data)
  await file.rows(`insert into message (epoch, message, trace, eid, mobile, name, email, body, keywords, url, state, created_at, state_at)
    with recursive i(n) as (select 1 union all select n + 1 from i where n < ${many})
    select epoch, message || i.n, trace, eid, mobile, name, email, body, keywords, url, 'refused', created_at, state_at
    from message cross join i`)
  return startSim({ ...options, data, listen: true, world: { if_exists: 'reuse' } })
}

it('an export waits for a reader who does not keep up, and nobody else does', async () => {
  const sim = await listening()
  const call = request(`${sim.sim.url}${path}`, { agent: false }).end()
  const [answer] = (await once(call, 'response')) as [IncomingMessage]
  answer.pause()
  const sent = await sim.platform.sends(sim.acme, { mobile: sim.wang.mobile })
  expect(sent).toMatchObject({ errcode: 0 })
  await sim.world.reset()
  // What it had not read is gone: nobody has read it on its behalf.
  await expect(text(answer)).rejects.toThrow('aborted')
  expect(answer.complete).toBe(false)
})

it('an export over a port is whole, and a HEAD reads none of it', async () => {
  const sim = await listening()
  const url = `${sim.sim.url}${path}`
  const head = await rawCall(url, { method: 'HEAD' })
  expect(head).toMatchObject({
    status: 200,
    text: '',
    headers: { 'content-type': 'application/json' },
  })
  const whole = await rawCall(url)
  expect(whole.headers['transfer-encoding']).toBe('chunked')
  expect(JSON.parse(whole.text).tables.message).toHaveLength(many + 1)
})

it('an audit that nobody waits for any more ends before one that began earlier', async () => {
  const ended: string[] = []
  const sim = await listening({ onCall: ({ url }) => void ended.push(url) })
  const audit = (within: string, signal?: AbortSignal) => {
    const url = `http://sim.localhost/_sim/v1/worlds/test/audit?within=${within}`
    return sim.sim.fetch(new Request(url, { ...(signal && { signal }) }))
  }
  const browser = new AbortController()
  const [whole] = [audit('PT1M'), audit('PT2M', browser.signal)]
  browser.abort()
  expect(await (await whole)?.json()).toMatchObject({ totals: { pending: many } })
  expect(ended.filter((url) => url.includes('audit'))).toEqual([
    expect.stringContaining('PT2M'),
    expect.stringContaining('PT1M'),
  ])
})
