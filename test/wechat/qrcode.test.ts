import { describe, expect, it } from 'vitest'
import { type DatabaseName, onBoth, onEither } from '../database.ts'
import { beside, emptyPlace } from '../db/place.ts'
import { first_instant, startSim } from '../sim.ts'
import { acmesClient, bodyOf, initechsClient, tablesOf } from './client.ts'

const path = '/cgi-bin/qrcode/create'

const byId = (scene_id: unknown) => ({ action_info: { scene: { scene_id } } })
const byText = (scene_str: unknown) => ({ action_info: { scene: { scene_str } } })
const temporary = { action_name: 'QR_SCENE', ...byId(7) }
const permanent = { action_name: 'QR_LIMIT_STR_SCENE', ...byText('gate-3') }

async function start(database?: DatabaseName, data?: string) {
  const sim = await startSim({ ...(database && { database }), ...(data && { data }) })
  const client = await acmesClient(sim)
  return { ...sim, client, makes: (body: unknown) => client.post(path, body) }
}

onEither(`POST ${path}`, (database) => {
  it.each([
    { action_name: 'QR_SCENE', ...byId(0xffff_ffff), lives: true },
    { action_name: 'QR_STR_SCENE', ...byText('字'.repeat(64)), lives: true },
    { action_name: 'QR_LIMIT_SCENE', ...byId(100_000), lives: false },
    { action_name: 'QR_LIMIT_STR_SCENE', ...byText('1'), lives: false },
  ])('answers ticket, url, and how long it lives, by $action_name', async ({ lives, ...body }) => {
    const { makes } = await start(database)
    const { text } = await makes({ expire_seconds: 600, ...body })
    expect(text).toMatch(
      lives
        ? /^\{"ticket":"gQ[\w+/]{94}","expire_seconds":600,"url":"http:\/\/weixin\.qq\.com\/q\/\w{22}"\}$/
        : /^\{"ticket":"gQ[\w+/]{94}","url":"http:\/\/weixin\.qq\.com\/q\/\w{22}"\}$/,
    )
  })

  it('stands in the timeline until it ends, if it does', async () => {
    const { makes, world } = await start(database)
    await makes({ expire_seconds: 600, ...temporary })
    await makes(permanent)
    const codes = async () => {
      const { items } = (await world.call('clock.timeline')) as { items: { kind: string }[] }
      return items.filter(({ kind }) => kind === 'QR code')
    }
    const at = '2026-01-05T01:10:00.000Z'
    expect(await codes()).toEqual([{ at, what: 'expires', kind: 'QR code', subject: '7' }])
    await world.advance('PT10M')
    expect(await codes()).toEqual([])
  })

  it('answers a permanent scene with the same code again, and a temporary one with another', async () => {
    const { makes, client, ...sim } = await start(database)
    const first = (await makes(permanent)).text
    await sim.world.advance('P1D')
    await client.signsIn()
    const before = await tablesOf(sim.world)
    expect((await makes(permanent)).text).toBe(first)
    expect(await tablesOf(sim.world)).toEqual(before)
    const theirs = (await initechsClient(sim)).client
    const others = [
      await makes({ ...permanent, ...byText('gate-4') }),
      await makes({ action_name: 'QR_LIMIT_STR_SCENE', ...byText('7') }),
      await makes({ action_name: 'QR_LIMIT_SCENE', ...byId(7) }),
      await makes(temporary),
      await makes(temporary),
      await theirs.post(path, permanent),
    ].map(({ text }) => text)
    expect(new Set([first, ...others]).size).toBe(7)
  })
})

onBoth('a permanent scene', (database) => {
  it('has one code, however many ask for it at once', async () => {
    const data = await emptyPlace(database)
    const { makes } = await start(database, data)
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => makes(permanent)))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(await (await beside(data)).rows('select ticket from scene_code')).toHaveLength(1)
  })
})

describe('a ticket', () => {
  it('has in it what published ones have: address, second of its making, seconds to live', async () => {
    const { makes } = await start()
    const { ticket, url } = bodyOf(await makes({ ...temporary, expire_seconds: 604_800 }))
    const bytes = Buffer.from(String(ticket), 'base64')
    expect(bytes.subarray(0, 2).toString('hex')).toBe('8101')
    expect(bytes.toString('latin1')).toContain(`\x01.${url}\0\x02\x04`)
    expect(bytes.readUInt32LE(bytes.length - 10)).toBe(Date.parse(first_instant) / 1000)
    expect(bytes.readUInt32LE(bytes.length - 4)).toBe(604_800)
  })

  it('is the same in a world of the same name and seed, and another after a reset', async () => {
    const { makes, world, client } = await start()
    const before = bodyOf(await makes(permanent))
    expect(bodyOf(await (await start()).makes(permanent))).toEqual(before)
    await world.reset()
    await client.signsIn()
    const after = bodyOf(await makes(permanent))
    expect(after['ticket']).not.toBe(before['ticket'])
    expect(after['url']).not.toBe(before['url'])
  })
})

describe('how long a temporary code lives', () => {
  it.each([
    { told: undefined, seconds: 60 },
    { told: 0, seconds: 60 },
    { told: -5, seconds: 60 },
    { told: 1, seconds: 1 },
    { told: 2_592_000, seconds: 2_592_000 },
    { told: 2_592_001, seconds: 2_592_000 },
  ])('is $seconds seconds when expire_seconds is $told', async ({ told, seconds }) => {
    const { makes } = await start()
    const answer = await makes({ ...temporary, expire_seconds: told })
    expect(bodyOf(answer)).toMatchObject({ expire_seconds: seconds })
  })
})
