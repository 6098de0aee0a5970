import { describe, expect, it } from 'vitest'
import { onEither } from '../../database.ts'
import { startSim } from '../../sim.ts'
import { tablesOf } from '../client.ts'
import { authorizePath, site, toldBy } from './visitor.ts'

onEither('GET /connect/oauth2/authorize with snsapi_base', (database) => {
  it('leads back at once with a code of 32 characters and the state', async () => {
    const { http, acme } = await startSim({ database })
    const answer = await http('GET', `/as/li${authorizePath(acme)}`)
    expect(answer.status).toBe(302)
    expect(answer.text).toBe('')
    const { url, code, state } = toldBy(answer)
    expect(code).toMatch(/^0\d1[0-9A-Za-z]{29}$/)
    expect(state).toBe('S1')
    expect(url).toBe(`${site}&code=${code}&state=S1`)
  })

  it('gives whoever never followed an openid too, and the same one for ever', async () => {
    const { http, acme, world, han } = await startSim({ database })
    const relations = async () => {
      const { follower = [] } = await tablesOf(world)
      return follower.filter(({ person }) => person === han.id)
    }
    expect(await relations()).toEqual([])
    await http('GET', `/as/han${authorizePath(acme)}`)
    const [first] = await relations()
    expect(first).toMatchObject({ state: 'never', followed_at: null, consented_at: null })
    expect(first?.['openid']).toMatch(/^o[\w-]{27}$/)
    await http('GET', `/as/han${authorizePath(acme)}`)
    expect(await relations()).toEqual([first])
    await han.follows(acme)
    expect(await relations()).toMatchObject([{ openid: first?.['openid'], state: 'following' }])
  })

  it('makes another code each time, the same ones in a world of the same name and seed', async () => {
    const codes = async () => {
      const { http, acme } = await startSim({ database })
      const path = `/as/li${authorizePath(acme)}`
      return [toldBy(await http('GET', path)).code, toldBy(await http('GET', path)).code]
    }
    const [first, second] = await codes()
    expect(first).not.toBe(second)
    expect(await codes()).toEqual([first, second])
  })
})

describe('the link', () => {
  it.each([
    { title: 'the documented order', order: 'appid redirect_uri response_type scope state' },
    { title: 'node-easywechat’s', order: 'appid redirect_uri scope response_type state' },
    { title: 'grant’s', order: 'response_type redirect_uri scope state appid' },
    { title: 'Auth.js’s', order: 'appid scope response_type redirect_uri state' },
  ])('may have its parameters in $title', async ({ order }) => {
    const { http, acme } = await startSim()
    const given = new URL(authorizePath(acme), 'http://x').searchParams
    const query = order
      .split(' ')
      .map((name) => `${name}=${encodeURIComponent(given.get(name) ?? '')}`)
    const path = `/as/li/connect/oauth2/authorize?${query.join('&')}`
    expect(toldBy(await http('GET', path)).state).toBe('S1')
    const more = `${path}&connect_redirect=1&client_id=x&uin=1&key=2&pass_ticket=3`
    expect(toldBy(await http('GET', more)).state).toBe('S1')
  })

  it.each([
    ['http://h.example/p', 'http://h.example/p?code=C&state=S1'],
    ['http://h.example', 'http://h.example/?code=C&state=S1'],
    ['http://h.example?a=1', 'http://h.example/?a=1&code=C&state=S1'],
    ['http://h.example/?', 'http://h.example/?code=C&state=S1'],
    ['http://h.example/#/p', 'http://h.example/?code=C&state=S1#/p'],
    [
      'https://h.example/a?b=%20c+d%2Fe#f?g',
      'https://h.example/a?b=%20c+d%2Fe&code=C&state=S1#f?g',
    ],
    ['https://h.example/?code=old', 'https://h.example/?code=old&code=C&state=S1'],
    ['http://localhost:3000/cb', 'http://localhost:3000/cb?code=C&state=S1'],
    ['http://10.1.2.3:81/', 'http://10.1.2.3:81/?code=C&state=S1'],
    ['https://h.example/入职', 'https://h.example/%E5%85%A5%E8%81%8C?code=C&state=S1'],
    ['https://h.example/a\r\nSet-Cookie: x', 'https://h.example/aSet-Cookie:%20x?code=C&state=S1'],
  ])('with redirect_uri %j leads to %s', async (redirect_uri, wanted) => {
    const { http, acme } = await startSim()
    const { headers } = await http('GET', `/as/li${authorizePath(acme, { redirect_uri })}`)
    expect(headers.get('location')?.replace(/code=0\w{31}/, 'code=C')).toBe(wanted)
    expect(headers.get('set-cookie')).toBeNull()
  })

  it.each([
    [undefined, 'state='],
    ['', 'state='],
    ['a b+c&d=e#f', 'state=a%20b%2Bc%26d%3De%23f'],
    ['状态🙂', 'state=%E7%8A%B6%E6%80%81%F0%9F%99%82'],
    ['x'.repeat(128), `state=${'x'.repeat(128)}`],
    ['字'.repeat(42), `state=${encodeURIComponent('字'.repeat(42))}`],
  ])('with the state %j brings it back', async (state, wanted) => {
    const { http, acme } = await startSim()
    const { url } = toldBy(await http('GET', `/as/li${authorizePath(acme, { state })}`))
    expect(url.split('&').at(-1)).toBe(wanted)
  })
})
