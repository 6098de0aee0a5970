import { describe, expect, it } from 'vitest'
import { applies } from './onboarding.ts'
import { startOperating as operating } from './operator.ts'

/** What a person at Acme's page presses and types, and what the control API says of it then. */
const buttons = [
  { id: 'eid-turn', tab: 'eid', typed: {}, becomes: { state: 'suspended' } },
  {
    id: 'save-tupu',
    tab: 'settings',
    typed: { retention_days: '30', minute_limit: '7', company: '晨光集团' },
    becomes: { retention_days: 30, minute_limit: 7, company: '晨光集团' },
  },
  {
    id: 'save-tupu',
    tab: 'settings',
    typed: { retention_days: '', minute_limit: '' },
    becomes: { retention_days: null, minute_limit: null },
  },
  {
    id: 'save-callback',
    tab: 'callbacks',
    typed: { 'callback.url': 'http://127.0.0.1:9/told', 'callback.secret': 's3' },
    becomes: { callback: { url: 'http://127.0.0.1:9/told', secret: 's3' } },
  },
  {
    id: 'save-callback',
    tab: 'callbacks',
    typed: { 'callback.url': '', 'callback.secret': '' },
    becomes: { callback: null },
  },
]

const live_chip = '<span class="c-chip c-good">Live</span>'

describe('at the page of an account', () => {
  it.each(buttons)(
    '$id with $typed leads back to its tab, and the account is $becomes',
    async ({ id, tab, typed, becomes }) => {
      const { browser, path, lifeOf } = await operating({ at: `/acme?tab=${tab}` })
      const { status } = await browser.presses(id, typed)
      expect({ status, at: browser.path.split('&')[0] }).toEqual({
        status: 200,
        at: path(`/acme?tab=${tab}`),
      })
      expect(browser.html).toContain('role="status"')
      expect(await lifeOf('acme')).toMatchObject(becomes)
    },
  )

  it('the EID is suspended, works again, is rotated with an overlap, and is revoked after a question', async () => {
    const { browser, lifeOf, acme, path, world } = await operating({ at: '/acme?tab=eid' })
    await browser.presses('eid-turn')
    await browser.presses('eid-turn')
    expect(await lifeOf('acme')).toMatchObject({ state: 'active', eid: acme.eid })
    await browser.presses('eid-rotate', { overlap: 'P7D' })
    const { eid, eids } = await lifeOf('acme')
    expect(eid).not.toBe(acme.eid)
    expect(eids).toEqual([
      { eid: acme.eid, ends_at: '2026-01-12T01:00:00.000Z' },
      { eid, ends_at: null },
    ])
    expect(browser.text).toContain(`${acme.eid}Active Valid until 12 Jan 2026 09:00`)
    await world.advance('P7D')
    await browser.opens(path('/acme?tab=eid'))
    expect(browser.text).toContain(`${acme.eid} Expired 12 Jan 2026 09:00`)
    expect(browser.text).toContain('Permanently revoke the EID of 晨光科技?')
    await browser.presses('eid-revoke')
    expect(await lifeOf('acme')).toMatchObject({ state: 'revoked' })
    expect(browser.html).not.toContain('id="eid-')
  })

  it.each(['PT0S', 'P1D'])(
    'a rotation with the overlap %s leads to the same page',
    async (overlap) => {
      const { browser, acme, path } = await operating({ at: '/acme' })
      await browser.opens(path(`/${acme.eid}?lang=zh&tab=eid`))
      const { status } = await browser.presses('eid-rotate', { overlap })
      expect({ status, path: browser.path }).toEqual({
        status: 200,
        path: path('/acme?tab=eid&said=eid.rotate'),
      })
    },
  )

  it('an application is rejected with a reason, edited, submitted again and approved', async () => {
    const sim = await operating()
    const { browser, path, lifeOf } = sim
    const application = await applies(sim)
    await browser.opens(path('/globex?tab=templates'))
    await browser.presses(`reject-${application}`, { reason: '标题不合规范' })
    expect(browser.text).toContain('Reason标题不合规范')
    await browser.presses(`change-${application}`, {
      title: '入职办理通知',
      content: '{{first.DATA}}',
      example: '欢迎',
    })
    expect(browser.text).toContain('入职办理通知')
    await browser.presses(`submit-${application}`)
    await browser.presses(`approve-${application}`)
    expect(browser.text).toContain('Template approved.')
    const { live, template_id } = await lifeOf('globex')
    expect({ live, template_id }).toEqual({ live: true, template_id: expect.any(String) })
    await browser.presses(`disable-${template_id}`)
    expect(browser.text).toContain('入职办理通知 Disabled')
  })

  it('industries are changed, and the page says what was lost with them', async () => {
    const { browser, world, acme } = await operating({ at: '/acme?tab=templates' })
    await browser.presses('set-industries', { primary: '7', secondary: '8' })
    expect(browser.text).toContain('Templates deleted with their industry: 1')
    expect(browser.text).toContain('8 金融业 / 证券|基金|理财|信托')
    expect(browser.text).toContain('Last changed in 2026-01.')
    const official = await world.call('official_account.get', { appid: acme.appid })
    expect(official).toMatchObject({ industries: { primary: { code: 7 }, secondary: { code: 8 } } })
  })

  it('WeChat is told how to review, count and judge', async () => {
    const { browser, world, acme } = await operating({ at: '/acme?tab=settings' })
    const typed = { review: 'after_reads', reads: '3', quotas: 'documented', rules: '2023' }
    await browser.presses('save-wechat', typed)
    expect(await world.call('official_account.get', { appid: acme.appid })).toMatchObject({
      review: { after_reads: 3 },
      quotas: 'documented',
      rules: '2023',
    })
  })

  it('a look at the page is one look at its applications', async () => {
    const sim = await operating()
    const { browser, path, world } = sim
    await applies({ world }, { review: { after_reads: 2 } })
    await browser.opens(path(''))
    await browser.opens(path('/globex?tab=templates'))
    expect(browser.text).toContain('Page views until approval1')
    await browser.opens(path('/globex'))
    expect(browser.html).toContain(live_chip)
  })
})

it('whatever cannot be undone asks before it is done', async () => {
  const sim = await operating()
  const { browser, path, world, wang } = sim
  const asked = new Set<string>()
  const unasked = new Set<string>()
  const look = async (at: string) => {
    await browser.opens(at)
    const questions = browser.html.match(/<details class="c-confirm"[\s\S]*?<\/details>/gu) ?? []
    const ask = new Set(questions.flatMap(verbsIn))
    for (const verb of ask) asked.add(verb)
    for (const verb of verbsIn(browser.html)) if (!ask.has(verb)) unasked.add(verb)
  }
  await world.call('vendor.ask', { eid: 'globex' })
  await look(path('/globex'))
  await applies(sim)
  await world.call('fault.create', { errcode: -1 })
  for (const at of ['/globex?tab=templates', '/acme?tab=templates', '/acme?tab=eid'])
    await look(path(at))
  for (const at of [`/people/${wang.id}`, '/faults']) await look(`/w/test${at}`)
  expect([...asked].sort()).toEqual([
    'application.reject',
    'association.release',
    'association.withdraw',
    'eid.revoke',
    'eid.rotate',
    'eid.suspend',
    'fault.clear',
    'industry.set',
    'template.disable',
    'vendor.refuse',
    'world.delete',
    'world.reset',
  ])
  expect([...asked].filter((verb) => unasked.has(verb))).toEqual([])
})

function verbsIn(html: string): string[] {
  return [...html.matchAll(/action="[^"]*\/do\/([\w.]+)/gu)].map(([, verb = '']) => verb)
}

describe('at the page of all accounts', () => {
  it('each account says what it lacks, and another is made', async () => {
    const { browser, path, lifeOf } = await operating({ at: '' })
    expect(browser.text).toMatch(
      /Live晨光科技 acme-\w+Ready to sendNot live环球制造 globex-\w+To do: Connect the official account/u,
    )
    await browser.presses('make', { key: 'initech', company: '首创软件' })
    expect(browser.path).toBe(path('/initech?said=account.create'))
    expect(await lifeOf('initech')).toMatchObject({ live: false, appid: null })
  })

  it('a website app is made, and one that is there already keeps what was typed', async () => {
    const { browser, path, world } = await operating({ at: '' })
    const typed = { key: 'portal', name: '入职平台', domain: 'hr.example.com' }
    await browser.presses('app-make', typed)
    expect(browser.path).toBe(path('?said=website_app.create'))
    const list = await world.call('website_app.list', {})
    const { items } = list as { items: { appid: string }[] }
    expect(items).toMatchObject([typed])
    expect(browser.text).toContain(`入职平台hr.example.comAppID ${items[0]?.appid}`)
    await browser.presses('app-make', { ...typed, name: '' })
    expect(browser.html).toContain('id="app-key-fault"')
    await browser.presses('app-make', { ...typed, key: 'other', domain: 'https://hr.example.com' })
    expect(browser.text).toContain('Enter a host name without scheme, port or path.')
    expect(await world.call('website_app.list', {})).toEqual({ items })
    await browser.presses('app-delete-portal')
    expect(browser.path).toBe(path('?said=website_app.delete'))
    expect(await world.call('website_app.list', {})).toEqual({ items: [] })
  })
})
