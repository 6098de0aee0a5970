import { describe, expect, it } from 'vitest'
import { en } from '../../views/words/en.ts'
import { PlainBrowser } from '../phone/browser.ts'
import { startSim } from '../sim.ts'

async function startAt(path: string) {
  const sim = await startSim()
  const browser = new PlainBrowser(sim.http)
  await browser.opens(`/w/test${path}`)
  return { ...sim, browser }
}

/** One of the audit's lists as a person reads it. */
function listOf({ html }: PlainBrowser, list: string): string {
  const [section = ''] =
    new RegExp(`<section aria-labelledby="list-${list}">[\\s\\S]*?</section>`, 'u').exec(html) ?? []
  return section
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}

describe('the page of drills', () => {
  it('says of each what a good platform does, starts one, shows its hits and its end, and stops it', async () => {
    const { browser, world, platform, acme, wang } = await startAt('/drills')
    const { items } = (await world.call('drill.list')) as {
      items: { name: string; advice: { en: string } }[]
    }
    for (const { advice } of items)
      expect(browser.text).toContain(`Best practice: ${advice.en}`.replaceAll("'", '&#39;'))
    await browser.presses('start-wechat_busy')
    expect(browser.text).toContain(en.console.flash.done['drill.start'])
    expect(browser.text).toContain('Lasts 1 hour · acme · hits: 0 · ends 5 Jan 2026 10:00')
    await world.advance('PT21M')
    await platform.sends(acme, { mobile: wang.mobile })
    await browser.opens('/w/test/drills')
    expect(browser.text).toContain('acme · hits: 1 · ends')
    await browser.presses('stop-wechat_busy')
    expect(browser.text).toContain(en.console.flash.done['drill.stop'])
    expect(browser.text).toContain('acme · ended 5 Jan 2026 09:21')
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
  })

  it('drills the account that was chosen, and refuses one that lacks what the drill needs', async () => {
    const { browser, world } = await startAt('/drills?account=globex')
    await browser.presses('start-template_taken')
    expect(browser.page?.status).toBe(422)
    expect(browser.text).toContain(en.console.refusals.drill_not_live)
    await browser.presses('start-eid_rotated')
    const { items } = (await world.call('drill.list')) as {
      items: { name: string; account: string | null; state: string }[]
    }
    const begun = items.filter(({ state }) => state !== 'ready')
    expect(begun).toMatchObject([{ name: 'eid_rotated', account: 'globex', state: 'running' }])
  })
})

describe('the page of the audit', () => {
  it('has nothing to judge before the platform has sent anything', async () => {
    const { browser } = await startAt('/audit')
    expect(browser.text).toContain('No messages to audit yet')
  })

  it('lists what was lost, double, late and pending, each with the way to its message', async () => {
    const { browser, world, platform, acme, wang, http } = await startAt('/drills')
    const falls = (to: string) => http('POST', '/w/test/sink/sms', { to, text: '欢迎' })
    const lost = await platform.sends(acme, { mobile: '13900139001', message: '请上传证书' })
    const late = await platform.sends(acme, { mobile: '13900139002' })
    await world.advance('PT2M')
    await falls('13900139002')
    await platform.sends(acme, { mobile: wang.mobile })
    await falls(wang.mobile)
    await platform.sends(acme, { mobile: '13900139003' })
    expect([lost, late].map((one) => (one as { errcode: number }).errcode)).toEqual([
      100011, 100011,
    ])
    await browser.opens('/w/test/audit')
    expect(browser.text).toContain('The platform needs attention: 1 lost, 1 duplicate.')
    expect(listOf(browser, 'lost')).toMatch(
      /^Lost 1 .*139 0013 9001 .*请上传证书 .*No SMS or email/u,
    )
    expect(listOf(browser, 'double')).toMatch(
      /^Duplicate 1 .*王小雨 138 0013 8002 .*SMS 5 Jan 2026 09:02/u,
    )
    expect(listOf(browser, 'late')).toMatch(/^Late 1 .*139 0013 9002 .*SMS 5 Jan 2026 09:02/u)
    expect(listOf(browser, 'pending')).toMatch(/^Pending 1 .*139 0013 9003/u)
    const { items } = (await world.call('message.list')) as { items: { message: string }[] }
    const led = browser.links().filter((link) => link.startsWith('/w/test/messages/'))
    expect(led.toSorted()).toEqual(
      items.map(({ message }) => `/w/test/messages/${message}`).toSorted(),
    )
    const attention = [...browser.html.matchAll(/c-attention">([^<]*)/gu)].map(([, text]) => text)
    expect(attention).toEqual(['No SMS or email', 'SMS 5 Jan 2026 09:02'])
    await browser.opens('/w/test/audit?within=PT10M')
    expect(browser.text).toContain('The platform needs attention: 0 lost, 1 duplicate.')
    await browser.opens('/w/test/audit?within=nonsense')
    expect(browser.text).toContain('1 lost, 1 duplicate.')
  })

  it('is content with a platform that fell back in time', async () => {
    const { browser, platform, acme, http } = await startAt('/drills')
    await platform.sends(acme, { mobile: '13900139001' })
    await http('POST', '/w/test/sink/sms', { to: '13900139001', text: '欢迎' })
    await browser.opens('/w/test/audit')
    expect(browser.text).toContain('The platform fell back wherever necessary, and nowhere else.')
  })
})
