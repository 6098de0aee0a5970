import { describe, expect, it } from 'vitest'
import { PlainBrowser } from '../phone/browser.ts'
import { startFakeWechat } from '../tupu/fake-wechat.ts'
import { startAt, startThrough } from '../tupu/through.ts'

const path = '/w/test/accounts/acme'

describe('an account at another WeChat', () => {
  it('is shown as that WeChat has it, and its page is published through it', async () => {
    const { http } = await startThrough()
    const browser = new PlainBrowser(http)
    expect((await browser.opens(path)).status).toBe(200)
    expect(browser.text).toContain('Official accountHosted on another WeChat server')
    expect(browser.html).toContain('c-good">Live')
    expect(browser.html).not.toContain('id="set-industries"')
    await browser.presses('next-registration_page_published')
    expect(browser.text).toContain('Registration page published to the menu.')
    expect(browser.html).not.toContain('next-registration_page_published')
  })

  it('says why that WeChat refuses, and what of the account is known', async () => {
    const refusing = { 'menu/create': { errcode: 48001, errmsg: 'api unauthorized' } }
    const { url } = await startFakeWechat({
      ...refusing,
      get_current_selfmenu_info: { is_menu_open: 0 },
    })
    const { http } = await startAt(url)
    const browser = new PlainBrowser(http)
    await browser.opens(path)
    expect((await browser.presses('next-registration_page_published')).status).toBe(422)
    expect(browser.text).toContain('WeChat answers 48001 api unauthorized')
    expect(browser.html).toContain('c-good">Live')
  })
})
