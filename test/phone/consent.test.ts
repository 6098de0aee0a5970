import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'

const people = '/_sim/v1/worlds/test/people'

onEither('phone.allow and phone.deny', (database) => {
  it('give the account nickname and avatar for thirty days, and take them back', async () => {
    const { li, acme, world } = await startSim({ database })
    const consented = async () => (await li.chat(acme)).consented
    expect(await consented()).toBe(false)
    expect(await li.allows(acme)).toMatchObject({
      account: 'acme',
      openid: li.openidAt(acme),
      state: 'following',
      consented: true,
    })
    expect(await consented()).toBe(true)
    await world.advance('P29D')
    expect(await consented()).toBe(true)
    await world.advance('P1D')
    expect(await consented()).toBe(false)
    await li.allows(acme)
    expect(await li.denies(acme)).toMatchObject({ consented: false })
    expect(await consented()).toBe(false)
  })

  it('are for those too who never followed, and do not make them follow', async () => {
    const { han, acme } = await startSim({ database })
    const relation = { account: 'acme', state: 'never' }
    const allowed = await han.allows(acme)
    expect(allowed).toMatchObject({ ...relation, consented: true })
    expect(await han.denies(acme)).toEqual({ ...(allowed as object), consented: false })
    expect((await han.follows(acme)) as object).toMatchObject({ state: 'following' })
  })
})

describe('phone.allow', () => {
  it('lets web OAuth go on without asking; phone.deny lets it ask again', async () => {
    const { han, acme, http, world } = await startSim()
    const query = new URLSearchParams({
      appid: acme.appid,
      redirect_uri: 'http://127.0.0.1/back',
      response_type: 'code',
      scope: 'snsapi_userinfo',
      state: 's',
    })
    const url = `/w/${world.name}/as/han/connect/oauth2/authorize?${query}`
    // Han does not follow: of who does, nothing is asked.
    const ask = async () => (await http('GET', url)).status
    expect(await ask()).toBe(200)
    await han.allows(acme)
    expect(await ask()).toBe(302)
    await han.denies(acme)
    expect(await ask()).toBe(200)
  })
})

describe('phone.snapshot', () => {
  it('is a property of the phone', async () => {
    const { li, han } = await startSim()
    expect(await li.snapshots(true)).toEqual({ person: li.id, snapshot: true })
    expect((await li.phone()).snapshot).toBe(true)
    expect((await han.phone()).snapshot).toBe(false)
    await li.snapshots(false)
    expect((await li.phone()).snapshot).toBe(false)
  })
})

describe('a consent or a mode', () => {
  it.each([
    { path: 'nobody/allow', body: {}, status: 404, field: 'person' },
    { path: 'li/allow', body: { account: 'x' }, status: 422, field: 'account' },
    { path: 'li/deny', body: { account: 'globex' }, status: 409, field: 'account' },
    { path: 'li/deny', body: { scope: 'all' }, status: 422, field: 'scope' },
    { path: 'nobody/snapshot', body: { on: true }, status: 404, field: 'person' },
    { path: 'li/snapshot', body: {}, status: 422, field: 'on' },
    { path: 'li/snapshot', body: { on: 'true' }, status: 422, field: 'on' },
  ])('is refused: $path with $body', async ({ path, body, status, field }) => {
    const { http } = await startSim()
    expect((await http('POST', `${people}/${path}`, body)).json).toMatchObject({ status, field })
  })
})
