import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drill_names } from '../../src/control/drill/drills.ts'
import { searchEntries } from '../../src/docs/entries.ts'
import { outcomes } from '../../src/docs/outcomes.ts'
import { makeIndex, search } from '../../src/docs/search.ts'
import { en } from '../../views/words/en.ts'
import { zh } from '../../views/words/zh.ts'
import { tagsOf, textOf } from '../page.ts'
import { startSim } from '../sim.ts'
import { documented, surfaces } from './docs.ts'

const index = makeIndex(searchEntries(surfaces, { en, zh }))
const pathsOf = (query: string) => search(index, query, 'en').found.map(({ path }) => path)

describe('a search of the documentation', () => {
  it('finds every errcode first of all, and every endpoint by its id', () => {
    const codes = surfaces.flatMap(({ name, table }) =>
      [...(table?.keys() ?? [])].map((code) => ({
        query: String(code),
        path: `/errors#${name}-${code}`,
      })),
    )
    const ids = documented.map(({ endpoint, surface }) => ({
      query: endpoint.id,
      path: `/${surface.name}/${endpoint.id}`,
    }))
    expect(codes.length).toBeGreaterThan(300)
    const lost = [...codes, ...ids].filter(
      ({ query, path }) => !pathsOf(query).slice(0, 8).includes(path),
    )
    expect(lost).toEqual([])
  })

  it('finds every rule and every outcome', () => {
    const rules = Object.keys(en.rules).map((rule) => rule.replace(/^control\./u, ''))
    const lost = rules.filter((rule) => !pathsOf(rule).some((path) => path.endsWith(`-${rule}`)))
    expect(lost).toEqual([])
    const ids = outcomes.filter(({ id, meets }) => !pathsOf(meets.en)[0]?.endsWith(`outcome-${id}`))
    expect(ids).toEqual([])
  })

  it('finds every drill by its name, and the page says what the audit makes of each', () => {
    for (const words of [en, zh])
      expect(Object.keys(words.docs.drills.audits)).toEqual([...drill_names])
    expect(drill_names.map((name) => pathsOf(name)[0])).toEqual(
      drill_names.map((name) => `/drills#drill-${name}`),
    )
  })

  it.each([
    { query: 'client_msg_id', first: '/tupu/message.send#field-client_msg_id' },
    { query: 'CLOCK Advance', first: '/control/clock.advance' },
    { query: '19900043004', first: '/handle#outcome-unfollowed' },
    { query: '--port', first: '/configuration#setting-port' },
    { query: '撤回', first: '/registration#withdraw' },
    { query: '短信', first: '/sinks' },
    { query: '签名重试', first: '/signature' },
    { query: 'unknown_field', first: '/errors#problems-unknown_field' },
  ])('finds $first by $query', ({ query, first }) => {
    expect(pathsOf(query).slice(0, 6)).toContain(first)
  })

  it('takes any text, and shows nothing that lacks a word of it', () => {
    const word = fc.constantFrom('mobile', '模板', '43', '(', '\\', '%', '不', 'a', '?', '的消息')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((all) => all.join(' ')),
        ),
        (query) => {
          const { found, count, terms } = search(index, query, 'zh')
          expect(found.length).toBeLessThanOrEqual(count)
          const all = (path: string) => index.filter((one) => one.path === path)
          for (const { path } of found)
            expect(all(path).some((one) => terms.every((term) => one.all.includes(term)))).toBe(
              true,
            )
        },
      ),
    )
  })

  it('is a page that works without script, keeps the query, and marks what was found', async () => {
    const { http } = await startSim()
    const { status, text } = await http('GET', '/w/test/docs?q=%3Cb%3E+43004&lang=en')
    expect(status).toBe(200)
    expect(text).not.toContain('<b> 43004')
    expect(text).toContain(en.docs.search.none)
    const { text: found } = await http('GET', '/w/test/docs?q=43004&lang=zh')
    const tags = tagsOf(found)
    expect(
      tags.find(({ name, attributes }) => name === 'form' && attributes['class'] === 'search')
        ?.attributes['action'],
    ).toBe('/w/test/docs')
    expect(tags.find(({ attributes }) => attributes['id'] === 'q')?.attributes['value']).toBe(
      '43004',
    )
    expect(found).toContain('<mark>43004</mark>')
    expect(textOf(found)).toContain('搜索：43004')
    const links = tags.flatMap(({ attributes: { href } }) => href ?? [])
    expect(links).toContain('/w/test/docs/errors?lang=zh#wechat-43004')
  })
})
