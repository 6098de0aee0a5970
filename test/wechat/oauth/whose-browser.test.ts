import { describe, expect, it } from 'vitest'
import { tagsOf, textOf } from '../../page.ts'
import { type Answer, type Sim, type StartOptions, startSim } from '../../sim.ts'
import { Browser } from '../../tupu/register/browser.ts'
import { good } from '../../tupu/register/candidate.ts'
import { tablesOf } from '../client.ts'
import { authorizePath, exchange, type Link, toldBy, Visitor, wechat_agent } from './visitor.ts'

const outside = '请在微信客户端打开链接'
const choice = '选择用谁的微信打开晨光科技的这个链接。'
const token = 'the-operators-token'
const exposed: StartOptions = { exposed: true, controlToken: token, partnerOpen: true }
const asOperator = { authorization: `Bearer ${token}` }
const inWechat = { 'user-agent': wechat_agent }

/** What a browser says of whose it is. */
interface Says {
  readonly path?: string
  readonly header?: string
  readonly query?: string
  readonly cookie?: string
}

function asks(
  { http, acme, world }: Sim,
  { path, header, query, cookie }: Says,
  more: Record<string, string> = {},
): Promise<Answer> {
  const way = path === undefined ? '' : `/w/${world.name}/as/${path}`
  const link: Link = query === undefined ? {} : { sim_person: query }
  const cookies = cookie?.split(' ').map((one) => `sim_phone=${one}`)
  return http('GET', way + authorizePath(acme, link), undefined, {
    ...(header === undefined ? {} : { 'x-sim-person': header }),
    ...(cookies === undefined ? {} : { cookie: ['other=1', ...cookies].join('; ') }),
    ...more,
  })
}

/** The key of whoever a site was told about; undefined: it was told nothing. */
async function seen(sim: Sim, answer: Answer): Promise<string | undefined> {
  if (answer.status !== 302) return undefined
  const { openid } = (await exchange(sim.http, sim.acme, toldBy(answer).code)).json
  const { follower = [], person = [] } = await tablesOf(sim.world)
  const id = follower.find((row) => row['openid'] === openid)?.['person']
  return String(person.find((row) => row['person'] === id)?.['key'])
}

describe('whose browser it is', () => {
  const order: readonly { says: Says; is: string }[] = [
    { says: { path: 'wang', header: 'li', query: 'han', cookie: 'fang' }, is: 'wang' },
    { says: { header: 'li', query: 'han', cookie: 'fang' }, is: 'li' },
    { says: { query: 'han', cookie: 'fang' }, is: 'han' },
    { says: { cookie: 'fang' }, is: 'fang' },
    { says: { cookie: 'fang li' }, is: 'fang' },
    { says: { path: 'nobody', header: 'li', query: 'han', cookie: 'fang' }, is: 'li' },
    { says: { path: 'nobody', header: 'nobody', query: 'han', cookie: 'fang' }, is: 'han' },
    { says: { path: 'x', header: 'x', query: 'x', cookie: 'fang' }, is: 'fang' },
    { says: { path: '%00', header: 'x'.repeat(65), query: "'", cookie: 'nobody li' }, is: 'li' },
  ]

  it.each(order)('$says is $is', async ({ says, is }) => {
    const sim = await startSim()
    expect(await seen(sim, await asks(sim, says))).toBe(is)
    expect(await seen(sim, await asks(sim, says, inWechat))).toBe(is)
  })

  it('is said by a person’s id as well as by the key', async () => {
    const sim = await startSim()
    expect(await seen(sim, await asks(sim, { header: sim.han.id }))).toBe('han')
    expect(await seen(sim, await asks(sim, { path: sim.han.id }))).toBe('han')
  })

  it('is asked in the world of the appid, where another world’s people are nobody', async () => {
    const sim = await startSim()
    await sim.sim.world({ name: 'other', people: [{ key: 'zhao' }] })
    const { text } = await sim.http('GET', `/as/zhao${authorizePath(sim.acme)}`)
    expect(text).toContain(outside)
    expect(text).toContain('/connect/oauth2/who?')
  })

  it('does not matter to whoever the person does not follow, or blocks', async () => {
    const sim = await startSim()
    await sim.li.blocks(sim.acme)
    await sim.wang.unfollows(sim.acme)
    for (const is of ['li', 'wang', 'han'])
      expect(await seen(sim, await asks(sim, { path: is }))).toBe(is)
  })
})

describe('a browser of nobody', () => {
  it('that is not WeChat’s gets WeChat’s page, with a link to the choice', async () => {
    const sim = await startSim()
    const before = await tablesOf(sim.world)
    const answer = await asks(sim, {})
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('<title>抱歉，出错了</title>')
    expect(textOf(answer.text)).toContain(outside)
    const link = linkTo(answer, '/who?')
    const chosen = await sim.http('GET', link)
    expect(textOf(chosen.text)).toContain(choice)
    expect(await tablesOf(sim.world)).toEqual(before)
  })

  it('that calls itself WeChat’s gets the choice at once', async () => {
    const sim = await startSim()
    const answer = await asks(sim, {}, inWechat)
    expect(answer.status).toBe(200)
    expect(textOf(answer.text)).toContain(choice)
  })

  it('may choose among all people, followers first, and goes on as the one it chose', async () => {
    const sim = await startSim()
    const { http, acme, li, world } = sim
    await li.mutes(acme)
    const page = await http('GET', authorizePath(acme).replace('authorize', 'who'))
    const links = tagsOf(page.text).filter(({ attributes }) => attributes['href']?.includes('/as/'))
    const { person = [] } = await tablesOf(world)
    const keys = links.map(({ attributes: { href = '' } }) => {
      const id = /\/as\/([\w-]+)\//.exec(href)?.[1]
      return person.find((row) => row['person'] === id)?.['key']
    })
    expect(keys.slice(0, 3).sort()).toEqual(['fang', 'li', 'wang'])
    expect(keys.slice(3)).toEqual(['han'])
    expect(textOf(page.text)).toMatch(/李雷 li\s*已关注，消息免打扰/)
    expect(textOf(page.text)).toMatch(/韩梅梅 han\s*未关注/)
    const last = links.at(-1)?.attributes['href'] ?? ''
    expect(await seen(sim, await http('GET', last))).toBe('han')
  })

  it('gets a list of a hundred people, and is told that there are more', async () => {
    const people = Array.from({ length: 101 }, (_, n) => ({ key: `p${n}` }))
    const { http, acme } = await startSim({ world: { people } })
    const { text } = await http('GET', authorizePath(acme).replace('authorize', 'who'))
    expect(text.match(/<li>/g)).toHaveLength(100)
    expect(textOf(text)).toContain('前 100 人')
  })

  it('learns of an error in the link before it is asked who looks', async () => {
    const { http, acme } = await startSim()
    const path = authorizePath(acme, { scope: '' })
    expect((await http('GET', path)).text).toContain('10010')
    expect((await http('GET', path.replace('authorize', 'who'))).text).toContain('10010')
  })

  it('is told in a world without people that nobody lives there', async () => {
    const { http, acme } = await startSim({ world: { people: [] } })
    const { text } = await http('GET', authorizePath(acme), undefined, inWechat)
    expect(textOf(text)).toContain('这个世界里还没有人。')
  })
})

describe('on a server that others can reach', () => {
  const ways: readonly (keyof Says)[] = ['path', 'header', 'query', 'cookie']

  it.each(ways)('the %s makes nobody a person without the control token', async (way) => {
    const sim = await startSim(exposed)
    for (const name of ['wang', sim.wang.id]) {
      for (const more of [{}, inWechat, { authorization: 'Bearer wrong' }]) {
        const before = await tablesOf(sim.world)
        const answer = await asks(sim, { [way]: name }, more)
        expect(answer.status).toBe(200)
        expect(textOf(answer.text)).toContain(outside)
        expect(await tablesOf(sim.world)).toEqual(before)
      }
    }
  })

  it.each(ways)('the %s counts with the control token', async (way) => {
    const sim = await startSim(exposed)
    expect(await seen(sim, await asks(sim, { [way]: 'li' }, asOperator))).toBe('li')
  })

  it.each(ways)('the %s counts with the name that the phone signs', async (way) => {
    const sim = await startSim(exposed)
    const signed = await signedName(sim, 'li')
    expect(signed).toMatch(/^[\w-]+\.[\w-]{43}$/)
    expect(await seen(sim, await asks(sim, { [way]: signed }))).toBe('li')
    expect(await seen(sim, await asks(sim, { [way]: signed }, asOperator))).toBe('li')
  })

  it('a signed name is one person’s, of one server, and nobody’s when it is changed', async () => {
    const sim = await startSim(exposed)
    const other = await startSim({ ...exposed, controlToken: 'another-operators-token' })
    const [id = '', signature = ''] = (await signedName(sim, 'li')).split('.')
    const forged = [
      `${sim.wang.id}.${signature}`,
      `li.${signature}`,
      `${id}.${signature.slice(1)}`,
      `${id}.${signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`,
      `${id}.`,
      await signedName(other, 'li'),
    ]
    for (const name of forged) {
      for (const way of ways)
        expect({ name, is: await seen(sim, await asks(sim, { [way]: name })) }).toEqual({ name })
    }
  })

  it('a name that is nobody’s lets the next one count', async () => {
    const sim = await startSim(exposed)
    const cookie = await signedName(sim, 'fang')
    expect(await seen(sim, await asks(sim, { path: 'wang', header: 'li', cookie }))).toBe('fang')
  })

  it('a phone that is opened leaves its signed name in the cookie', async () => {
    const sim = await startSim(exposed)
    const { headers } = await sim.http('GET', '/w/test/phone/han', undefined, asOperator)
    const [pair = ''] = headers.getSetCookie().filter((one) => one.startsWith('sim_phone='))
    const cookie = /^sim_phone=([^;]+)/.exec(pair)?.[1] ?? ''
    expect(await seen(sim, await asks(sim, { cookie }))).toBe('han')
  })

  it('a link of the phone leads through registration without the control token', async () => {
    const sim = await startSim(exposed)
    const { http, acme, world, li } = sim
    const { url } = (await world.call('phone.open', {
      person: 'li',
      url: `/register/${acme.eid}`,
    })) as { url: string }
    const browser = new Browser(http)
    const form = await browser.open(url)
    await browser.submit(form, good)
    expect(await sim.platform.sends(acme, { mobile: li.mobile })).toMatchObject({ errcode: 0 })
    const stranger = await new Browser(http).open(`/w/test/as/li/register/${acme.eid}`)
    expect(stranger.html).not.toContain('<form')
  })

  it('a signed name stays in the path of the consent sheet that it leads to', async () => {
    const sim = await startSim(exposed)
    const { http, acme, han } = sim
    const visitor = new Visitor(http)
    const link = authorizePath(acme, { scope: 'snsapi_userinfo' })
    const sheet = await visitor.opens(`/as/${await signedName(sim, 'han')}${link}`)
    const { code } = toldBy(await visitor.decides(sheet, 'allow'))
    const { openid } = (await exchange(http, acme, code)).json
    expect(openid).toMatch(/^o[\w-]{27}$/)
    const { follower = [] } = await tablesOf(sim.world)
    expect(follower.find((row) => row['openid'] === openid)).toMatchObject({ person: han.id })
  })

  it('neither the choice nor a link to it is given to strangers', async () => {
    const sim = await startSim(exposed)
    const who = authorizePath(sim.acme).replace('authorize', 'who')
    for (const answer of [
      await asks(sim, {}),
      await asks(sim, {}, inWechat),
      await sim.http('GET', who),
      await sim.http('GET', who, undefined, inWechat),
    ]) {
      expect(answer.status).toBe(200)
      expect(textOf(answer.text)).toContain(outside)
      expect(answer.text).not.toMatch(/\/who|\/as\/|李雷/)
    }
  })

  it('the operator gets both', async () => {
    const sim = await startSim(exposed)
    const answer = await asks(sim, {}, asOperator)
    const page = await sim.http('GET', linkTo(answer, '/who?'), undefined, asOperator)
    expect(textOf(page.text)).toContain(choice)
    expect(textOf((await asks(sim, {}, { ...asOperator, ...inWechat })).text)).toContain(choice)
  })
})

it('two phones in one browser stay two people', async () => {
  const sim = await startSim()
  const { http, acme } = sim
  const visitor = new Visitor(http, { cookie: 'sim_phone=fang' })
  const seenAs = async (key: string) =>
    seen(sim, await visitor.opens(`/as/${key}${authorizePath(acme)}`))
  expect([await seenAs('li'), await seenAs('han'), await seenAs('li')]).toEqual(['li', 'han', 'li'])
})

/** The name by which the phone of an exposed server hands out links of a person. */
async function signedName({ world, acme }: Sim, person: string): Promise<string> {
  const input = { person, url: `/register/${acme.eid}` }
  const { url } = (await world.call('phone.open', input)) as { url: string }
  return /\/as\/([^/]+)\//.exec(url)?.[1] ?? ''
}

function linkTo(answer: Answer, part: string): string {
  const links = tagsOf(answer.text).map(({ attributes }) => attributes['href'] ?? '')
  return links.find((href) => href.includes(part)) ?? ''
}
