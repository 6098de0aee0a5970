import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { PlainBrowser } from '../phone/browser.ts'
import { startOperating } from './operator.ts'

describe('the people of a world', () => {
  it('are listed with how they stand to each account, and link to their pages', async () => {
    const { browser, wang } = await startOperating()
    await browser.opens('/w/test/people')
    expect(browser.text).toMatch(
      /Registered王小雨 138 0013 8002 · wang晨光科技Following, registered/u,
    )
    expect(browser.text).toMatch(/Following李雷 138 0013 8001 · li晨光科技Following/u)
    expect(browser.text).toMatch(/No account韩梅梅 138 0013 8003 · hanFollows no accounts/u)
    expect(browser.links()).toContain(`/w/test/people/${wang.id}`)
  })

  it.each([
    { q: '李', finds: ['李雷'], not: ['王小雨', '韩梅梅'] },
    { q: '138 0013 8002', finds: ['王小雨'], not: ['李雷', '韩梅梅'] },
    { q: '8003', finds: ['韩梅梅'], not: ['李雷', '王小雨'] },
    { q: 'nobody', finds: ['No results'], not: ['李雷', '王小雨', '韩梅梅'] },
    { q: '-8', finds: ['No results'], not: ['李雷', '王小雨', '韩梅梅'] },
  ])('are searched by $q, which stands in no address', async ({ q, finds, not }) => {
    const { browser } = await startOperating()
    await browser.opens('/w/test/people')
    await browser.presses('search-send', { q })
    expect(browser.path).toMatch(/^\/w\/test\/people\?asked=[\w-]+$/u)
    for (const text of finds) expect(browser.text).toContain(text)
    for (const text of not) expect(browser.text).not.toContain(text)
  })

  it('become one more, who follows an account, by a form that leads to their page', async () => {
    const { browser, world } = await startOperating()
    await browser.opens('/w/test/people')
    const typed = { name: '赵敏', mobile: '13800138009', key: 'zhao', follows: 'acme' }
    await browser.presses('make', typed)
    expect(browser.path).toMatch(/^\/w\/test\/people\/p-\w+\?said=person\.create$/u)
    expect(browser.text).toContain('Person created.')
    const phone = await world.call('phone.get', { person: 'zhao' })
    expect(phone).toMatchObject({
      name: '赵敏',
      mobile: '+8613800138009',
      chats: [{ account: 'acme', state: 'following' }],
    })
  })

  it('are shown fifty at a time, and all of them by going on', async () => {
    const { browser, world } = await startOperating()
    for (let n = 0; n < 60; n++) await world.call('person.create', { key: `p${n}`, name: `人${n}` })
    const seen = new Set<string>()
    await browser.opens('/w/test/people')
    for (let page = 0; page < 2; page++) {
      for (const link of browser.links()) if (/people\/p-/u.test(link)) seen.add(link)
      const more = browser.links().find((link) => link.includes('after='))
      if (more) await browser.opens(more)
    }
    expect(seen.size).toBe(64)
  })
})

describe('the page of a person', () => {
  it('registers them, releases their mobile and withdraws them, each after a question', async () => {
    const { browser, world, li, wang } = await startOperating()
    await browser.opens(`/w/test/people/${li.id}`)
    await browser.presses('register-acme')
    expect(browser.text).toContain('Registered mobile138 0013 8001')
    await browser.presses('release-acme')
    expect(browser.text).toContain('Mobile released.')
    expect(browser.text).toContain('Mobile released by an operator · 晨光科技')
    await browser.opens(`/w/test/people/${wang.id}`)
    expect(browser.text).toContain('Withdraw the consent of 王小雨 at 晨光科技?')
    await browser.presses('withdraw-acme')
    expect(browser.path).not.toMatch(/1380|o[\w-]{27}/u)
    expect(browser.text).toContain('Not registered')
    const left = await world.call('association.list', { account: 'acme' })
    expect(JSON.stringify(left)).not.toContain('+8613800138002')
  })

  it('sends to them, answers beside the form, and shows their latest messages', async () => {
    const { browser, world, platform, acme, wang, li } = await startOperating()
    const at = `/w/test/people/${wang.id}`
    await browser.opens(at)
    expect(browser.text).toContain('Keywang')
    expect(browser.text).toContain('No messages yet')
    await browser.presses('send-now', { message: '请上传学历证书' })
    expect(browser.path.split('?')[0]).toBe(at)
    expect(browser.path).not.toContain('138')
    expect(browser.html).toMatch(/id="send"[\s\S]*id="sent"[\s\S]*errcode 0[\s\S]*id="send-now"/u)
    expect(browser.html).toMatch(/id="send-message"[^>]*>请上传学历证书</u)
    expect(await world.message()).toMatchObject({ mobile: wang.mobile })
    await platform.sends(acme, { mobile: li.mobile, message: '给李雷' })
    for (let n = 1; n <= 6; n++)
      await platform.sends(acme, { mobile: wang.mobile, message: `第 ${n} 条` })
    await browser.opens(at)
    for (let n = 2; n <= 6; n++) expect(browser.text).toContain(`第 ${n} 条`)
    expect(browser.text).not.toMatch(/第 1 条|给李雷/u)
    await browser.presses('older')
    expect(browser.text).toContain('第 1 条')
  })

  it('is not there for somebody who is not', async () => {
    const { browser } = await startOperating()
    expect((await browser.opens('/w/test/people/nobody')).status).toBe(404)
    expect(browser.text).toContain('This person does not exist in this world.')
  })
})

it('a click that withdraws somebody is kept without whom it names', async () => {
  const { browser, world, wang, acme } = await startOperating()
  await browser.opens(`/w/test/people/${wang.id}`)
  expect(browser.html).toContain(`value="${wang.openidAt(acme)}"`)
  await browser.presses('withdraw-acme')
  const { items } = (await world.call('exchange.list', {})) as {
    items: { seq: number; url: string }[]
  }
  const click = items.find(({ url }) => url.includes('/do/association.withdraw'))
  const whole = await world.call('exchange.get', { seq: String(click?.seq), reveal: 'true' })
  expect(JSON.stringify(whole)).not.toContain(wang.openidAt(acme))
})

describe('the registrations of an account', () => {
  it.each([
    { q: '王', finds: true },
    { q: '+86 138-0013-8002', finds: true },
    { q: '8002', finds: true },
    { q: 'nobody', finds: false },
  ])('are searched by $q', async ({ q, finds }) => {
    const { browser, wang } = await startOperating({ at: '/acme?tab=registrations' })
    expect(browser.text).toContain('方芳')
    await browser.presses('search-send', { q })
    expect(browser.path).toMatch(/acme\?tab=registrations&asked=[\w-]+$/u)
    expect(browser.text.includes('王小雨')).toBe(finds)
    expect(browser.links().includes(`/w/test/people/${wang.id}`)).toBe(finds)
    expect(browser.text).not.toContain('方芳')
  })

  it('become one more by a form that leads back to them', async () => {
    const { browser, path } = await startOperating({ at: '/acme?tab=registrations' })
    const typed = { mobile: '138 0013 8009', name: '赵敏', email: 'zhao@example.com' }
    await browser.presses('register-one', typed)
    expect(browser.path).toBe(path('/acme?tab=registrations&said=association.create'))
    expect(browser.text).toMatch(/赵敏 138 0013 8009zhao@example\.com/u)
  })

  it.each([
    { lang: 'en', says: 'No valid mobile number that can be registered.' },
    { lang: 'zh-CN', says: '缺少可以登记的有效手机号。' },
  ])('that an import rejects are explained in $lang, line by line', async ({ lang, says }) => {
    const { http, world } = await startOperating()
    const browser = new PlainBrowser(http, { 'accept-language': lang })
    const csv = 'name,mobile\n赵敏,13800138009\n张无忌,12345\n'
    const path = '/_sim/v1/worlds/test/association-imports'
    const { json } = await http('POST', path, { account: 'acme', csv })
    const { import: id } = z.object({ import: z.string() }).parse(json)
    await expect
      .poll(() => world.call('association_import.get', { import: id }))
      .toMatchObject({ state: 'done', refused: 1 })
    await browser.opens(`/w/test/imports/${id}`)
    expect(browser.text).toContain(says)
  })

  it('are brought by no text that is empty, and the form says so', async () => {
    const { browser } = await startOperating({ at: '/acme?tab=registrations' })
    expect(await browser.presses('import-now', { csv: '' })).toMatchObject({ status: 422 })
    expect(browser.html).toContain('id="import-csv-fault"')
    expect(browser.text).toContain('The file is empty')
  })

  it('come from a file as large by a form as by the API, and a larger one is refused by both', async () => {
    const { browser, path, http } = await startOperating({ at: '/acme?tab=registrations' })
    const size = 4 * 1024 * 1024
    const begin = 'mobile,note\r\n13800138009,'
    const csv = begin + '注'.repeat((size - Buffer.byteLength(begin)) / 3)
    const brings = (csv: string) =>
      http('POST', '/_sim/v1/worlds/test/association-imports', { account: 'acme', csv })
    expect(await brings(csv)).toMatchObject({ status: 202 })
    expect(await brings(`${csv}注`)).toMatchObject({ status: 413, json: { field: 'csv' } })
    await browser.presses('import-now', { csv })
    expect(browser.path).toBe('/w/test/imports/i000000002')
    await browser.opens(path('/acme?tab=registrations'))
    expect(await browser.presses('import-now', { csv: `${csv}注` })).toMatchObject({ status: 422 })
    expect(browser.html).toContain('id="import-csv-fault"')
    expect(browser.text).toContain('The file is over 4 MB.')
    await browser.opens(path('/acme?tab=registrations'))
    await browser.presses('import-now', { csv: csv.repeat(2) })
    expect(browser.page?.status).toBe(413)
    expect(browser.text).toContain('An import takes files of up to 4 MB.')
  })
})
