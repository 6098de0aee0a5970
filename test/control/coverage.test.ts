import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/control/coverage/catalogue.ts'
import { onBoth } from '../database.ts'
import { emptyFolder } from '../db/place.ts'
import { startReplicas } from '../db/replicas.ts'
import { textOf } from '../page.ts'
import { startSim } from '../sim.ts'
import { codeOf } from '../wechat/oauth/visitor.ts'
import { coverageOf, metIn, ways } from './coverage.ts'

const path = '/_sim/v1/coverage'

/** How often each of some names stands there. */
function countOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

describe('the catalogue', () => {
  it('has all codes of the partner API, those that WeChat has for a send alone, and what happens besides', () => {
    const names = catalogue.map(({ outcome }) => outcome)
    expect(names.filter((name) => /^(tupu|wechat)/.test(name))).toEqual([
      'tupu.-1',
      ...[100001, 100002, 100003, 100004, 100005, 100010, 100011, 100012].map((n) => `tupu.${n}`),
      ...[100013, 100014, 100015, 100016, 100017, 100018, 100031, 100032].map((n) => `tupu.${n}`),
      'tupu.malformed',
      'tupu.other',
      ...[40003, 40037, 43004, 43019, 43101, 45009, 47003, 48001].map((n) => `wechat.${n}`),
    ])
    expect(new Set(names).size).toBe(names.length)
  })

  it('says of every outcome in both languages what a good platform does, and how it is met', () => {
    for (const { outcome, advice, how, mobile } of catalogue) {
      expect([outcome, advice.en]).toEqual([outcome, expect.stringMatching(/^[A-Z].*\.$/)])
      expect([outcome, advice.zh]).toEqual([outcome, expect.stringMatching(/\p{Script=Han}.*。$/u)])
      expect([outcome, how !== undefined || mobile !== undefined]).toEqual([outcome, true])
    }
  })
})

describe('GET /_sim/v1/coverage', () => {
  it('has met nothing in a world that was just made, whatever its accounts went through', async () => {
    const { http, sim } = await startSim({ demo: true })
    const { met, of, percent, outcomes } = await coverageOf(http)
    expect({ met, of, percent }).toEqual({ met: 0, of: catalogue.length, percent: 0 })
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(catalogue.map(({ outcome }) => outcome))
    expect(outcomes[0]).toEqual({ outcome: 'tupu.-1', hits: 0, advice: expect.any(String) })
    expect(await sim.call('coverage.get')).toEqual(await coverageOf(http))
  })

  it('counts each errcode of a send to the mobile that is named for it', async () => {
    const { http, platform, acme } = await startSim()
    const coded = catalogue.filter(({ mobile }) => mobile !== undefined)
    for (const { mobile } of coded) await platform.sends(acme, { mobile })
    expect(await metIn(http)).toEqual(countOf(coded.map(({ outcome }) => outcome)))
  })

  it('counts what its own sentence says of a send to a magic mobile', async () => {
    const { http, platform, acme } = await startSim()
    const told = catalogue.flatMap(({ outcome, how }) => {
      const mobile = /^a send to `(199\d{8})`(?:$|, (?:or|say))/.exec(how?.en ?? '')?.[1]
      return mobile === undefined ? [] : [{ outcome, mobile }]
    })
    expect(told.length).toBeGreaterThan(4)
    for (const { mobile } of told) await platform.sends(acme, { mobile })
    expect(await metIn(http)).toMatchObject(countOf(told.map(({ outcome }) => outcome)))
  })

  it.each(ways)('counts $outcomes', async ({ outcomes, go }) => {
    const sim = await startSim()
    await go(sim)
    expect(await metIn(sim.http)).toEqual(countOf(outcomes))
  })

  it('can be 100 percent', () => {
    const coded = catalogue.filter(({ mobile }) => mobile !== undefined)
    const reached = new Set([...coded, ...ways].flatMap((one) => namesOf(one)))
    expect(catalogue.filter(({ outcome }) => !reached.has(outcome))).toEqual([])
  })

  it('counts no call of TUPU’s own: its pages begin web OAuth, too', async () => {
    const { http, acme } = await startSim()
    const { headers } = await http('GET', `/as/li/register/${acme.eid}`)
    await http('GET', `${new URL(headers.get('location') ?? '').pathname}${search(headers)}`)
    expect(await metIn(http)).toEqual({})
    await codeOf(http, acme)
    expect(await metIn(http)).toEqual({ 'oauth.silent': 1 })
  })

  it('speaks the language that is asked for, and English else', async () => {
    const { http } = await startSim()
    const adviceOf = async (query: string) => (await coverageOf(http, query)).outcomes[0]?.advice
    expect(await adviceOf('lang=zh')).toBe(catalogue[0]?.advice.zh)
    expect(await adviceOf('lang=en')).toBe(catalogue[0]?.advice.en)
    expect(await adviceOf('')).toBe(catalogue[0]?.advice.en)
  })

  it('is a table with format=text', async () => {
    const { http, platform, acme } = await startSim()
    await platform.sends(acme, { mobile: '13900139000' })
    const { text, headers } = await http('GET', `${path}?format=text&lang=en`)
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(text.split('\n')[0]).toBe(`1 of ${catalogue.length} outcomes met (1 %)`)
    expect(text).toMatch(/^✓ tupu\.100011 +1 {2}Fall back to SMS or email at once/m)
    expect(text).toMatch(/^ {2}tupu\.100013 +- {2}Count code points/m)
  })

  it.each([`${path}?format=html&`, '/coverage?'])('is a page at %s', async (page) => {
    const { http, platform, acme } = await startSim()
    await platform.sends(acme, { mobile: '19900100011' })
    const { text, headers, status } = await http('GET', `${page}lang=en`)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(textOf(text)).toContain(`1 of ${catalogue.length} outcomes met`)
    expect(textOf(text)).toMatch(/100011 ?1× ?no openid for this mobile/)
    expect(textOf(text)).toContain('a send to 19900100013')
  })

  it('refuses a world that nobody has made, by all its ways', async () => {
    const { http } = await startSim()
    const no = await http('GET', `${path}?world=tset`)
    expect(no).toMatchObject({ status: 422, json: { field: 'world' } })
    expect(no.json['fix']).toContain('test')
    expect((await http('GET', '/w/tset/coverage')).status).toBe(404)
    expect((await http('GET', `${path}?format=pdf`)).status).toBe(422)
  })
})

onBoth('hits', (database) => {
  it('are a world’s own, survive its resets, and go with it; over all they stay', async () => {
    const { http, sim, platform, acme, world } = await startSim({ database })
    await sim.world({ name: 'other' })
    await platform.sends(acme, { mobile: '19900100011' })
    await world.reset()
    await platform.sends(acme, { mobile: '19900100011' })
    expect(await metIn(http, 'world=test')).toEqual({ 'tupu.100011': 2 })
    expect(await metIn(http, 'world=other')).toEqual({})
    expect(JSON.parse((await http('GET', `/w/test${path}`)).text)).toEqual(
      await coverageOf(http, 'world=test'),
    )
    await platform.sends(acme, { mobile: '19900100012' })
    await sim.call('world.delete', { world: 'test' })
    await sim.world({ name: 'test' })
    await platform.sends(acme, { eid: 'nobody' })
    expect(await metIn(http, 'world=test')).toEqual({ 'tupu.100001': 1 })
    const all = { 'tupu.100011': 2, 'tupu.100012': 1, 'tupu.100001': 1 }
    expect(await metIn(http)).toEqual(all)
  })
})

describe('hits', () => {
  it('of an EID that nobody has count where the path says, else over all alone', async () => {
    const { http, platform, acme } = await startSim()
    const body = { eid: 'nobody', mobile: '13800138000', message: 'hi' }
    await http('POST', '/tupu/v1/messages', body)
    expect(await metIn(http, 'world=test')).toEqual({})
    await platform.sends(acme, { eid: 'nobody' })
    expect(await metIn(http, 'world=test')).toEqual({ 'tupu.100001': 1 })
    expect(await metIn(http)).toEqual({ 'tupu.100001': 2 })
  })

  it('survive the end of the process', async () => {
    const data = `${emptyFolder()}/sim.db`
    const first = await startSim({ data })
    await first.platform.sends(first.acme, { mobile: '19900100011' })
    await first.sim.close()
    const { http } = await startSim({ data, world: { name: 'next' } })
    expect(await metIn(http, 'world=test')).toEqual({ 'tupu.100011': 1 })
  })

  it('of two replicas are one sum, a moment later', async () => {
    const { one, two } = await startReplicas()
    const mobile = '19900100011'
    for (const { platform } of [one, two, two]) await platform.sends(one.acme, { mobile })
    // The other writes down what it has counted within a second; asked itself, at once.
    expect(await metIn(two.http)).toMatchObject({ 'tupu.100011': expect.any(Number) })
    expect(await metIn(one.http)).toEqual({ 'tupu.100011': 3 })
  })
})

function namesOf(one: { outcome: string } | { outcomes: readonly string[] }): readonly string[] {
  return 'outcome' in one ? [one.outcome] : one.outcomes
}

const search = (headers: Headers) => new URL(headers.get('location') ?? '').search
