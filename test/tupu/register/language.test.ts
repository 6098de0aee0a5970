import { describe, expect, it } from 'vitest'
import { startSim } from '../../sim.ts'
import { Browser, formOf, linkIn } from './browser.ts'
import { calls, good, heldBy, pageOf, startAtForm } from './candidate.ts'

describe('the language of a page', () => {
  it.each([
    { wish: undefined, query: '', lang: 'zh-CN' },
    { wish: 'fr', query: '', lang: 'zh-CN' },
    { wish: 'en-GB,zh;q=0.5', query: '', lang: 'en' },
    { wish: 'en', query: '?lang=zh', lang: 'zh-CN' },
    { wish: 'zh', query: '?lang=en', lang: 'en' },
    { wish: 'en', query: '?lang=fr', lang: 'en' },
  ])('is $lang when the browser wishes $wish and the address says $query', async (of) => {
    const { http, acme } = await startSim()
    const headers: Record<string, string> = of.wish ? { 'accept-language': of.wish } : {}
    const page = await new Browser(http, { headers }).open(pageOf(acme) + of.query)
    expect(page.html).toContain(`<html lang="${of.lang}">`)
    expect(page.headers.get('vary')).toContain('Accept-Language')
  })

  it('stays through web OAuth, forms, redirects and links', async () => {
    const { http, acme } = await startSim()
    const browser = new Browser(http)
    const form = await browser.open(`${pageOf(acme)}?lang=en`)
    const information = await browser.submit(form, good)
    expect(information.url).toBe(`${pageOf(acme)}?done=registered&lang=en`)
    expect(information.text).toContain('You are registered')
    const change = await browser.open(linkIn(information, 'Change details'), information)
    const back = await browser.open(linkIn(change, 'Go back'), change)
    const asks = await browser.open(linkIn(back, 'Withdraw'), back)
    expect((await browser.submit(asks)).text).toContain('have been deleted')
  })

  it('is changed on the form without losing what was typed, and without writing it down', async () => {
    const sim = await startAtForm()
    const { browser, form, acme } = sim
    const before = await heldBy(sim)
    const typed = { ...good, name: '', region: 'JP', email: 'li@' }
    const page = await browser.submit(form, typed, { lang: 'en' })
    expect(page).toMatchObject({ status: 200, url: `${pageOf(acme)}?lang=en` })
    expect(page.text).toContain('Register')
    expect(formOf(page).values).toMatchObject(typed)
    expect(page.html).not.toContain('aria-invalid')
    expect(await heldBy(sim)).toEqual(before)
    const [latest] = await calls(sim)
    expect(latest?.decision).not.toContain('form.valid')
    expect(page.html).toContain('<option value="JP" selected="">Japan +81</option>')
  })

  it('is changed on other pages by a link that keeps what they show', async () => {
    const { http, acme } = await startSim()
    const browser = new Browser(http)
    await browser.open(pageOf(acme, 'wang'))
    const zh = await browser.open(`${pageOf(acme, 'wang')}?show=all`)
    const en = await browser.open(linkIn(zh, 'English'), zh)
    expect(en.text).toContain('王小雨')
    expect(en.text).toContain('Your details')
  })
})
