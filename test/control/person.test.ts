import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'

const people = '/_sim/v1/worlds/test/people'

onEither('POST /_sim/v1/worlds/{world}/people', (database) => {
  it('makes a person with a phone, who follows what is named', async () => {
    const { http, acme, platform, world } = await startSim({ database })
    const body = { key: 'zhao', name: '赵敏', mobile: '13800138009', follows: ['acme'] }
    const { status, json } = await http('POST', people, body)
    expect(status).toBe(201)
    expect(json).toEqual({
      key: 'zhao',
      person: expect.stringMatching(/^p-[2-9a-z]{12}$/),
      name: '赵敏',
      mobile: '+8613800138009',
      unionid: expect.stringMatching(/^o[\w-]{27}$/),
      platform: 'android',
      double_redirect: 'off',
      openids: { acme: expect.stringMatching(/^o[\w-]{27}$/) },
      phone_url: `http://sim.localhost/w/test/phone/${json['person']}`,
    })
    const shown = await http('GET', '/_sim/v1/worlds/test')
    expect(shown.json['people']).toContainEqual(json)
    // Following is not being registered.
    expect(await platform.sends(acme, { mobile: '13800138009' })).toMatchObject({ errcode: 100011 })
    expect(await world.register('13800138009')).toMatchObject({ person: json['person'] })
  })

  it('needs nothing to be told: keys are counted, names are keys', async () => {
    const { http } = await startSim({ database })
    const { json: first } = await http('POST', people, {})
    const { json: second } = await http('POST', people)
    expect(first).toMatchObject({ key: 'person-1', name: 'person-1', mobile: null, openids: {} })
    expect(second).toMatchObject({ key: 'person-2' })
  })
})

describe('a person', () => {
  it.each([
    { body: { key: 'li' }, status: 409, field: 'key', reason: /already has a person li/ },
    { body: { key: 'Li' }, status: 422, field: 'key' },
    { body: { name: '' }, status: 422, field: 'name' },
    { body: { mobile: 'x' }, status: 422, field: 'mobile' },
    { body: { unionid: 'o1' }, status: 422, field: 'unionid' },
    { body: { platform: 'windows' }, status: 422, field: 'platform' },
    { body: { double_redirect: true }, status: 422, field: 'double_redirect' },
    { body: { follows: 'acme' }, status: 422, field: 'follows' },
    { body: { follows: ['acme', 7] }, status: 422, field: 'follows.1' },
    { body: { follows: ['acme', 'x'] }, status: 422, field: 'follows.1', reason: /no account x/ },
    { body: { follows: ['globex'] }, status: 409, field: 'follows.0' },
    { body: { registered_with: ['acme'] }, status: 422, field: 'registered_with' },
  ])('is refused for $body by $field, and not made', async ({ body, status, field, reason }) => {
    const { http } = await startSim()
    const { json } = await http('POST', people, { name: 'new', ...body })
    expect(json).toMatchObject({ status, field, reason: expect.stringMatching(reason ?? /./) })
    expect((await http('GET', '/_sim/v1/worlds/test')).json['people']).toHaveLength(4)
  })

  it('is named by a world before those that came later, however many there are', async () => {
    const { sim, http } = await startSim()
    const crowd = Array.from({ length: 1000 }, (_, i) => ({ key: `x${i}` }))
    await sim.world({ name: 'crowd', people: crowd })
    for (const key of ['zoe', 'amy']) await http('POST', '/_sim/v1/worlds/crowd/people', { key })
    const { json } = await http('GET', '/_sim/v1/worlds/crowd')
    const keys = (json['people'] as unknown as { key: string }[]).map(({ key }) => key)
    expect(keys).toEqual(crowd.map(({ key }) => key))
    const people = [{ key: 'last' }, { key: 'first' }, ...crowd.slice(0, 990)]
    await sim.world({ name: 'few', people })
    for (let i = 0; i < 10; i++) await sim.call('person.create', { world: 'few' })
    const { json: few } = await http('GET', '/_sim/v1/worlds/few')
    expect(few['people']).toHaveLength(1000)
    expect(few['people']).toMatchObject([...people, ...Array(8).fill({})])
  })
})

const states = ['following', 'blocking', 'muted', 'unfollowed', 'never'] as const
/** What each verb makes of each state; null: refused, because the person does not follow. */
const transitions = {
  follow: ['following', 'following', 'following', 'following', 'following'],
  unfollow: ['unfollowed', 'unfollowed', 'unfollowed', 'unfollowed', 'unfollowed'],
  block: ['blocking', 'blocking', 'blocking', null, null],
  unblock: ['following', 'following', 'muted', null, null],
  mute: ['muted', 'muted', 'muted', null, null],
  unmute: ['following', 'blocking', 'following', null, null],
} as const

const table = Object.entries(transitions).flatMap(([verb, ends]) =>
  states.map((state, i) => ({ verb, state, end: ends[i] ?? null })),
)

describe('POST /_sim/v1/worlds/{world}/people/{person}/…', () => {
  it.each(table)('$verb makes of somebody $state: $end', async ({ verb, state, end }) => {
    const { http, world, acme } = await startSim()
    const { person, openid } = await world.register('13800138000', { state })
    const answer = await http('POST', `${people}/${person}/${verb}`, {})
    if (end === null) {
      expect(answer).toMatchObject({
        status: 409,
        json: { type: 'conflict', field: 'person', fix: 'follow first' },
      })
    } else {
      expect(answer.status).toBe(200)
      const relation = { person, account: 'acme', appid: acme.appid, openid, state: end }
      expect(answer.json).toEqual(relation)
    }
    expect(await world.register('13800138000')).toMatchObject({ state: end ?? state })
  })

  it('takes a person by id or key, and an account by key, EID or appid', async () => {
    const { http, li, acme } = await startSim()
    for (const person of ['li', li.id])
      for (const account of ['acme', acme.eid, acme.appid, undefined])
        expect(await http('POST', `${people}/${person}/mute`, { account })).toMatchObject({
          status: 200,
          json: { person: li.id, account: 'acme', state: 'muted' },
        })
  })

  it('makes the openid of somebody who never was there, the same as any other call', async () => {
    const { http, han, world } = await startSim()
    const { json } = await http('POST', `${people}/han/follow`)
    expect(json).toMatchObject({ person: han.id, state: 'following' })
    expect(await world.register(han.mobile)).toMatchObject({ openid: json['openid'] })
  })

  it.each([
    { path: 'nobody/follow', body: {}, status: 404, field: 'person' },
    { path: '%00/follow', body: {}, status: 404, field: 'person' },
    { path: 'li/follow', body: { account: 'x' }, status: 422, field: 'account' },
    { path: 'li/follow', body: { account: 'globex' }, status: 409, field: 'account' },
    { path: 'li/follow', body: { when: 'now' }, status: 422, field: 'when' },
    { path: 'li/poke', body: {}, status: 404, field: null },
  ])('refuses $path with $body', async ({ path, body, status, field }) => {
    const { http } = await startSim({ database: path.includes('%') ? 'postgres' : 'sqlite' })
    expect((await http('POST', `${people}/${path}`, body)).json).toMatchObject({ status, field })
  })
})

describe('PATCH /_sim/v1/worlds/{world}/people/{person}', () => {
  it('changes how a WeChat is, and nothing that is not named', async () => {
    const { http, li } = await startSim()
    const before = (await http('PATCH', `${people}/li`, {})).json
    expect(before).toMatchObject({ key: 'li', platform: 'android', double_redirect: 'off' })
    const ios = { ...before, platform: 'ios' }
    expect((await http('PATCH', `${people}/${li.id}`, { platform: 'ios' })).json).toEqual(ios)
    const double_redirect = 'same_code'
    const both = { ...ios, double_redirect }
    expect((await http('PATCH', `${people}/li`, { double_redirect })).json).toEqual(both)
    const { json } = await http('GET', people)
    expect(json['items']).toContainEqual(both)
  })

  it('is refused for what is no field, and for nobody', async () => {
    const { http } = await startSim()
    expect((await http('PATCH', `${people}/li`, { name: 'x' })).status).toBe(422)
    expect((await http('PATCH', `${people}/nobody`, { platform: 'ios' })).status).toBe(404)
  })
})
