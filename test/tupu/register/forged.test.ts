import { describe, expect, it } from 'vitest'
import { Browser, formOf } from './browser.ts'
import { calls, good, heldBy, pageOf, startAtForm } from './candidate.ts'

const pages = ['', '/withdraw'] as const

describe('a form that is not ours', () => {
  it.each([
    { what: 'without a token', csrf: undefined },
    { what: 'with a token of another session', csrf: 'x'.repeat(43) },
  ])('$what comes again with what was typed, and nothing is written', async ({ csrf }) => {
    const sim = await startAtForm()
    const { browser, form } = sim
    const before = await heldBy(sim)
    const page = await browser.submit(form, { ...good, csrf })
    expect(page.status).toBe(403)
    expect(page.text).toContain('什么都没有保存')
    expect(formOf(page).values).toMatchObject({ name: '李雷', mobile: good.mobile, consent: 'yes' })
    expect(await heldBy(sim)).toEqual(before)
    const [latest] = await calls(sim)
    expect(latest?.decision.at(-2)).toMatchObject({ rule: 'form.token' })
    expect((await browser.submit(page)).text).toContain('登记成功')
  })

  it('withdraws nothing', async () => {
    const sim = await startAtForm()
    const { browser, form, acme } = sim
    await browser.submit(form, good)
    const before = await heldBy(sim)
    const asks = await browser.open(`${pageOf(acme)}/withdraw`)
    const page = await browser.submit(asks, { csrf: 'x' })
    expect(page.status).toBe(403)
    expect(page.text).toContain('页面打开太久')
    expect(await heldBy(sim)).toEqual(before)
    expect((await browser.submit(page)).text).toContain('登记已撤回')
  })

  it.each(pages)('carries a token that is made of the session, and is not it: %s', async (path) => {
    const { browser, form, acme } = await startAtForm()
    await browser.submit(form, good)
    const page = await browser.open(pageOf(acme) + (path === '' ? '/change' : path))
    const { csrf = '' } = formOf(page).values
    expect(csrf).toMatch(/^[\w-]{43}$/)
    for (const { value } of browser.cookies) expect(page.html).not.toContain(value)
    const other = await startAtForm()
    const { csrf: others } = formOf(other.form).values
    expect(others).not.toBe(csrf)
  })
})

describe('the withdrawal of somebody whose session has ended', () => {
  it('asks once more', async () => {
    const { browser, form, acme } = await startAtForm()
    await browser.submit(form, good)
    const asks = await browser.open(`${pageOf(acme)}/withdraw`)
    browser.forget()
    const page = await browser.submit(asks)
    expect(page.url).toBe(`${pageOf(acme)}/withdraw`)
    expect(page.text).toContain('撤回登记？')
  })
})

describe('the pages of somebody who is not registered', () => {
  it.each(['/change', '/withdraw'])('lead to the form: %s', async (path) => {
    const { http, acme } = await startAtForm()
    const page = await new Browser(http).open(pageOf(acme) + path)
    expect(page.url).toBe(pageOf(acme))
    expect(page.text).toContain('信息登记')
  })
})
