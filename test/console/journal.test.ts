import { describe, expect, it } from 'vitest'
import { tagsOf } from '../page.ts'
import type { PlainBrowser } from '../phone/browser.ts'
import { newestMessage, startReading } from './reading.ts'

const at = (path = '') => `/w/test/journal${path}`

/** Some calls of each kind: two sends, one of which is refused, a stray path, an EID that is nobody's, and a fault's hit. */
async function startJournal() {
  const reading = await startReading()
  const { world, http, platform, acme, wang } = reading
  await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入' })
  await platform.sends(acme, { mobile: '13900139000', message: '合同已生成' })
  await http('POST', '/w/test/messages', { mobile: wang.mobile, message: '走错了' })
  await http('POST', '/w/test/tupu/v1/messages', { eid: 'nobody-1', mobile: '1', message: 'x' })
  await world.call('fault.create', { endpoint: 'message.send', errcode: -1 })
  await platform.sends(acme, { mobile: wang.mobile, message: '故障' })
  return reading
}

const rows = (html: string) =>
  tagsOf(html).flatMap(({ attributes }) => attributes['data-row'] ?? [])

/** All pages of the list, from the one that is open: one may end early. */
async function readOn(browser: PlainBrowser): Promise<{ seqs: string[]; text: string }> {
  const seqs: string[] = []
  const texts: string[] = []
  for (;;) {
    seqs.push(...rows(browser.html))
    texts.push(browser.text)
    const older = /<a [^>]*href="([^"]*)"[^>]*rel="next"/u.exec(browser.html)?.[1]
    if (older !== undefined) await browser.opens(older.replaceAll('&amp;', '&'))
    else return { seqs, text: texts.join(' ') }
  }
}

/** All that fits: looking takes time, and a page of the list may end early. */
async function seqsOf(world: Awaited<ReturnType<typeof startJournal>>['world'], filter = {}) {
  const seqs: string[] = []
  for (let after: string | null | undefined; after !== null; ) {
    const query = { ...filter, ...(after && { after }) }
    const { items, next_cursor } = (await world.call('exchange.list', query)) as {
      items: { seq: number }[]
      next_cursor: string | null
    }
    seqs.push(...items.map(({ seq }) => String(seq)))
    after = next_cursor
  }
  return seqs
}

const platformCalls = (world: Parameters<typeof seqsOf>[0]) => seqsOf(world, { surface: 'tupu' })

describe('the journal', () => {
  it('lists every call, the newest first, and marks what a fault has met', async () => {
    const { browser, world } = await startJournal()
    await browser.opens(at('?platform=false'))
    expect(browser.html).not.toContain(' style=')
    const { seqs, text } = await readOn(browser)
    expect(seqs).toEqual(await seqsOf(world))
    expect(text).toMatch(/fault fault\.applied/u)
    expect(text).toContain('Nobody has registered the mobile 139****9000 with this account')
  })

  it('shows the platform’s calls at first, and everything at one click', async () => {
    const { browser, world } = await startJournal()
    await browser.opens('/w/test/faults')
    await browser.opens(at())
    expect((await readOn(browser)).seqs).toEqual(await seqsOf(world, { platform: true }))
    expect(browser.text).not.toContain('control · ')
    await browser.opens(at())
    expect(browser.links()).toContain(at('?platform=false'))
    await browser.opens(at('?platform=false'))
    expect((await readOn(browser)).text).toContain('control · ')
  })

  it('says of a send to whom it went and for whom, and of a click what it did', async () => {
    const { browser, platform, acme, wang } = await startReading()
    await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入' })
    await browser.opens(at())
    expect(browser.text).toContain(`Message to 138****8002 from ${acme.info.company}`)
    await browser.opens('/w/test/')
    await browser.presses('advance-P1D', { by: 'P1D' })
    await browser.opens(at('?platform=false&surface=console'))
    expect(browser.text).toMatch(/\/do\/clock\.advance .*Advance the clock by a duration/u)
  })

  it('takes the time of Beijing as pages show it', async () => {
    const { browser, world, platform, acme, wang } = await startReading()
    await platform.sends(acme, { mobile: wang.mobile })
    await world.advance('PT1H')
    await platform.sends(acme, { mobile: wang.mobile })
    const at_ten = { surface: 'tupu', since: '2026-01-05T02:00:00Z' }
    const typed = 'surface=tupu&since=2026-01-05+10:00'
    await browser.opens(at(`?${typed}`))
    expect(rows(browser.html)).toEqual(await seqsOf(world, at_ten))
    expect(rows(browser.html)).toHaveLength(1)
    await browser.opens(at('?surface=tupu&since=2026-01-05&until=2026-01-05T02:00:00Z'))
    expect(rows(browser.html)).toHaveLength(1)
  })

  it('is a file for other tools, narrowed as it is', async () => {
    const { browser, world, http } = await startJournal()
    await browser.opens(at('?errcode=%210'))
    const [href = ''] = browser.links().filter((link) => link.includes('/har?'))
    const har = await http('GET', href)
    expect(har.headers.get('content-disposition')).toContain('tupu-test.har')
    const { log } = har.json as unknown as { log: { entries: { _sim: { seq: number } }[] } }
    const seqs = log.entries.map(({ _sim }) => String(_sim.seq))
    expect(seqs.reverse()).toEqual(await seqsOf(world, { errcode: '!0' }))
    const refused = await http('GET', at('/har?endpoint=mesage.send'))
    expect(refused.status).toBe(422)
  })

  it('shows on its first screen what nobody claimed, each with why and the page of the call', async () => {
    const { browser } = await startJournal()
    await browser.opens(at())
    const { text } = browser
    expect(text).toContain('Unclaimed calls')
    expect(text).toContain('No endpoint matches POST /w/test/messages; the nearest call is')
    expect(text).toContain('has the EID nobody-1')
    expect(text.indexOf('Unclaimed calls')).toBeLessThan(text.indexOf('fault.applied'))
    await browser.opens(at('/strays'))
    expect(browser.text).toContain('has the EID nobody-1')
    const [stray = ''] = browser.links().filter((href) => /\/journal\/\d+/u.test(href))
    await browser.opens(stray)
    expect(browser.page?.status).toBe(200)
  })

  it('finds a call that no world has claimed, too', async () => {
    const { browser, http } = await startReading()
    await http('POST', '/tupu/v1/messages', { eid: 'nobody-2', mobile: '1', message: 'x' })
    await browser.opens(at())
    expect(browser.text).toContain('outside all worlds')
    const [href = ''] = browser.links().filter((link) => link.includes('of=nobody'))
    await browser.opens(href)
    expect(browser.html).toContain('&quot;eid&quot;: &quot;nobody-2&quot;')
    await browser.opens(href.replace('?of=nobody', ''))
    expect(browser.page?.status).toBe(404)
  })

  it.each([
    { chip: 'errcode=%210', filter: { errcode: '!0' } },
    { chip: 'unmatched=true', filter: { unmatched: true } },
    { chip: 'rule=fault.applied', filter: { rule: 'fault.applied' } },
    { chip: 'direction=out', filter: { direction: 'out' } },
    { chip: 'surface=tupu&status=200', filter: { surface: 'tupu', status: 200 } },
    { chip: 'endpoint=message.*', filter: { endpoint: 'message.*' } },
    { chip: 'account=acme', filter: { account: 'acme' } },
  ])('is narrowed by $chip as exchange.list is', async ({ chip, filter }) => {
    const { browser, world } = await startJournal()
    await browser.opens(at(`?${chip}`))
    expect((await readOn(browser)).seqs).toEqual(await seqsOf(world, filter))
  })

  it('keeps a mobile out of every address, and leads to the address of any other filter', async () => {
    const { browser, world, wang } = await startJournal()
    await browser.opens(at())
    await browser.presses('filter', { mobile: wang.mobile, text: '欢迎' })
    expect(browser.path).toMatch(/journal\?asked=[\w-]+$/u)
    const found = await seqsOf(world, { mobile: wang.mobile, text: '欢迎' })
    expect(found).toHaveLength(1)
    expect((await readOn(browser)).seqs).toEqual(found)
    expect(browser.html).not.toMatch(/(?:href|action)="[^"]*8002/u)
    await browser.presses('filter', { mobile: '', text: '', errcode: '100011' })
    expect(browser.path).toBe(at('?errcode=100011'))
    expect((await readOn(browser)).seqs).toHaveLength(1)
  })

  it('says what is wrong with a filter, and shows it again', async () => {
    const { browser } = await startJournal()
    const { status } = await browser.opens(at('?endpoint=mesage.send'))
    expect(status).toBe(422)
    expect(browser.text).toContain('use message.send')
    expect(browser.html).toContain('value="mesage.send"')
  })

  it('goes on where a page ends', async () => {
    const { browser, world, platform, acme, wang } = await startReading()
    for (let n = 0; n < 60; n++) await platform.sends(acme, { mobile: wang.mobile })
    const { length } = await platformCalls(world)
    expect(length).toBe(60)
    await browser.opens(at('?surface=tupu'))
    const { seqs } = await readOn(browser)
    expect(seqs).toEqual(await platformCalls(world))
    await browser.opens(at())
    await browser.presses('filter', { mobile: wang.mobile, surface: 'tupu' })
    expect((await readOn(browser)).seqs).toEqual(seqs)
  })

  it('is empty at first, and says what comes next', async () => {
    const { browser } = await startReading()
    await browser.opens('/journal')
    expect(browser.text).toContain('No calls from a platform yet')
    await browser.opens('/journal?platform=false')
    expect(browser.text).toContain('The journal is empty')
  })
})

describe('the page of an exchange', () => {
  it('shows both halves, readable and masked, the decision in words, and what other tools take', async () => {
    const { browser, world, http } = await startJournal()
    const [seq = ''] = await seqsOf(world, { errcode: 100011 })
    await browser.opens(at(`/${seq}`))
    const { html, text } = browser
    expect(text).toContain('200 · 100011')
    expect(html).toContain('&quot;mobile&quot;: &quot;139****9000&quot;')
    expect(text).toContain('Nobody has registered the mobile')
    expect(text).toContain('The mobile is registered with the account')
    expect(text).toMatch(/curl .*tupu\/v1\/messages/u)
    expect(text).toContain('HTTP/1.1 200 OK')
    const { message } = await newestMessage(world)
    expect(message).not.toBe('')
    await browser.opens(at(`/${seq}?reveal=true`))
    expect(browser.html).toContain('13900139000')
    const har = await http('GET', at(`/${seq}/har`))
    expect(har.headers.get('content-disposition')).toContain(`tupu-${seq}.har`)
    expect(har.json).toMatchObject({
      log: { version: '1.2', entries: [{ _sim: { seq: Number(seq) } }] },
    })
  })

  it('is part of one file for a bug report, which gives nobody away', async () => {
    const { browser, http } = await startJournal()
    await browser.opens(at(''))
    expect(browser.html).toContain('href="/w/test/bundle"')
    const bundle = await http('GET', '/w/test/bundle')
    expect(bundle.headers.get('content-disposition')).toContain('tupu-sim-test.bundle.json')
    expect(bundle.json).toMatchObject({ format: 1, world: { world: 'test' } })
    expect(bundle.text).not.toContain('13900139000')
  })

  it('keeps every digit of a msgid, and shows no markup of whoever called', async () => {
    const { browser, world, platform, acme, wang } = await startReading()
    const sent = await platform.sends(acme, { mobile: wang.mobile, message: '<b>&"欢迎' })
    const { msgid_str } = sent as unknown as { msgid_str: string }
    const [seq = ''] = await seqsOf(world, { surface: 'tupu' })
    await browser.opens(at(`/${seq}`))
    expect(browser.html).toContain(`&quot;msgid&quot;: ${msgid_str},`)
    expect(browser.html).not.toContain('<b>')
  })

  it('mends what stands in the way, and leads back to itself', async () => {
    const { browser, world, platform, acme } = await startJournal()
    const [seq = ''] = await seqsOf(world, { errcode: 100011 })
    await world.call('fault.clear')
    await browser.opens(at(`/${seq}`))
    await browser.presses('mend')
    expect(browser.path).toContain(at(`/${seq}?said=association.create`))
    expect(await platform.sends(acme, { mobile: '13900139000' })).toMatchObject({ errcode: 0 })
  })

  it('that there is not is a page in the same frame', async () => {
    const { browser } = await startReading()
    expect((await browser.opens(at('/999999'))).status).toBe(404)
    expect(browser.text).toContain('The journal does not hold this call')
  })
})
