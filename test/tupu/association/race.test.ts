import { expect, it } from 'vitest'
import { startReplicas } from '../../db/replicas.ts'
import type { Http, Sim } from '../../sim.ts'
import { Browser } from '../register/browser.ts'
import { registered } from './story.ts'

const rounds = Array.from({ length: 6 }, (_, i) => i)

/** Somebody sees the form, and sends it when told to. */
async function atForm(http: Http, { acme }: Sim, person: string) {
  const browser = new Browser(http)
  const form = await browser.open(`/w/test/as/${person}/register/${acme.eid}`)
  return (fields: Record<string, string>) => {
    const all = { region: 'CN', consent: 'yes', email: `${person}@example.com`, ...fields }
    return browser.submit(form, { name: person === 'li' ? '李雷' : '韩梅梅', ...all })
  }
}

it('two people on two simulators register one mobile at once: one does, one is refused', async () => {
  const { one, two } = await startReplicas()
  for (const i of rounds) {
    const mobile = `1390013900${i}`
    const sends = [await atForm(one.http, one, 'li'), await atForm(two.http, one, 'han')]
    const pages = await Promise.all(sends.map((send) => send({ mobile })))
    expect(pages.map(({ status }) => status).toSorted()).toEqual([200, 422])
    const rows = await registered(one, one.acme)
    expect(rows.filter((row) => row['mobile'] === `+86${mobile}`)).toHaveLength(1)
    for (const row of rows.filter(({ name }) => name === '李雷' || name === '韩梅梅'))
      await one.world.call('association.withdraw', { openid: row['openid'] })
  }
})

it('where the later one takes its place, both are told that they are registered, and one is', async () => {
  const { one, two } = await startReplicas()
  await one.world.call('account.update', { eid: 'acme', rebind: 'replace' })
  for (const i of rounds) {
    const mobile = `1390013901${i}`
    const sends = [await atForm(one.http, one, 'li'), await atForm(two.http, one, 'han')]
    const pages = await Promise.all(sends.map((send) => send({ mobile })))
    expect(pages.map(({ status }) => status)).toEqual([200, 200])
    const rows = await registered(one, one.acme)
    expect(rows.filter((row) => row['mobile'] === `+86${mobile}`)).toHaveLength(1)
    await one.world.call('association.withdraw', { mobile })
  }
})

it('a change and a withdrawal at once leave no data behind, or a registration that is whole', async () => {
  const { one, two } = await startReplicas()
  const openid = one.li.openidAt(one.acme)
  for (const i of rounds) {
    await (await atForm(one.http, one, 'li'))({ mobile: one.li.mobile })
    const browser = new Browser(two.http)
    const form = await browser.open(`/w/test/as/li/register/${one.acme.eid}/change`)
    await Promise.all([
      browser.submit(form, { name: `李雷${i}` }),
      one.world.call('association.withdraw', { openid }),
    ])
    const rows = (await registered(one, one.acme)).filter((row) => row['openid'] === openid)
    expect(rows.length).toBeLessThan(2)
    for (const row of rows) expect(row).toMatchObject({ name: `李雷${i}`, mobile: one.li.mobile })
    if (rows.length > 0) await one.world.call('association.withdraw', { openid })
  }
})
