import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { acmesClient, errcodeOf, refusalOf, tokenIn } from './client.ts'

const template_paths = [
  '/cgi-bin/template/get_all_private_template',
  '/cgi-bin/template/get_industry',
]
const send = '/cgi-bin/message/template/send'
const users = '/cgi-bin/user/get'

async function startAs(change: Record<string, unknown>) {
  const sim = await startSim()
  const client = await acmesClient(sim)
  const update = (more: Record<string, unknown>) =>
    sim.world.call('official_account.update', { appid: sim.acme.appid, ...more })
  await update(change)
  return { ...sim, client, update }
}

describe('what an account may call', () => {
  it.each([
    { kind: 'service', verified: true, templates: 0, followers: 0 },
    { kind: 'service', verified: false, templates: 48001, followers: 48001 },
    { kind: 'subscription', verified: true, templates: 48001, followers: 0 },
    { kind: 'subscription', verified: false, templates: 48001, followers: 48001 },
    { kind: 'sandbox', verified: true, templates: 0, followers: 0 },
    { kind: 'sandbox', verified: false, templates: 0, followers: 0 },
  ])(
    'as $kind, verified: $verified, is templates: $templates, followers: $followers',
    async (row) => {
      const { kind, verified, templates, followers } = row
      const { client, acme, wang } = await startAs({ kind, verified })
      for (const path of template_paths) expect(errcodeOf(await client.get(path))).toBe(templates)
      const message = { touser: wang.openidAt(acme), template_id: acme.info.template_id }
      expect(errcodeOf(await client.sends(message))).toBe(templates)
      expect(errcodeOf(await client.get(users))).toBe(followers)
      const openid = wang.openidAt(acme)
      expect(errcodeOf(await client.get('/cgi-bin/user/info', { openid }))).toBe(followers)
    },
  )

  it('is told with WeChat’s words, and before the body is looked at', async () => {
    const { client } = await startAs({ verified: false })
    for (const body of ['', '{', '{}']) {
      expect(refusalOf(await client.post(send, body))).toEqual({
        errcode: 48001,
        errmsg: 'api unauthorized',
      })
    }
  })

  it('is looked at after the age of the token', async () => {
    const { client, world } = await startAs({ verified: false })
    await world.advance('PT2H')
    expect(errcodeOf(await client.get(users))).toBe(42001)
  })
})

describe('an account that asks for https', () => {
  it('answers 43003 to plain http everywhere, once it is known whose the call is', async () => {
    const { client, wang, acme } = await startAs({ require_https: true })
    const refusal = { errcode: 43003, errmsg: 'require https' }
    expect(refusalOf(await client.asksToken())).toEqual(refusal)
    expect(refusalOf(await client.asksStableToken())).toEqual(refusal)
    expect(refusalOf(await client.get(users))).toEqual(refusal)
    expect(refusalOf(await client.get(template_paths[0] ?? ''))).toEqual(refusal)
    const message = { touser: wang.openidAt(acme), template_id: acme.info.template_id }
    expect(refusalOf(await client.sends(message))).toEqual(refusal)
    expect(errcodeOf(await client.asksToken({ appid: 'wx0000000000000000' }))).toBe(40013)
    client.token = '2'
    expect(errcodeOf(await client.get(users))).toBe(40001)
  })

  it('says so before anything else is wrong: grant type, age of the token, permission, body', async () => {
    const { client, world, acme } = await startAs({ require_https: true, verified: false })
    expect(errcodeOf(await client.asksToken({ appid: acme.appid }))).toBe(43003)
    expect(errcodeOf(await client.post(send, '{'))).toBe(43003)
    await world.advance('PT2H')
    expect(errcodeOf(await client.get(users))).toBe(43003)
  })

  it('is content with a proxy that it trusts, or a public address', async () => {
    for (const options of [{ trustProxy: true }, { publicUrl: 'https://sim.example.test' }]) {
      const { acme, http, world } = await startSim(options)
      const client = await acmesClient({ acme, http })
      await world.call('official_account.update', { appid: acme.appid, require_https: true })
      const query = new URLSearchParams(client.credentials)
      const headers = { 'X-Forwarded-Proto': 'https' }
      tokenIn(await http('GET', `/cgi-bin/token?${query}`, undefined, headers))
    }
  })

  it('does not believe the header of anybody else', async () => {
    const { client, http } = await startAs({ require_https: true })
    const headers = { 'X-Forwarded-Proto': 'https' }
    const answer = await http('GET', `${users}?access_token=${client.token}`, undefined, headers)
    expect(errcodeOf(answer)).toBe(43003)
  })
})
