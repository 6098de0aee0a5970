import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startReplicas } from '../db/replicas.ts'
import { startSim } from '../sim.ts'
import { Browser } from '../tupu/register/browser.ts'

const path = '/_sim/v1/worlds/test/accounts/acme/privacy-notices'
const notice = { zh: '我们只发入职通知。', en: 'Onboarding messages only.' }

onEither('a privacy notice', (database) => {
  it('is published in versions of its account; the first is the standing text', async () => {
    const { http, acme, world } = await startSim({ database })
    const standing = { account: 'acme', eid: acme.eid, version: 1, zh: null, en: null }
    expect((await http('GET', path)).json).toEqual({ items: [{ ...standing, published_at: null }] })
    await world.advance('P1D')
    const at = '2026-01-06T01:00:00.000Z'
    const second = { ...standing, ...notice, version: 2, published_at: at }
    expect(await http('POST', path, notice)).toMatchObject({ status: 201, json: second })
    const third = { ...second, version: 3, en: 'Again.' }
    expect((await http('POST', path, { ...notice, en: 'Again.' })).json).toEqual(third)
    const { items } = (await http('GET', path)).json as never as { items: unknown[] }
    expect(items).toEqual([{ ...standing, published_at: null }, second, third])
    const others = await world.call('privacy_notice.list', { eid: 'globex' })
    expect(others).toMatchObject({ items: [{ account: 'globex', version: 1 }] })
  })

  it('is what candidates agree to from the next page on', async () => {
    const { http, acme, world } = await startSim({ database })
    const browser = new Browser(http)
    const page = `/as/li/register/${acme.eid}`
    await browser.open(page)
    await http('POST', path, notice)
    expect((await browser.open(`${page}/notice`)).text).toContain(notice.zh)
    const fields = { name: '李雷', region: 'CN', mobile: '13800138001', email: 'li@example.com' }
    await browser.submit(await browser.open(page), { ...fields, consent: 'yes' })
    const { tables } = (await world.call('world.export')) as {
      tables: { association: { name: string; notice_version: number | null }[] }
    }
    const li = tables.association.find(({ name }) => name === '李雷')
    expect(li).toMatchObject({ notice_version: 2, consented_at: expect.any(Number) })
  })
})

it('two simulators on one database give two notices two versions', async () => {
  const { one, two } = await startReplicas()
  const published = await Promise.all(
    [one, two, one, two].map(({ http }) => http('POST', path, notice)),
  )
  expect(published.map(({ json }) => json['version']).toSorted()).toEqual([2, 3, 4, 5])
})

describe('a privacy notice that cannot be published', () => {
  it.each([
    { body: { zh: 'x' }, field: 'en' },
    { body: { en: 'x' }, field: 'zh' },
    { body: { ...notice, zh: ' \n' }, field: 'zh' },
    { body: { ...notice, en: 'a\0b' }, field: 'en' },
    { body: { ...notice, en: 'x'.repeat(20_001) }, field: 'en' },
    { body: { ...notice, version: 7 }, field: 'version' },
  ])('is refused by $field', async ({ body, field }) => {
    const { http } = await startSim()
    expect(await http('POST', path, body)).toMatchObject({ status: 422, json: { field } })
    expect((await http('GET', path)).json).toMatchObject({ items: [{ version: 1 }] })
  })

  it('is one of an account that is not there', async () => {
    const { http } = await startSim()
    const nobody = path.replace('acme', 'nobody')
    for (const method of ['GET', 'POST'])
      expect(await http(method, nobody, method === 'GET' ? undefined : notice)).toMatchObject({
        status: 404,
        json: { field: 'eid' },
      })
  })
})
