import { inflateSync } from 'node:zlib'
import { generate } from 'lean-qr'
import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { acmesClient, bodyOf, tablesOf } from './client.ts'

const temporary = { action_name: 'QR_SCENE', action_info: { scene: { scene_id: 7 } } }
const permanent = {
  action_name: 'QR_LIMIT_STR_SCENE',
  action_info: { scene: { scene_str: 'gate-3' } },
}

async function start(database?: DatabaseName) {
  const sim = await startSim(database ? { database } : {})
  const client = await acmesClient(sim)
  const makes = async (body: unknown) => {
    const { ticket, url } = bodyOf(await client.post('/cgi-bin/qrcode/create', body))
    return { ticket: String(ticket), url: String(url) }
  }
  const pictureAt = async (path: string) => {
    const response = await sim.sim.fetch(new Request(new URL(path, 'http://sim.localhost')))
    return { response, bytes: Buffer.from(await response.arrayBuffer()) }
  }
  const picture = (ticket: string) =>
    pictureAt(`/cgi-bin/showqrcode?ticket=${encodeURIComponent(ticket)}`)
  return { ...sim, makes, picture, pictureAt }
}

/** The dark modules of a picture of black and white, row by row, without the quiet zone. */
function modulesIn(png: Buffer): string[] {
  const chunk = (name: string) => {
    const at = png.indexOf(name)
    return png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4))
  }
  const side = chunk('IHDR').readUInt32BE(0)
  expect(chunk('IHDR').readUInt32BE(4)).toBe(side)
  const rows = inflateSync(chunk('IDAT'))
  const width = rows.length / side
  const dark = (x: number, y: number) =>
    ((rows[y * width + 1 + (x >> 3)] ?? 0) & (128 >> (x & 7))) !== 0
  const first = Array.from({ length: side }, (_, x) => x).find((x) => dark(x, x)) ?? 0
  // The finder pattern in the corner is seven modules wide.
  const finder = Array.from({ length: side - first }, (_, i) => i).find(
    (i) => !dark(first + i, first),
  )
  const scale = (finder ?? 0) / 7
  const size = (side - 2 * first) / scale
  const middle = (module: number) => Math.floor(first + (module + 0.5) * scale)
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => (dark(middle(x), middle(y)) ? '#' : ' ')).join(''),
  )
}

function modulesOf(text: string): string[] {
  const code = generate(text)
  const nth = Array.from({ length: code.size }, (_, i) => i)
  return nth.map((y) => nth.map((x) => (code.get(x, y) ? '#' : ' ')).join(''))
}

onEither('GET /cgi-bin/showqrcode', (database) => {
  it('draws the address of the ticket’s code, as a PNG', async () => {
    const { makes, picture } = await start(database)
    for (const wanted of [temporary, permanent]) {
      const { ticket, url } = await makes(wanted)
      const { response, bytes } = await picture(ticket)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe('image/png')
      expect(response.headers.get('cache-control')).toBe('no-cache')
      expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
      expect(bytes.readUInt32BE(16)).toBeGreaterThan(400)
      expect(modulesIn(bytes)).toEqual(modulesOf(url))
    }
  })

  it('has no picture of a temporary code that has expired, or that a reset has ended', async () => {
    const { makes, picture, world } = await start(database)
    const { ticket } = await makes({ ...temporary, expire_seconds: 600 })
    const forEver = (await makes(permanent)).ticket
    await world.advance('PT599S')
    expect((await picture(ticket)).response.status).toBe(200)
    await world.advance('PT1S')
    expect((await picture(ticket)).response.status).toBe(404)
    await world.advance('P300D')
    expect((await picture(forEver)).response.status).toBe(200)
    await world.reset()
    expect((await picture(forEver)).response.status).toBe(404)
  })
})

describe('a picture', () => {
  it('needs no token, and is found by its ticket alone, by every way to its world', async () => {
    const { makes, pictureAt, sim } = await start()
    await sim.world({ name: 'other' })
    const query = `ticket=${encodeURIComponent((await makes(permanent)).ticket)}`
    for (const way of ['', '/w/test', '/mp.weixin.qq.com', '/w/test/as/li']) {
      const { response } = await pictureAt(`${way}/cgi-bin/showqrcode?${query}`)
      expect(response.status, way).toBe(200)
    }
    const { response } = await pictureAt(`/w/other/cgi-bin/showqrcode?${query}`)
    expect(response.status).toBe(404)
  })

  it.each([
    { when: 'there is no ticket', query: '' },
    { when: 'the ticket is empty', query: '?ticket=' },
    { when: 'the ticket is nobody’s', query: `?ticket=gQ${'A'.repeat(94)}` },
    { when: 'the ticket has a NUL', query: '?ticket=%00' },
    { when: 'it is the address instead', query: '?ticket=<url>' },
  ])('is a 404 without words when $when, and nothing else happens', async ({ query }) => {
    const { makes, pictureAt, world } = await start()
    const { url } = await makes(permanent)
    const before = await tablesOf(world)
    const path = `/w/test/cgi-bin/showqrcode${query.replace('<url>', encodeURIComponent(url))}`
    const { response, bytes } = await pictureAt(path)
    expect(response.status).toBe(404)
    expect(bytes).toHaveLength(0)
    expect(await tablesOf(world)).toEqual(before)
    const { items } = (await world.call('exchange.list', { surface: 'wechat' })) as {
      items: { endpoint: string; status: number; decision: unknown[] }[]
    }
    expect(items[0]).toMatchObject({
      endpoint: 'qrcode.show',
      status: 404,
      decision: [{ rule: 'ticket.known' }],
    })
  })

  it('is asked for by GET', async () => {
    const { http, makes } = await start()
    const { ticket } = await makes(permanent)
    const answer = await http('POST', `/cgi-bin/showqrcode?ticket=${encodeURIComponent(ticket)}`)
    expect(bodyOf(answer)).toMatchObject({ errcode: 43001 })
  })
})
