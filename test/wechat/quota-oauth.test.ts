import { expect, it } from 'vitest'
import { bodyOf, errcodeOf, tablesOf } from './client.ts'
import { webTokenOf } from './oauth/visitor.ts'
import { type Counted, startCounted } from './quota-counts.ts'

/** A call that is refused for what it says, once it is known who calls; of a token of web OAuth, a good one. */
async function fieldsOf(scene: Counted, path: string): Promise<Record<string, string>> {
  const { appid, secret } = scene.client.credentials
  if (path === '/sns/oauth2/access_token') {
    return { appid, secret, grant_type: 'authorization_code' }
  }
  if (path === '/sns/oauth2/refresh_token') return { appid, grant_type: 'refresh_token' }
  const { access_token, openid } = await webTokenOf(scene.http, scene.acme, {
    scope: 'snsapi_userinfo',
  })
  return { access_token, openid }
}

it.each([
  { path: '/sns/oauth2/access_token', errcode: 41008 },
  { path: '/sns/oauth2/refresh_token', errcode: 41003 },
  { path: '/sns/userinfo', errcode: 0 },
  { path: '/sns/auth', errcode: 0 },
])('$path is answered 50,000 times a minute, then with 45011', async ({ path, errcode }) => {
  const used = [{ path, used: 49_999, per: 'minute' as const }]
  const scene = await startCounted('sqlite', { used })
  const query = new URLSearchParams(await fieldsOf(scene, path))
  const call = () => scene.http('GET', `${path}?${query}`)
  expect(errcodeOf(await call())).toBe(errcode)
  const before = await tablesOf(scene.world)
  const { errcode: code, errmsg } = bodyOf(await call())
  expect(code).toBe(45011)
  expect(errmsg).toMatch(/^api minute-quota reach limit, must slower, retry next minute, rid: /)
  expect(await tablesOf(scene.world)).toEqual(before)
  await scene.world.advance('PT1M')
  expect(errcodeOf(await call())).toBe(errcode)
})
