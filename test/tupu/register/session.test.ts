import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { httpOf, startSim } from '../../sim.ts'
import { Browser, formOf } from './browser.ts'
import { asked, good, pageOf, registrations, startAtForm } from './candidate.ts'

afterEach(() => vi.useRealTimers())

/** Only what the machine says of the time is moved; timers go on. */
function later(minutes: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 })
}

describe('a session', () => {
  it('is of one account', async () => {
    const { http, acme, world } = await startSim()
    await world.call('account.create', { key: 'initech', company: '启新' })
    const { accounts } = (await world.call('world.get')) as { accounts: { eid: string }[] }
    const other = accounts.at(-1)?.eid ?? ''
    const browser = new Browser(http)
    await browser.open(pageOf(acme))
    const page = await browser.open(`/as/li/register/${other}`)
    expect(asked(page)).toBe(1)
    expect(page.text).toContain('启新')
  })

  it('dies with a reset of the world', async () => {
    const { browser, form, acme, world } = await startAtForm()
    await world.reset()
    const page = await browser.submit(form, good)
    expect(asked(page)).toBe(1)
    expect(await registrations({ world }, { mobile: '+8613800138001' })).toEqual([])
    expect(page.url).toBe(pageOf(acme))
  })

  it('is known to nobody who reads the export', async () => {
    const { browser, acme, sim, world } = await startAtForm()
    const held = JSON.stringify(await world.call('world.export'))
    for (const { value } of browser.cookies) expect(held).not.toContain(value)
    const journal = await httpOf(sim)('GET', '/_sim/v1/worlds/test/exchanges')
    for (const { value } of browser.cookies) expect(journal.text).not.toContain(value)
    expect(journal.text).toContain(acme.eid)
  })

  it('lives half an hour of real time, and longer whenever it is used', async () => {
    const { browser, acme } = await startAtForm()
    for (const minutes of [29, 29, 29]) {
      later(minutes)
      expect(asked(await browser.open(pageOf(acme)))).toBe(0)
    }
    later(31)
    expect(asked(await browser.open(pageOf(acme)))).toBe(1)
  })

  it('is waited for ten minutes while the browser is at WeChat', async () => {
    const { http, acme } = await startSim()
    const browser = new Browser(http)
    const { searchParams } = await leadsTo(browser, pageOf(acme))
    const back = `${pageOf(acme)}?code=abc&state=${searchParams.get('state')}`
    later(11)
    // Begun anew: the state is not awaited any more, so that the count goes up.
    const again = await browser.ask(back)
    const url = new URL(again.headers.get('location') ?? '')
    expect(url.searchParams.get('state')?.[0]).toBe('1')
  })
})

describe('a form that is sent when its session has ended', () => {
  it('comes back filled in, and is sent once more', async () => {
    const { browser, form, acme, world } = await startAtForm()
    later(31)
    const page = await browser.submit(form, { ...good, region: 'HK', mobile: '51234567' })
    expect(asked(page)).toBe(1)
    for (const url of page.way) expect(decodeURIComponent(url)).not.toMatch(/李雷|5123|li@/)
    expect(page.url).toBe(pageOf(acme))
    expect(formOf(page).values).toMatchObject({
      name: '李雷',
      region: 'HK',
      mobile: '51234567',
      email: 'li@example.com',
      consent: 'yes',
    })
    expect(await registrations({ world }, { name: '李雷' })).toEqual([])
    expect((await browser.submit(page)).text).toContain('登记成功')
    expect(await registrations({ world }, { name: '李雷' })).toHaveLength(1)
    expect(formOf(await browser.open(`${pageOf(acme)}/change`)).values).toMatchObject({
      mobile: '5123 4567',
    })
  })

  it('comes back to the form of changes, if it was one', async () => {
    const { browser, form, acme } = await startAtForm()
    await browser.submit(form, good)
    const change = await browser.open(`${pageOf(acme)}/change`)
    later(31)
    const page = await browser.submit(change, { name: '李磊' })
    expect(page.url).toBe(`${pageOf(acme)}/change`)
    expect(formOf(page).values).toMatchObject({ name: '李磊' })
    expect((await browser.open(pageOf(acme))).text).toContain('登记信息')
    expect((await browser.submit(page)).text).toContain('已经保存')
  })

  it('is cut where it is endless, and nothing of it is kept for another site’s page', async () => {
    const { browser, form } = await startAtForm()
    browser.forget()
    const long = await browser.submit(form, { ...good, name: '\u0000王'.repeat(10_000) })
    expect(formOf(long).values['name']).toMatch(/^(\ufffd王){250}$/)
    const options = { exposed: true, controlToken: 'the-operators-token' }
    const { http, acme } = await startSim(options)
    const authorization = `Bearer ${options.controlToken}`
    const foreign = new Browser(http, {
      headers: { authorization, 'sec-fetch-site': 'cross-site' },
    })
    const page = await foreign.post(pageOf(acme), good)
    expect(formOf(page).values).toMatchObject({ name: '', mobile: '' })
  })

  it('is refused at the door of a server that is not exposed when another site’s page sends it', async () => {
    const { http, acme, browser } = await startAtForm()
    const foreign = new Browser(http, { headers: { 'sec-fetch-site': 'cross-site' } })
    const { status, html } = await foreign.post(pageOf(acme), good)
    expect({ status, ...JSON.parse(html) }).toMatchObject({ status: 403, field: 'origin' })
    const page = await browser.open(pageOf(acme))
    expect(formOf(page).values).toMatchObject({ name: '', mobile: '' })
  })

  it('asks for a new consent when the notice has changed meanwhile', async () => {
    const { browser, form, world } = await startAtForm()
    later(31)
    await world.call('privacy_notice.publish', { eid: 'acme', zh: '新的告知', en: 'New notice' })
    const page = await browser.submit(form, good)
    expect(formOf(page).values).toMatchObject({ name: '李雷' })
    expect(formOf(page).values).not.toHaveProperty('consent')
  })
})

describe('the database', () => {
  it('keeps no cookie, and no session for long after its end', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tupu-sim-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const data = join(folder, 'sim.db')
    const { browser, form } = await startAtForm({ data })
    browser.forget()
    await browser.submit(form, good)
    const rows = () => {
      const database = new Sqlite(data, { readonly: true })
      const sessions = database.prepare('select * from session').all()
      database.close()
      return sessions as { session: string; openid: string; draft: string | null }[]
    }
    const drafts = rows().map(({ draft }) => draft ?? '')
    expect(drafts.toSorted()).toEqual(['', expect.stringContaining('李雷')])
    for (const { value } of browser.cookies) expect(JSON.stringify(rows())).not.toContain(value)
    later(31)
    await vi.waitFor(() => expect(rows()).toEqual([]), 5000)
  })
})

async function leadsTo(browser: Browser, path: string): Promise<URL> {
  const { headers } = await browser.ask(path)
  return new URL(headers.get('location') ?? '')
}
