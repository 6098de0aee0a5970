import { describe, expect, it } from 'vitest'
import { type Sim, startSim } from '../sim.ts'

const people = '/_sim/v1/worlds/test/people'

function opens({ http }: Sim, who: string, body: object) {
  return http('POST', `${people}/${who}/open`, body)
}

describe('phone.open', () => {
  it('opens the link of a message that stands on the phone', async () => {
    const { wang, acme, platform } = await startSim()
    const url = 'https://hr.example.com/t/1?a=1&b=%E4%B8%AD#top'
    const { msgid_str: msgid = '' } = await platform.sends(acme, { mobile: wang.mobile, url })
    expect(await wang.opens({ msgid })).toBe(url)
  })

  it.each([
    ['/register/x?a=1#b', '/register/x?a=1#b'],
    ['http://sim.localhost/w/test/register/x?a=1', '/register/x?a=1'],
    ['http://sim.localhost/w/test/as/li/register/x', '/register/x'],
    ['/w/test/register/x', '/register/x'],
    ['/w/test/as/wang/register/x', '/register/x'],
    [
      'https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx1#w',
      '/connect/oauth2/authorize?appid=wx1#w',
    ],
    [
      'http://sim.localhost/w/test/open.weixin.qq.com/connect/oauth2/authorize',
      '/connect/oauth2/authorize',
    ],
    ['https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=x', '/cgi-bin/showqrcode?ticket=x'],
  ])('opens %s as the person sees it', async (url, path) => {
    const { li, world } = await startSim()
    expect(await li.opens({ url })).toBe(`${world.baseUrl}/as/${li.id}${path}`)
  })

  it.each([
    'https://hr.example.com/',
    'http://sim.localhost:81/w/test/register/x',
    'https://sim.localhost/w/test/register/x',
    'http://sim.localhost/register/x',
    'http://sim.localhost/w/other/register/x',
    'https://mp.weixin.qq.com/s/abc',
    'https://api.weixin.qq.com/',
  ])('opens %s as it is: it is not a page of this world', async (url) => {
    const { li } = await startSim()
    expect(await li.opens({ url })).toBe(url)
  })

  it('opens pages of the default world without naming it', async () => {
    const { sim, http } = await startSim({ demo: true })
    const { person } = (await sim.call('phone.get', { world: 'default', person: 'li' })) as {
      person: string
    }
    const open = (url: string) =>
      http('POST', '/_sim/v1/worlds/default/people/li/open', { url }).then(({ json }) => json)
    const seen = { url: `http://sim.localhost/w/default/as/${person}/register/x` }
    expect(await open('http://sim.localhost/register/x')).toMatchObject(seen)
    expect(await open('http://sim.localhost/w/default/register/x')).toMatchObject(seen)
    expect(await open('http://sim.localhost/w/test/register/x')).toMatchObject({
      url: 'http://sim.localhost/w/test/register/x',
    })
  })

  it('knows its own pages by the public address too', async () => {
    const { li } = await startSim({ publicUrl: 'https://sim.example.com' })
    expect(await li.opens({ url: 'https://sim.example.com/w/test/register/x' })).toBe(
      `https://sim.example.com/w/test/as/${li.id}/register/x`,
    )
  })

  it.each([
    { body: {}, status: 422, field: 'msgid' },
    { body: { msgid: '1', url: '/' }, status: 422, field: 'msgid' },
    { body: { msgid: 'x' }, status: 422, field: 'msgid' },
    { body: { msgid: '1' }, status: 422, field: 'msgid' },
    { body: { url: 'javascript:alert(1)' }, status: 422, field: 'url' },
    { body: { url: 'ftp://x/' }, status: 422, field: 'url' },
    { body: { url: '//evil.example/' }, status: 422, field: 'url' },
    { body: { url: '/\\evil.example/' }, status: 422, field: 'url' },
    { body: { url: 'http://' }, status: 422, field: 'url' },
    { body: { url: '' }, status: 422, field: 'url' },
    { body: { url: `https://x/${'x'.repeat(4000)}` }, status: 422, field: 'url' },
  ])('is refused with $body', async ({ body, status, field }) => {
    const { json } = await opens(await startSim(), 'li', body)
    expect(json).toMatchObject({ status, field })
  })

  it('opens nobody else’s message, none that never arrived, and none without a link', async () => {
    const sim = await startSim()
    const { acme, wang, platform } = sim
    const send = async (more: object) => {
      const { msgid_str: msgid } = await platform.sends(acme, { mobile: wang.mobile, ...more })
      return { msgid }
    }
    const linked = await send({ url: 'https://hr.example.com/' })
    expect((await opens(sim, 'li', linked)).json).toMatchObject({ status: 422, field: 'msgid' })
    const plain = await send({})
    expect((await opens(sim, 'wang', plain)).json).toMatchObject({ status: 409, field: 'msgid' })
    await wang.blocks(acme)
    const blocked = await send({ url: 'https://hr.example.com/' })
    expect((await opens(sim, 'wang', blocked)).json).toMatchObject({ status: 422, field: 'msgid' })
  })
})
