import { describe, expect, it } from 'vitest'
import { startSim } from '../../sim.ts'
import { Browser, formOf, linkIn } from './browser.ts'
import { good, li_mobile, pageOf, registrations, startAtForm } from './candidate.ts'

const second = { eid: 'acme', zh: '第一段\n\n第二段 <b>', en: 'One\nTwo' }

describe('the privacy notice', () => {
  it('is for everybody, in both languages, with the company’s name', async () => {
    const { http, acme } = await startSim()
    const browser = new Browser(http)
    const page = await browser.ask(`/register/${acme.eid}/notice`)
    expect(page.status).toBe(200)
    expect(page.text).toContain('晨光科技委托 TUPU 运营')
    expect(page.headers.get('set-cookie')).toBeNull()
    const en = await browser.ask(`/register/${acme.eid}/notice?lang=en`)
    expect(en.text).toContain('Your rights')
  })

  it('stands on the form, and is the account’s own once it has published one', async () => {
    const { browser, form, acme, world } = await startAtForm()
    expect(form.html).toMatch(/<details><summary>查看隐私告知<\/summary><p>谁在收集/)
    expect(formOf(form).values['notice']).toBe('1')
    await world.call('privacy_notice.publish', second)
    const page = await browser.open(pageOf(acme))
    expect(page.html).toContain('<p>第一段</p><p>第二段 &lt;b&gt;</p>')
    expect(page.text).toContain('（第 2 版）')
    expect(formOf(page).values['notice']).toBe('2')
    const en = await browser.open(`${pageOf(acme)}/notice?lang=en`)
    expect(en.html).toContain('<p>One</p><p>Two</p>')
  })

  it('that changed while somebody typed is shown, and must be agreed to anew', async () => {
    const { browser, form, world } = await startAtForm()
    await world.call('privacy_notice.publish', second)
    const page = await browser.submit(form, good)
    expect(page.status).toBe(422)
    expect(page.text).toContain('隐私告知刚刚更新')
    expect(page.html).toContain('<details open="">')
    expect(formOf(page).values).toMatchObject({ name: '李雷', notice: '2' })
    expect(formOf(page).values).not.toHaveProperty('consent')
    expect(await registrations({ world }, { mobile: li_mobile })).toEqual([])
    await browser.submit(page, { consent: 'yes' })
    expect(await registrations({ world }, { mobile: li_mobile })).toMatchObject([
      { notice_version: 2 },
    ])
  })

  it('that was agreed to is shown with the information, and asked about no more', async () => {
    const { browser, form, acme, world } = await startAtForm()
    const information = await browser.submit(form, good)
    await world.call('privacy_notice.publish', second)
    const agreed = await browser.open(linkIn(information, '第 1 版'), information)
    expect(agreed.text).toContain('谁在收集')
    const change = await browser.open(`${pageOf(acme)}/change`)
    expect(change.html).toContain('name="consent"')
    const page = await browser.submit(change, { consent: 'yes' })
    expect(page.text).toContain('第 2 版')
    expect((await browser.open(`${pageOf(acme)}/change`)).html).not.toContain('name="consent"')
  })

  it('of a version that never was is not there', async () => {
    const { http, acme } = await startSim()
    for (const version of ['2', '0', '-1', 'x', '9'.repeat(30)]) {
      const path = `/register/${acme.eid}/notice?version=${version}`
      expect((await new Browser(http).ask(path)).status).toBe(404)
    }
  })
})
