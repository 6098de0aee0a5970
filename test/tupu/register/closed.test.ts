import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSimulator } from '../../../src/simulator.ts'
import { cast, httpOf, startSim } from '../../sim.ts'
import { Browser } from './browser.ts'
import { calls, pageOf, startAtForm } from './candidate.ts'

describe('a page that nobody can use', () => {
  it.each(['/register/nobody', '/apply/nobody', '/register/%00', '/as/li/register/n%2Fo/change'])(
    'says that there is none: %s',
    async (path) => {
      const { http } = await startSim()
      const page = await new Browser(http).open(path)
      expect(page.status).toBe(404)
      expect(page.text).toContain('没有这个登记页面')
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    },
  )

  it('says that registration is not open yet, without an official account', async () => {
    const { http, globex } = await startSim()
    const page = await new Browser(http).open(`/as/li/register/${globex.eid}?lang=en`)
    expect(page.status).toBe(503)
    expect(page.text).toContain('Registration is not open yet')
    expect(page.text).toContain('环球制造')
  })

  it.each([
    { state: 'suspended', status: 403, text: '登记暂停' },
    { state: 'revoked', status: 410, text: '登记已经结束' },
  ])('says that it is $state', async ({ state, status, text }) => {
    const { http, eid, world } = await startWith(state)
    for (const path of [`/as/wang/register/${eid}`, `/as/wang/apply/${eid}`]) {
      const page = await new Browser(http).open(path)
      expect(page).toMatchObject({ status })
      expect(page.text).toContain(text)
    }
    const [latest] = await calls({ world })
    expect(latest?.decision.at(-1)).toMatchObject({ rule: 'page.account', row: { state } })
  })

  it.each([
    { method: 'GET', path: '/register', status: 404 },
    { method: 'GET', path: '/register/{eid}/more', status: 404 },
    { method: 'DELETE', path: '/register/{eid}', status: 405 },
    { method: 'POST', path: '/register/{eid}/notice', status: 405 },
  ])('answers $status to $method $path, as a page', async ({ method, path, status }) => {
    const { http, acme } = await startSim()
    const answer = await http(method, path.replace('{eid}', acme.eid))
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })

  it('answers 413 to a form of more than a megabyte', async () => {
    const { browser, acme } = await startAtForm()
    const page = await browser.post(pageOf(acme), { name: 'x'.repeat(1_048_577) })
    expect(page.status).toBe(413)
    expect(page.text).toContain('内容太多')
  })
})

describe('every page', () => {
  it('is kept by nobody, runs no script, and shows nothing of other origins', async () => {
    const { form } = await startAtForm()
    expect(form.headers.get('cache-control')).toBe('no-store')
    const policy = form.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("style-src 'self'")
    expect(policy).not.toContain('script-src')
    expect(policy).not.toContain('unsafe')
    expect(form.html).not.toMatch(/ style=|<script|<style/)
    for (const { attributes } of form.tags)
      expect(attributes['src'] ?? attributes['href'] ?? '/').toMatch(/^[/#]/)
  })
})

/** Starts with an EID in a state that no call can give it yet: the row is changed while the program is not running. */
async function startWith(state: string) {
  const folder = await mkdtemp(join(tmpdir(), 'tupu-sim-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const data = join(folder, 'sim.db')
  const first = await createSimulator({ data })
  await first.world(cast)
  await first.close()
  const database = new Sqlite(data)
  database.prepare('update account set state = ?').run(state)
  database.close()
  const sim = await createSimulator({ data })
  onTestFinished(() => sim.close())
  const world = await sim.world({ ...cast, if_exists: 'reuse' })
  return { http: httpOf(sim), world, eid: world.accounts[0]?.eid ?? '' }
}
