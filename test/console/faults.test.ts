import { describe, expect, it } from 'vitest'
import { en } from '../../views/words/en.ts'
import { PlainBrowser } from '../phone/browser.ts'
import { type Sim, type StartOptions, startSim } from '../sim.ts'
import { tablesOf } from '../wechat/client.ts'

const { done } = en.console.flash

async function startAt(path: string, options: StartOptions = {}) {
  const sim = await startSim(options)
  const browser = new PlainBrowser(sim.http)
  await browser.opens(`/w/test${path}`)
  return { ...sim, browser }
}

/** What stands in the form when a usual case is chosen, as a browser would send it. */
function filledIn({ html }: PlainBrowser): Record<string, string> {
  const form = /<form[^>]*\/do\/fault\.create[\s\S]*?<\/form>/u.exec(html)?.[0] ?? ''
  const fields: Record<string, string> = {}
  for (const [, tag = ''] of form.matchAll(/<input ([^>]*)>/gu)) {
    const [, name = ''] = / ?name="([^"]*)"/u.exec(tag) ?? []
    const [, value = ''] = /value="([^"]*)"/u.exec(tag) ?? []
    if (!['token', 'back', 'form'].includes(name)) fields[name] = value
  }
  for (const [, name = '', options = ''] of form.matchAll(
    /<select[^>]*name="(\w+)"[^>]*>([\s\S]*?)<\/select>/gu,
  )) {
    const chosen = /<option value="([^"]*)" selected/u.exec(options)
    const [, value = ''] = chosen ?? /<option value="([^"]*)"/u.exec(options) ?? []
    fields[name] = value
  }
  return fields
}

async function faultsOf({ world }: Sim) {
  const { items } = (await world.call('fault.list')) as { items: Record<string, unknown>[] }
  return items.map(({ fault: _, hits: __, fits: ___, left: ____, state: _____, ...given }) => given)
}

describe('the page of faults', () => {
  it('is counted in the navigation by those that may still apply', async () => {
    const { browser, world, platform, acme } = await startAt('/faults')
    for (const times of [1, 2]) await world.call('fault.create', { errcode: -1, times })
    await browser.opens('/w/test/faults')
    expect(browser.text).toContain('Faults 2')
    await platform.sends(acme, { mobile: '13900139000' })
    await browser.opens('/w/test/faults')
    expect(browser.text).toContain('Faults 1')
  })

  it.each([
    {
      preset: 'busy',
      makes: { surface: 'wechat', endpoint: 'template.send', errcode: -1, times: 1 },
      says: 'Refused with errcode -1',
    },
    {
      preset: 'timeout',
      makes: { surface: 'tupu', endpoint: 'message.send', transport: 'hang', times: 1 },
      says: 'No response until the caller gives up',
    },
    {
      preset: 'answer_lost',
      makes: {
        surface: 'tupu',
        endpoint: 'message.send',
        transport: 'reset',
        stage: 'after',
        times: 1,
      },
      says: 'Connection reset · the call itself is carried out',
    },
    {
      preset: 'quota',
      makes: { surface: 'wechat', endpoint: 'template.send', errcode: 45009 },
      says: 'Refused with errcode 45009',
    },
    {
      preset: 'callback_twice',
      makes: { surface: 'callback', delivery: 'twice' },
      says: 'Callbacks to the platform',
    },
    {
      preset: 'garbage',
      makes: { surface: 'tupu', endpoint: 'message.send', transport: 'garbage', times: 1 },
      says: 'Unreadable response',
    },
    {
      preset: 'slow',
      makes: { surface: 'tupu', endpoint: 'message.send', delay: 'PT3S' },
      says: 'Delayed by 3 seconds',
    },
  ])('makes the usual case $preset by two clicks', async ({ preset, makes, says }) => {
    const sim = await startAt('/faults')
    const { browser } = sim
    await browser.opens(browser.links().find((link) => link.includes(`preset=${preset}`)) ?? '')
    const { status } = await browser.presses('fault-make', filledIn(browser))
    expect(status).toBe(200)
    const [made] = await faultsOf(sim)
    // What is usual may be said, too.
    expect(made).toEqual({ stage: 'before', ...makes })
    expect(browser.text).toContain(done['fault.create'])
    expect(browser.text).toContain('Response 201: fault f000001')
    const [list = ''] = /<ul class="c-rows"[\s\S]*?<\/ul>/u.exec(browser.html) ?? []
    expect(list).toContain(says)
  })

  it.each([
    { lang: 'en', until: 'PT1H', says: 'for 1 hour after creation' },
    { lang: 'en', until: '1d', says: 'for 1 day after creation' },
    { lang: 'en', until: 'P1DT30M', says: 'for 1 day 30 minutes after creation' },
    { lang: 'zh-CN', until: 'P1DT30M', says: '新建后 1 天 30 分钟 内' },
  ])('says in $lang how long a fault made for $until lasts', async ({ lang, until, says }) => {
    const { http, world } = await startSim()
    await world.call('fault.create', { surface: 'wechat', errcode: -1, until })
    const browser = new PlainBrowser(http, { 'accept-language': lang })
    await browser.opens('/w/test/faults')
    expect(browser.text).toContain(says)
  })

  it('says what a fault matches, how often it did, and removes one or all', async () => {
    const sim = await startAt('/faults')
    const { browser, platform, acme, wang } = sim
    expect(browser.text).toContain('No faults in this world')
    await browser.presses('fault-make', {
      name: 'busy twice',
      endpoint: 'template.send',
      account: 'acme',
      mobile: '138 0013 8002',
      errcode: '-1',
      times: '2',
    })
    expect(browser.path).toBe('/w/test/faults?made=f000001&said=fault.create')
    await browser.presses('fault-make', { sequence: '45009, PT1S, pass, reset' })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: -1 })
    await browser.opens('/w/test/faults')
    expect(browser.text).toContain(
      'Activebusy twiceWeChat API · template.send · account acme · mobile 138 0013 8002Refused with errcode -11 hit · limit: 2 · 1 left',
    )
    expect(browser.text).toContain(
      'In sequence: Refused with errcode 45009 → Delayed by 1 second → Passed through → Connection reset',
    )
    expect(browser.text).toContain('Faults 2')
    await browser.presses('remove-f000001')
    expect(browser.text).toContain(done['fault.delete'])
    expect(await faultsOf(sim)).toHaveLength(1)
    await browser.presses('faults-clear')
    expect(await faultsOf(sim)).toEqual([])
  })

  it('shows the form as a command, makes nothing by that, and keeps what was typed', async () => {
    const sim = await startAt('/faults')
    const { browser } = sim
    const before = await tablesOf(sim.world)
    const [form] = browser.forms().filter(({ html }) => html.includes('id="fault-curl"'))
    const [, to = ''] = /formaction="([^"]*)"/u.exec(form?.html ?? '') ?? []
    await browser.sends(to, { ...form?.fields, errcode: '-1', mobile: "138'0013" })
    expect(browser.text).toContain("curl http://sim.localhost/_sim/v1/worlds/test/faults \\ -d '{")
    expect(browser.text).toContain(`"mobile":"138'\\''0013"`)
    expect(browser.html).toContain('value="-1"')
    expect(browser.path).toMatch(/^\/w\/test\/faults\?curl=true&typed=[\w-]+$/u)
    expect(await tablesOf(sim.world)).toEqual(before)
  })

  it.each([
    { typed: {}, field: 'errcode', code: 'bad_errcode' },
    { typed: { errcode: '0' }, field: 'errcode', code: 'bad_errcode' },
    { typed: { errcode: '-1', transport: 'reset' }, field: 'transport', code: 'one_effect' },
    { typed: { errcode: '777', surface: 'wechat' }, field: 'errmsg', code: 'bad_errmsg' },
    { typed: { delivery: 'twice' }, field: 'delivery', code: 'bad_delivery' },
    { typed: { sequence: '-1, never' }, field: 'sequence', code: 'bad_sequence' },
    { typed: { errcode: '-1', times: '0' }, field: 'times', code: 'bad_times' },
    { typed: { errcode: '-1', probability: '2' }, field: 'probability', code: 'bad_probability' },
    { typed: { errcode: '-1', until: 'soon' }, field: 'until', code: 'bad_until' },
    { typed: { delay: 'PT2M' }, field: 'delay', code: 'bad_delay' },
    { typed: { errcode: '-1', endpoint: 'no.such' }, field: 'endpoint', code: 'bad_endpoint' },
    { typed: { errcode: '-1', account: 'nobody' }, field: 'account', code: 'bad_account' },
    { typed: { errcode: '-1', person: 'nobody' }, field: 'person', code: 'bad_person' },
    { typed: { errcode: '-1', mobile: '12' }, field: 'mobile', code: 'bad_mobile' },
    { typed: { errcode: '-1', surface: 'moon' }, field: 'surface', code: 'bad_surface' },
  ] as const)('says at $field why $typed makes no fault', async ({ typed, field, code }) => {
    const sim = await startAt('/faults')
    const { browser } = sim
    const before = await tablesOf(sim.world)
    const { status } = await browser.presses('fault-make', typed)
    expect(status).toBe(422)
    const [, said = ''] =
      new RegExp(`id="fault-${field}-fault"[^>]*>([^<]*)`, 'u').exec(browser.html) ?? []
    expect(said).toBe(en.console.refusals[code].replaceAll("'", '&#39;'))
    expect(await tablesOf(sim.world)).toEqual(before)
  })

  it('names the control token in commands of a server that asks for it', async () => {
    const controlToken = 'the-operators-token'
    const sim = await startSim({ controlToken })
    await sim.world.call('fault.create', { errcode: -1 })
    const browser = new PlainBrowser(sim.http, { authorization: `Bearer ${controlToken}` })
    await browser.opens('/w/test/faults')
    expect(browser.text).toContain('"Authorization: Bearer $TUPU_SIM_CONTROL_TOKEN"')
    expect(browser.html).not.toContain(controlToken)
  })
})
