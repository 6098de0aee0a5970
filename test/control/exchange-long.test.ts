import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { onBoth } from '../database.ts'
import { startSim } from '../sim.ts'

const exchanges = '/_sim/v1/worlds/test/exchanges'

interface Half {
  readonly body: string
  readonly length?: number
}
interface Shown {
  readonly seq: number
  readonly request: Half
  readonly answer: Half
}
interface Page {
  readonly items: readonly Shown[]
  readonly next_cursor: string | null
}

onBoth('a long body', (database) => {
  it('is shown by its beginning and its length in a list, and whole by itself', async () => {
    const { http, platform, acme } = await startSim({ database })
    const message = '欢'.repeat(15_000)
    const body = JSON.stringify({ eid: acme.eid, list: ['13800138000', 'w@example.com'], message })
    await platform.post('/messages', body)
    const { items } = (await http('GET', `${exchanges}?surface=tupu`)).json as unknown as Page
    const [item] = items
    expect(item?.request).toMatchObject({
      body: `{"eid":"${acme.eid}","list":["138****8000","w***@example.com"]`,
      length: Buffer.byteLength(body),
    })
    expect(item?.answer).not.toHaveProperty('length')
    const whole = (await http('GET', `${exchanges}/${item?.seq}`)).json as unknown as Shown
    expect(whole.request.body).toContain(message)
    expect(whole.request).not.toHaveProperty('length')
    expect(whole.answer).toEqual(item?.answer)
  })
})

describe('the beginning of a long body', () => {
  const filling = 'x'.repeat(5000)
  it.each([
    { what: 'a secret object of JSON', body: `{"secret":{"a":"hidden","b":"${filling}"}}` },
    { what: 'a secret after which JSON is cut', body: `{"token":"hidden${filling}"}` },
    { what: 'a secret field of a form', body: `secret=hidden${filling}` },
    { what: 'a secret in broken JSON', body: `{"secret":"hidden", "b":"${filling}` },
  ])('shows nothing of $what', async ({ body }) => {
    const { http, platform } = await startSim()
    await platform.post('/messages', body)
    const { text, json } = await http('GET', `${exchanges}?surface=tupu`)
    expect((json as unknown as Page).items[0]?.request.length).toBe(body.length)
    expect(text).not.toContain('hidden')
  })

  it('shows no part of a mobile that the cut has torn', async () => {
    const { http, platform } = await startSim()
    for (let cut = 0; cut < 14; cut++) {
      const before = 'no json, '.repeat(250).slice(0, 2048 - cut)
      await platform.post('/messages', `${before} 13800138000 ${'and more '.repeat(100)}`)
    }
    const { items } = (await http('GET', `${exchanges}?surface=tupu`)).json as unknown as Page
    const bodies = items.map(({ request }) => request.body)
    expect(bodies).toHaveLength(14)
    expect(bodies.filter((body) => /\d/.test(body))).toEqual([])
  })
})

it('a page of the journal ends early when what it shows is long, and goes on where it ended', async () => {
  const { http, platform } = await startSim()
  const url = `/messages?${'a=1&'.repeat(3000)}`
  for (let n = 0; n < 60; n++) await platform.post(`${url}n=${n}`, '{}')
  const seen: number[] = []
  let pages = 0
  for (let after = ''; ; pages++) {
    const { json } = await http('GET', `${exchanges}?surface=tupu${after}`)
    const { items, next_cursor } = json as unknown as Page
    seen.push(...items.map(({ seq }) => seq))
    if (next_cursor === null) break
    after = `&after=${next_cursor}`
  }
  expect(pages).toBeGreaterThan(0)
  expect(new Set(seen).size).toBe(60)
  expect(seen).toEqual(seen.toSorted((a, b) => b - a))
})

describe('a page of the journal ends early when masking it takes long, and goes on where it ended', () => {
  it.each([
    { what: 'behind as many as a page has usually', ms: 1, items: 100 },
    { what: 'before that, when it takes twice as long', ms: 20, items: 6 },
    { what: 'with one in any case', ms: 1000, items: 1 },
  ])('$what', async ({ ms, items: shown }) => {
    const { http, platform } = await startSim()
    for (let n = 0; n < 110; n++) await platform.post(`/messages?n=${n}`, '{}')
    const page = async (query: string) =>
      (await http('GET', `${exchanges}?surface=tupu&limit=500${query}`)).json as unknown as Page
    const { items: all } = await page('')
    expect(all).toHaveLength(110)
    const slow = vi.spyOn(Date, 'now')
    onTestFinished(() => slow.mockRestore())
    let now = Date.now()
    slow.mockImplementation(() => {
      now += ms
      return now
    })
    const first = await page('')
    expect(first).toMatchObject({ more: true, next_cursor: `${all[shown - 1]?.seq}` })
    expect(first.items).toEqual(all.slice(0, shown))
    slow.mockRestore()
    const next = await page(`&after=${first.next_cursor}`)
    expect(next.items).toEqual(all.slice(shown))
  })
})
