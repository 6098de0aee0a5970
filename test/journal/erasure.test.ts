import { expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { Browser } from '../tupu/register/browser.ts'
import { dump, revealed, startErasing } from './erasure.ts'

const mobile = '13900139000'
const chen = { mobile, name: '陈大文', email: 'chen@example.com' }
const instant = '2026-01-05T01:00:00.000Z'

onEither('a withdrawal', (database) => {
  it('leaves of a message that it was sent, when, and what became of it', async () => {
    const { world, acme, platform } = await startErasing(database)
    const { person } = await world.register(mobile, chen)
    const content = { mobile, name: '陈生', email: chen.email, url: `https://hr.test/?m=${mobile}` }
    const sent = await platform.sends(acme, { ...content, client_msg_id: 'order-17' })
    await world.call('phone.mute', { person })
    await platform.sends(acme, { ...content, client_msg_id: 'order-18' })
    const before = await world.messages()
    await world.call('association.withdraw', { mobile })
    const nothing = { mobile: '', text: '', title: null, line: null, keywords: {}, url: '' }
    expect(await world.messages()).toEqual(
      before.map((message) => ({ ...message, ...nothing, client_msg_id: null })),
    )
    expect(before).toMatchObject([
      { state: 'delivered', on_phone: true, at: instant },
      { state: 'refused', answer: { errcode: 43101 } },
    ])
    expect(await world.messages({ mobile })).toEqual([])
    const got = await platform.get(`/messages/${sent.msgid_str}?eid=${acme.eid}`)
    expect(got.json).toMatchObject({ state: 'delivered', client_msg_id: null, created_at: instant })
    const found = await platform.get(`/messages?eid=${acme.eid}&client_msg_id=order-17`)
    expect(found.json).toMatchObject({ errcode: 100017 })
  })

  it('lets no message through from then on', async () => {
    const { world, acme, platform } = await startErasing(database)
    await world.register(mobile, chen)
    const send = { mobile, client_msg_id: 'order-17' }
    expect(await platform.sends(acme, send)).toMatchObject({ errcode: 0 })
    await world.call('association.withdraw', { mobile })
    expect(await platform.sends(acme, { mobile })).toMatchObject({ errcode: 100011 })
    expect(await world.messages({ mobile })).toMatchObject([
      { state: 'refused', mobile: `+86${mobile}` },
    ])
    const asked = await platform.post('/registrations/query', { eid: acme.eid, mobile })
    expect(asked.json).toMatchObject({ reachable: false, reason: 'unknown_mobile' })
  })

  it('leaves on the phone that there was a message, its title and when, and nothing of what it said', async () => {
    const { world, acme, platform } = await startErasing(database)
    const { person } = await world.register(mobile, chen)
    const message = `陈大文，您的手机号 +86 139-0013-9000 和 ${chen.email} 已登记，周五入职`
    await platform.sends(acme, { mobile, message })
    type Keyword = { label: string; value: string }
    type Chat = { messages: { title: string; at: string; keywords: Keyword[] }[] }
    const chat = async () => (await world.call('phone.chat', { person, account: 'acme' })) as Chat
    const [before] = (await chat()).messages
    await world.call('association.withdraw', { mobile })
    const after = await chat()
    expect(after.messages).toMatchObject([{ title: before?.title, at: before?.at, line: '***' }])
    const named = (chat: Chat) => chat.messages[0]?.keywords.map(({ label }) => label)
    expect(named(after)).toEqual(before?.keywords.map(({ label }) => label))
    expect(after.messages[0]?.keywords.every(({ value }) => value === '***')).toBe(true)
    expect(JSON.stringify(after)).not.toMatch(/陈大文|chen@|139.?0013|周五/)
  })

  it('leaves nobody in history, and no session and no draft', async () => {
    const { http, world, acme, other } = await startErasing(database)
    const browser = new Browser(http)
    const page = `/as/li/register/${acme.eid}`
    const fields = { name: '李雷', region: 'CN', mobile: '13800138001', consent: 'yes' }
    await browser.submit(await browser.open(page), { ...fields, email: 'li@example.com' })
    expect(await other.rows('select session from session where openid is not null')).not.toEqual([])
    await world.call('association.withdraw', { mobile: '13800138001' })
    expect(await other.rows('select session from session where openid is not null')).toEqual([])
    const { items } = (await world.call('association.history')) as { items: object[] }
    expect(items.slice(-2)).toMatchObject([
      { verb: 'registered', openid: null, trace: null, who: 'candidate', via: 'form' },
      { verb: 'withdrawn', openid: null, trace: null, who: 'operator', fields: [] },
    ])
    const again = await browser.open(page)
    expect(again.html).not.toContain('李雷')
    expect(again.html).toContain('<form')
  })

  it('says of itself in the journal only that it was', async () => {
    const { http, world } = await startErasing(database)
    const { openid } = await world.register(mobile, chen)
    const path = '/_sim/v1/worlds/test/associations/withdraw'
    await http('POST', path, { mobile: '139 0013 9000' })
    await http('POST', path, { mobile: '139 0013 9000' })
    await http('POST', path, { openid, mobile: 'none' })
    const own = (await revealed(http)).filter(({ endpoint }) => endpoint === 'association.withdraw')
    expect(own).toHaveLength(3)
    for (const { text } of own) {
      expect(JSON.parse(text)).toMatchObject({ request: { body: '' } })
      expect(text).not.toMatch(/139.?0013|139\*|none/)
      expect(text).not.toContain(openid)
    }
  })

  it('takes what somebody was called before, and every number they had', async () => {
    const { http, acme, world, platform, li, other } = await startErasing(database)
    const browser = new Browser(http)
    const page = `/as/li/register/${acme.eid}`
    const fill = async (fields: Record<string, string>) => {
      const open = await browser.open(page)
      const form = open.html.includes('<form') ? open : await browser.open(`${page}/change`)
      return browser.submit(form, { consent: 'yes', email: 'old@example.com', ...fields })
    }
    await fill({ name: '旧名字', region: 'HK', mobile: '5123 4567' })
    await platform.sends(acme, { mobile: '+852 5123 4567', message: '给旧号码' })
    await fill({ name: '打错的', region: 'CN', mobile: '1380013' })
    await fill({ name: '新名字', region: 'CN', mobile: '13900139001', email: 'new@example.com' })
    await platform.post('/registrations/query', { eid: acme.eid, mobile: '+85251234567' })
    await world.call('association.withdraw', { openid: li.openidAt(acme) })
    const texts = [...(await dump(other)), ...(await revealed(http))].map(({ text }) => text)
    const data = /旧名字|打错的|新名字|5123.?4567|1380013(?!8)|139.?0013.?9001|old@|new@/
    expect(texts.filter((text) => data.test(decoded(text)))).toEqual([])
    expect((await revealed(http)).filter(({ text }) => text.includes('给旧号码'))).toEqual([])
  })

  it('at one of two accounts leaves the other account what it has', async () => {
    const { http, world, acme, platform } = await startErasing(database)
    await world.call('account.create', { key: 'initech', eid: 'initech-1' })
    const initech = { eid: 'initech-1', mobile, message: '给初创的' }
    await platform.sends(acme, { mobile, message: '太早了' })
    await platform.post('/messages', { ...initech, message: '也太早了' })
    await world.register(mobile, chen)
    await world.register(mobile, { ...chen, account: 'initech' })
    await platform.sends(acme, { mobile })
    await platform.post('/messages', initech)
    const of = (eid: string, all: Awaited<ReturnType<typeof revealed>>) =>
      all.filter(({ text, endpoint }) => endpoint === 'message.send' && text.includes(eid))
    const before = await revealed(http)
    const messages = await world.messages({ account: 'initech' })
    await world.call('association.withdraw', { mobile, account: 'acme' })
    const after = await revealed(http)
    expect(of(initech.eid, before)).toHaveLength(2)
    expect(of(initech.eid, after)).toEqual(of(initech.eid, before))
    expect(await world.messages({ account: 'initech' })).toEqual(messages)
    const sends = after.filter(({ endpoint }) => endpoint === 'message.send')
    const erased = sends.filter(({ text }) => text.includes('association.erased'))
    expect(erased).toHaveLength(2)
    for (const { text } of erased) expect(text).not.toMatch(/139.?0013|陈大文|太早了/)
    expect(await world.messages({ account: 'acme' })).toMatchObject([
      { mobile: '', state: 'refused' },
      { mobile: '', state: 'delivered' },
    ])
  })

  it('leaves others what is theirs, also when they are called the same', async () => {
    const { http, world, acme, platform } = await startErasing(database)
    const namesake = { mobile: '13900139009', name: chen.name, email: 'other@example.com' }
    await world.register(mobile, chen)
    await world.register(namesake.mobile, namesake)
    for (const one of [chen, namesake])
      await platform.sends(acme, { mobile: one.mobile, name: one.name, message: `你好${one.name}` })
    const before = await revealed(http)
    const [, theirs] = await world.messages()
    await world.call('association.withdraw', { mobile })
    const after = await revealed(http)
    const of = (all: typeof after) => all.filter(({ text }) => text.includes('13900139009'))
    expect(of(before)).toHaveLength(2)
    expect(of(after)).toEqual(of(before))
    expect((await world.messages()).at(-1)).toEqual(theirs)
    expect(after.slice(0, -1).filter(({ text }) => text.includes(chen.mobile))).toEqual([])
    const exported = JSON.stringify(await world.call('world.export'))
    expect(exported).toContain('other@example.com')
    expect(exported).toContain('王小雨')
  })
})

function decoded(text: string): string {
  return text.replace(/(?:%[\dA-F]{2})+/gi, (run) => decodeURIComponent(run)).replaceAll('+', ' ')
}
