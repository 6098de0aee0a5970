import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { acmesClient, bodyOf, type WechatClient } from './client.ts'

const rid = / rid: ([0-9a-f]{8})-([0-7][0-9a-f]{7})-([0-7][0-9a-f]{7})$/

async function start() {
  const sim = await startSim()
  return { ...sim, client: await acmesClient(sim) }
}

/** One refusal, always the same. */
async function refused(client: WechatClient): Promise<string> {
  return String(bodyOf(await client.sends({}))['errmsg'])
}

describe('the rid of a refusal', () => {
  it('ends every errmsg: a second in hex and two numbers of 31 bits', async () => {
    const { client, http } = await start()
    for (const path of ['/cgi-bin/token', '/cgi-bin/nothing', '/cgi-bin/user/get', '/sns/auth']) {
      expect(String(bodyOf(await http('GET', path))['errmsg'])).toMatch(rid)
    }
    expect(await refused(client)).toMatch(rid)
  })

  it('begins with the second of the world’s clock', async () => {
    const { client, world } = await start()
    const seconds = async () => Number.parseInt(rid.exec(await refused(client))?.[1] ?? '', 16)
    expect(await seconds()).toBe(Date.parse('2026-01-05T01:00:00Z') / 1000)
    await world.advance('PT1H0.999S')
    expect(await seconds()).toBe(Date.parse('2026-01-05T02:00:00Z') / 1000)
  })

  it('is another for each call, also on a frozen clock', async () => {
    const { client } = await start()
    const rids = [await refused(client), await refused(client), await refused(client)]
    expect(new Set(rids).size).toBe(3)
  })

  it('is the same for the same call in a world of the same name and seed', async () => {
    const [one, two] = [await start(), await start()]
    expect(await refused(one.client)).toBe(await refused(two.client))
  })

  it('is another in a world of another seed', async () => {
    const [one, two] = [await start(), await startSim({ world: { seed: 'other' } })]
    expect(await refused(one.client)).not.toBe(await refused(await acmesClient(two)))
  })

  it('is never part of a good answer', async () => {
    const { client } = await start()
    expect((await client.get('/cgi-bin/user/get')).text).not.toMatch(/rid|hint/)
  })
})

describe('the suffix of a refusal', () => {
  it.each([
    {
      family: 'the user calls',
      path: '/cgi-bin/user/info',
      form: /^missing openid hint: \[[\w.!-]{9,17}\] rid: /,
    },
    {
      family: 'the user calls',
      path: '/cgi-bin/user/get?next_openid=x',
      form: /^invalid openid hint: \[[\w.!-]{9,17}\] rid: /,
    },
    { family: 'the token calls', path: '/cgi-bin/token', form: /^appid missing rid: / },
    { family: 'unknown paths', path: '/cgi-bin/nothing', form: /^invalid url rid: / },
  ])('of $family has the form $form', async ({ path, form }) => {
    const { http, client } = await start()
    const mark = path.includes('?') ? '&' : '?'
    const { errmsg } = bodyOf(await http('GET', `${path}${mark}access_token=${client.token}`))
    expect(errmsg).toMatch(form)
    expect(errmsg).toMatch(rid)
  })

  it('of template calls is the rid alone', async () => {
    const { client } = await start()
    expect(String(bodyOf(await client.sends({}))['errmsg'])).toMatch(/^invalid openid rid: /)
  })
})
