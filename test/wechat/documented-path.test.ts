import { describe, expect, it } from 'vitest'
import { profileData } from '../../src/tupu/profile/data.ts'
import { documented_paths } from '../../src/wechat/documented-paths.ts'
import { wechatPages } from '../../src/wechat/pages.ts'
import { wechatPictureSurface, wechatSurface } from '../../src/wechat/surface.ts'
import { startSim } from '../sim.ts'
import { exchanges } from '../tupu/journal.ts'
import { acmesClient, refusalOf } from './client.ts'

const some = [
  '/cgi-bin/message/mass/send',
  '/datacube/getusersummary',
  '/customservice/kfaccount/add',
  '/wxa/getwxacode',
  '/wxaapi/broadcast/room/create',
  '/semantic/semproxy/search',
  '/card/create',
]

describe('a call that WeChat documents and this server has not built', () => {
  it.each(some)('%s is unauthorized, and never a misspelt path', async (path) => {
    const sim = await startSim()
    const client = await acmesClient(sim)
    const answer = await client.post(path, {})
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({
      errcode: 48001,
      errmsg: expect.stringMatching(/^api unauthorized rid: [0-9a-f]{8}(-[0-9a-f]{8}){2}$/),
    })
    const step = { rule: 'endpoint.built', actual: path, nearest: [] }
    const [latest] = await exchanges(sim.world, { surface: 'wechat' })
    expect(latest?.decision.at(-1)).toMatchObject(step)
  })

  it('wants an access token first', async () => {
    const { acme, http, world } = await startSim()
    const path = '/w/test/datacube/getusersummary'
    expect(refusalOf(await http('POST', path))).toMatchObject({ errcode: 41001 })
    const wrong = await http('POST', `${path}?access_token=x`)
    expect(refusalOf(wrong)).toMatchObject({ errcode: 40001 })
    const { access_token } = (
      await http(
        'GET',
        `/cgi-bin/token?grant_type=client_credential&appid=${acme.appid}&secret=${acme.info.app_secret}`,
      )
    ).json
    await world.call('clock.advance', { by: 'PT3H' })
    const expired = await http('POST', `${path}?access_token=${access_token}`)
    expect(refusalOf(expired)).toMatchObject({ errcode: 42001 })
    await http('POST', '/w/test/datacube/getusersummery')
    expect(await world.call('exchange.list', { unmatched: 'true' })).toMatchObject({
      items: [{ url: '/w/test/datacube/getusersummery' }],
    })
  })

  it.each(['/sns/jscode2session', '/cgi-bin/component/api_component_token'])(
    '%s wants another credential, and is unauthorized without any',
    async (path) => {
      const { http } = await startSim()
      expect(refusalOf(await http('POST', path, {}))).toMatchObject({ errcode: 48001 })
    },
  )

  it('is found under every name of the host, and beside it a path is unknown', async () => {
    const sim = await startSim()
    const { token } = await acmesClient(sim)
    const ask = async (path: string) => refusalOf(await sim.http('GET', path)).errcode
    expect(await ask(`/api.weixin.qq.com/wxa/getwxacode?access_token=${token}`)).toBe(48001)
    expect(await ask(`/w/test/wxa/getwxacode?access_token=${token}`)).toBe(48001)
    expect(await ask(`/wxa/getwxacodes?access_token=${token}`)).toBe(40066)
    expect(await ask(`/wxa?access_token=${token}`)).toBe(40066)
  })
})

describe('the list of documented paths', () => {
  it('has none that is built', () => {
    const built = [wechatSurface, wechatPictureSurface, wechatPages].flatMap(({ endpoints }) =>
      endpoints.map(({ path }) => path),
    )
    expect(built.filter((path) => documented_paths.has(path))).toEqual([])
  })

  it('has hundreds, each a path, and each once', () => {
    expect(documented_paths.size).toBeGreaterThan(900)
    const odd = [...documented_paths].filter((path) => !/^(\/[\w.-]+){2,}$/u.test(path))
    expect(odd).toEqual([])
  })

  it('begins with nothing that a partner’s profile may begin with', () => {
    for (const base of wechatSurface.bases) {
      const { error } = profileData.safeParse({ base: `${base}/v1` })
      expect(error?.issues.map(({ path }) => path[0])).toContain('base')
    }
  })
})
