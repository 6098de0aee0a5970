import { describe, expect, it } from 'vitest'
import { onBoth, onEither } from '../../database.ts'
import { revealed } from '../../journal/erasure.ts'
import { startSim } from '../../sim.ts'
import { tables } from '../journal.ts'
import { Browser, formOf, linkIn } from './browser.ts'
import { calls, good, li_mobile, pageOf, registrations, shown, startAtForm } from './candidate.ts'

onEither('the registration page', (database) => {
  it('learns the openid by itself, registers, and messages reach the phone', async () => {
    const { browser, form, acme, li, platform, world } = await startAtForm({ database })
    expect(form.way.map((url) => url.split('?')[0])).toEqual([
      pageOf(acme),
      '/as/li/connect/oauth2/authorize',
      pageOf(acme),
      pageOf(acme),
    ])
    expect(form.url).toBe(pageOf(acme))
    expect(form.text).toContain('信息登记')
    expect(await shown({ world })).toEqual({ page: 'register.form', openid: li.openidAt(acme) })
    const page = await browser.submit(form, good)
    expect(page.way).toEqual([pageOf(acme), `${pageOf(acme)}?done=registered`])
    expect(page.text).toContain('登记成功')
    expect(await registrations({ world }, { openid: li.openidAt(acme) })).toMatchObject([
      {
        appid: acme.appid,
        mobile: li_mobile,
        name: '李雷',
        email: 'li@example.com',
        source: 'form',
        notice_version: 1,
        consented_at: expect.any(Number),
      },
    ])
    const mobile = '13800138001'
    expect((await platform.sends(acme, { mobile, message: '欢迎加入' })).errcode).toBe(0)
    expect(await li.inbox()).toMatchObject([{ line: '欢迎加入' }])
  })

  it('shows a known candidate the information: masked, and whole when it is asked for', async () => {
    const { http, acme, fang } = await startSim({ database })
    await fang.registers(acme, { email: 'fang@example.com', source: 'direct_application' })
    const browser = new Browser(http)
    const masked = await browser.open(pageOf(acme, 'fang'))
    for (const text of ['方＊', '138****8004', 'f***@example.com', '在微信里直接应聘'])
      expect(masked.text).toContain(text)
    expect(masked.text).not.toContain('方芳')
    expect(masked.html).not.toMatch(/8613800138004|fang@example/)
    const whole = await browser.open(linkIn(masked, '显示完整信息'), masked)
    for (const text of ['方芳', '+86 138 0013 8004', 'fang@example.com'])
      expect(whole.text).toContain(text)
    expect((await browser.open(linkIn(whole, '隐藏部分信息'), whole)).text).toContain('方＊')
  })

  it('changes what is known, and says so', async () => {
    const { browser, form, acme, li, world } = await startAtForm({ database })
    const information = await browser.submit(form, good)
    const change = await browser.open(linkIn(information, '修改信息'), information)
    expect(formOf(change).values).toMatchObject({
      name: '李雷',
      region: 'CN',
      mobile: '138 0013 8001',
      email: 'li@example.com',
    })
    expect(formOf(change).values).not.toHaveProperty('consent')
    const saved = await browser.submit(change, { region: 'HK', mobile: '5123 4567' })
    expect(saved.url).toBe(`${pageOf(acme)}?done=changed`)
    expect(saved.text).toContain('已经保存')
    expect(await registrations({ world }, { openid: li.openidAt(acme) })).toMatchObject([
      { mobile: '+85251234567' },
    ])
    const again = await browser.open(`${pageOf(acme)}/change`)
    expect(formOf(again).values).toMatchObject({ region: 'HK', mobile: '5123 4567' })
  })

  it('lets a candidate withdraw, after saying what is erased', async () => {
    const { browser, form, acme, li, world, platform, http } = await startAtForm({ database })
    const information = await browser.submit(form, good)
    const asks = await browser.open(linkIn(information, '撤回登记'), information)
    expect(asks.text).toContain('你的姓名、手机号和邮箱')
    expect(await shown({ world })).toMatchObject({ page: 'register.withdraw' })
    const done = await browser.submit(asks)
    expect(done.text).toContain('你的个人信息已经删除')
    // The journal forgets before the page says so.
    const journal = (await revealed(http)).map(({ text }) => text).join('\n')
    expect(journal).toContain('register.submit')
    expect(journal).not.toContain(good.email)
    expect(journal).not.toContain(good.mobile)
    expect(await registrations({ world }, { openid: li.openidAt(acme) })).toEqual([])
    expect((await platform.sends(acme, { mobile: '13800138001' })).errcode).toBe(100011)
    const anew = await browser.open(linkIn(done, '重新登记'), done)
    expect(formOf(anew).values).toMatchObject({ name: '', mobile: '', email: '' })
  })
})

onBoth('the same form, sent twice at the same time', (database) => {
  it('makes one association and one change, and leads to the same page', async () => {
    const { browser, form, acme, li, world } = await startAtForm({ database })
    const pages = await Promise.all([browser.submit(form, good), browser.submit(form, good)])
    expect(pages[1]?.url).toBe(pages[0]?.url)
    expect(pages[1]?.html).toBe(pages[0]?.html)
    const { association_change: changes } = await tables(world)
    const openid = li.openidAt(acme)
    expect(changes?.filter((one) => (one as { openid: string }).openid === openid)).toMatchObject([
      { verb: 'registered', who: 'candidate', via: 'form' },
    ])
  })
})

describe('one browser with two phones', () => {
  it('is two people, whichever was opened last', async () => {
    const { http, acme, li, world } = await startSim()
    const browser = new Browser(http)
    const forLi = await browser.open(pageOf(acme, 'li'))
    const forHan = await browser.open(pageOf(acme, 'han'))
    await browser.submit(forLi, good)
    await browser.submit(forHan, { ...good, name: '韩梅梅', mobile: '13800138003' })
    expect(await registrations({ world }, { name: '李雷' })).toMatchObject([
      { openid: li.openidAt(acme) },
    ])
    const [hans] = await registrations({ world }, { name: '韩梅梅' })
    expect(hans?.['openid']).not.toBe(li.openidAt(acme))
    expect((await browser.open(`${pageOf(acme, 'li')}?show=all`)).text).toContain('李雷')
    expect((await browser.open(`${pageOf(acme, 'han')}?show=all`)).text).toContain('韩梅梅')
  })

  it('does not show a phone what another way in has opened', async () => {
    const { http, acme, wang } = await startSim()
    const browser = new Browser(http)
    const wangs = `/register/${acme.eid}?sim_person=${wang.key}`
    expect((await browser.open(wangs)).text).toContain('登记信息')
    const lis = await browser.open(pageOf(acme, 'li'))
    expect(lis.way).toHaveLength(4)
    expect(lis.text).toContain('信息登记')
  })
})

describe('the application page', () => {
  it('registers whoever applies, says so, and leads to the information', async () => {
    const { http, acme, world } = await startSim()
    const browser = new Browser(http)
    const form = await browser.open(`/as/han/apply/${acme.eid}`)
    expect(form.text).toContain('应聘晨光科技')
    const applied = await browser.submit(form, { ...good, mobile: '13800138003' })
    expect(applied.url).toBe(`/as/han/apply/${acme.eid}`)
    expect(applied.text).toContain('已收到你的应聘')
    expect(await registrations({ world }, { mobile: '+8613800138003' })).toMatchObject([
      { source: 'direct_application' },
    ])
    const information = await browser.open(linkIn(applied, '查看登记信息'), applied)
    expect(information.text).toContain('在微信里直接应聘')
  })

  it('tells whoever is registered that nothing more is needed', async () => {
    const { http, acme } = await startSim()
    const page = await new Browser(http).open(`/as/wang/apply/${acme.eid}`)
    expect(page.text).toContain('你已经登记过了')
    expect(page.html).not.toContain('<form')
  })
})

describe('whoever does not follow', () => {
  it('is told how, and that no second registration is needed; a follower is not', async () => {
    const { http, acme, han, world } = await startSim()
    const browser = new Browser(http)
    const form = await browser.open(pageOf(acme, 'han'))
    const page = await browser.submit(form, { ...good, mobile: '13800138003' })
    for (const text of ['关注以后才能收到通知', '不用再填一次', '搜索“晨光科技”'])
      expect(page.text).toContain(text)
    expect(page.html).toContain('aria-label="公众号“晨光科技”的二维码"')
    await world.call('phone.follow', { person: han.key, account: 'acme' })
    const after = await browser.open(pageOf(acme, 'han'))
    expect(after.text).not.toContain('关注以后才能收到通知')
    expect(after.text).toContain('你已关注“晨光科技”')
  })
})

describe('the journal', () => {
  it('names page and openid, keeps no page, and no address has personal data', async () => {
    const { browser, form, acme, li, world } = await startAtForm()
    await browser.open(linkIn(await browser.submit(form, good), '修改信息'), form)
    const kept = await calls({ world })
    expect(kept.length).toBeGreaterThan(4)
    const openid = li.openidAt(acme)
    const pages = kept.flatMap(({ decision }) => {
      return decision.filter((step) => typeof step !== 'string' && step.rule === 'page.shown')
    })
    expect(pages.map((step) => (step as { row: unknown }).row)).toEqual([
      { page: 'register.change', openid },
      { page: 'register.information', openid },
      { page: 'register.form', openid },
    ])
    for (const { url, answer } of kept) {
      expect(url).not.toMatch(/8001|李|example\.com/)
      expect(answer.body).toBe('')
    }
  })
})
