import { describe, expect, it, onTestFinished } from 'vitest'
import { createSimulator, type Simulator } from '../../src/simulator.ts'
import type { WorldHandle, WorldInput } from '../../src/world-handle.ts'
import { type DatabaseName, freshDatabase } from '../database.ts'
import { cast, httpOf } from '../sim.ts'

/** A server of its own, with the cast's world in it. */
async function server(
  database: DatabaseName,
  world: WorldInput = {},
): Promise<{ sim: Simulator; world: WorldHandle }> {
  const sim = await createSimulator({ data: await freshDatabase(database) })
  onTestFinished(() => sim.close())
  return { sim, world: await sim.world({ ...cast, ...world }) }
}

const ids = (world: WorldHandle) => ({
  accounts: world.accounts,
  people: world.people.map(({ person, openids }) => ({ person, openids })),
})

/** Every id and secret of a world that must not be another's. */
function everyId(world: WorldHandle): string[] {
  const accounts = world.accounts.flatMap(
    ({ eid, appid, app_secret, token, aes_key, template_id }) => [
      eid,
      appid,
      app_secret,
      token,
      aes_key,
      template_id,
    ],
  )
  const people = world.people.flatMap(({ person, openids }) => [person, ...Object.values(openids)])
  return [...accounts, ...people].filter((id) => id !== null)
}

/** What a platform, a WeChat client and a tester do in a world, and everything that they are answered. */
async function everyCall({
  sim,
  world,
}: {
  sim: Simulator
  world: WorldHandle
}): Promise<string[]> {
  const answers: string[] = []
  const http = httpOf(sim)
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await http(method, path, body)
    answers.push(`${answer.status} ${answer.headers.get('x-sim-trace')} ${answer.text}`)
    return answer
  }
  const [{ eid = '', appid = null, app_secret: secret = null } = {}] = world.accounts
  const control = `/_sim/v1/worlds/${world.name}`
  await call('POST', `${control}/associations`, { mobile: '13800138000', name: '王小雨' })
  await call('POST', `${control}/people`, { mobile: '13800138009', follows: ['acme'] })
  await call('POST', `${control}/people/li/mute`, {})
  await call('PATCH', `${control}/official-accounts/${appid}`, { delivery: 'PT2S' })
  for (const mobile of [
    '13800138000',
    '13800138000',
    '13800138001',
    '13900139000',
    'nonsense',
    '19900043004',
  ])
    await call('POST', '/tupu/v1/messages', {
      eid,
      mobile,
      message: '欢迎加入',
      client_msg_id: `m-${mobile}`,
    })
  await call('POST', `/w/${world.name}/tupu/v1/messages`, '{')
  await call('POST', `${control}/clock/advance`, { by: 'PT1H' })
  const { json } = await call(
    'GET',
    `/cgi-bin/token?grant_type=client_credential&appid=${appid}&secret=${secret}`,
  )
  await call('GET', `/cgi-bin/user/get?access_token=${json['access_token']}`)
  await call('GET', `/w/${world.name}/cgi-bin/user/get?access_token=wrong`)
  await call('POST', `${control}/reset`, {})
  await call('POST', '/tupu/v1/messages', { eid, mobile: '13800138002', message: '再来一次' })
  await call('GET', `${control}/messages`)
  await call('GET', `${control}/export`)
  return answers.map((answer) => answer.replaceAll(/"real_now":"[^"]*"/g, ''))
}

describe('the ids of a world', () => {
  it('are the same on another server for the same name and seed', async () => {
    const [one, other] = [await server('sqlite'), await server('sqlite')]
    expect(ids(one.world)).toEqual(ids(other.world))
  })

  it.each([{ but: { name: 'another' } }, { but: { seed: 'another' } }])(
    'are all others for $but',
    async ({ but }) => {
      const [one, other] = [await server('sqlite'), await server('sqlite', but)]
      const taken = new Set(everyId(one.world))
      expect(taken.size).toBeGreaterThan(12)
      expect(everyId(other.world).filter((id) => taken.has(id))).toEqual([])
    },
  )

  it('differ between two worlds of one seed side by side', async () => {
    const { sim, world } = await server('sqlite')
    const beside = await sim.world({ ...cast, name: 'beside' })
    const taken = new Set(everyId(world))
    expect(everyId(beside).filter((id) => taken.has(id))).toEqual([])
    await world.register('13800138000')
    await beside.register('13800138000')
    const send = (of: WorldHandle) =>
      httpOf(sim)('POST', '/tupu/v1/messages', {
        eid: of.accounts[0]?.eid,
        mobile: '13800138000',
        message: of.name,
      })
    await Promise.all([send(world), send(beside)])
    expect(await world.messages()).toMatchObject([{ line: 'test' }])
    expect(await beside.messages()).toMatchObject([{ line: 'beside' }])
  })

  it('do not depend on who has looked before, by a GET or by a query', async () => {
    const traces = [false, true].map(async (looks) => {
      const { sim, world } = await server('sqlite')
      const http = httpOf(sim)
      const eid = world.accounts[0]?.eid
      if (looks) {
        await http('GET', `/tupu/v1/accounts/${eid}`)
        for (const mobile of ['13800138001', 'nonsense'])
          await http('POST', '/tupu/v1/registrations/query', { eid, mobile })
      }
      const sent = { eid, mobile: '13800138002', message: '你好' }
      const answer = await http('POST', '/tupu/v1/messages', sent)
      return [answer.headers.get('x-sim-trace'), answer.text]
    })
    const [quiet, looked] = await Promise.all(traces)
    expect(looked).toEqual(quiet)
  })

  it('do not depend on what else was made, or in which order', async () => {
    const people = [...(cast.people ?? [])].reverse()
    const { world } = await server('sqlite')
    const { world: turned } = await server('sqlite', { people })
    const byKey = (of: WorldHandle) => Object.fromEntries(of.people.map((row) => [row.key, row]))
    expect(byKey(turned)).toEqual(byKey(world))
  })
})

describe('the same name, seed and calls on a frozen clock', () => {
  it('give the same answers, traces and exports on two servers', async () => {
    const [one, other] = [await server('sqlite'), await server('sqlite')]
    await other.sim.world({ name: 'noise' })
    const answers = await everyCall(one)
    expect(await everyCall(other)).toEqual(answers)
    expect(answers.at(-1)).toContain('"tables":')
  })

  it('give the same answers, traces and exports on SQLite and PostgreSQL', async () => {
    const [one, other] = [await server('sqlite'), await server('postgres')]
    expect(await everyCall(other)).toEqual(await everyCall(one))
  })
})
