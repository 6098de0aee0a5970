import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'

type Sim = Awaited<ReturnType<typeof startSim>>
interface Page {
  readonly items: readonly { readonly channel: string; readonly text: string }[]
  readonly next_cursor: string
}

const sink = '/w/test/sink'

function list({ world }: Sim, input: object = {}): Promise<Page> {
  return world.call('contact.list', input) as Promise<Page>
}

const textsOf = ({ items }: Page) => items.map(({ text }) => text)

/** Three ways to Li, a second apart, and one to Han. */
async function reachLi(): Promise<Sim> {
  const sim = await startSim()
  const { platform, acme, li, han, http, world } = sim
  const { mobile } = li
  await platform.sends(acme, { mobile, email: 'li@example.com', message: 'by WeChat' })
  await world.advance('PT1S')
  await http('POST', `${sink}/sms`, { to: mobile, text: 'by SMS' })
  await world.advance('PT1S')
  await http('POST', `${sink}/email`, { to: 'LI@example.com', subject: 'Hello', text: 'by e-mail' })
  await http('POST', `${sink}/sms`, { to: han.mobile, text: 'to Han' })
  return sim
}

it('lists what was tried to reach a recipient, oldest first, whichever way', async () => {
  const sim = await reachLi()
  const { mobile } = sim.li
  const refused = { channel: 'wechat', state: 'refused', errcode: 100011, text: 'by WeChat' }
  const { items } = await list(sim, { mobile })
  expect(items).toMatchObject([
    { ...refused, at: '2026-01-05T01:00:00.000Z', mobile, email: 'li@example.com' },
    { channel: 'sms', state: 'delivered', errcode: 0, at: '2026-01-05T01:00:01.000Z', mobile },
    { channel: 'email', state: 'delivered', subject: 'Hello', email: 'li@example.com' },
  ])
  expect(new Set(items.map((one) => (one as never as { trace: string }).trace)).size).toBe(3)
})

it.each([
  { filter: { channel: 'sms' }, texts: ['by SMS', 'to Han'] },
  { filter: { channel: 'wechat' }, texts: ['by WeChat'] },
  { filter: { state: 'refused' }, texts: ['by WeChat'] },
  { filter: { state: 'delivered' }, texts: ['by SMS', 'by e-mail', 'to Han'] },
  { filter: { email: 'Li@Example.com' }, texts: ['by WeChat', 'by e-mail'] },
  { filter: { since: '2026-01-05T01:00:02.000Z' }, texts: ['by e-mail', 'to Han'] },
  { filter: { mobile: '13800138003' }, texts: ['to Han'] },
])('filters by $filter', async ({ filter, texts }) => {
  expect(textsOf(await list(await reachLi(), filter))).toEqual(texts)
})

it('goes on from a cursor, in order, over more than a page of both', async () => {
  const sim = await startSim()
  const { platform, acme, li, http, world } = sim
  const wanted: string[] = []
  for (let i = 0; i < 55; i++) {
    await platform.sends(acme, { mobile: li.mobile, message: `send ${i}` })
    await http('POST', `${sink}/sms`, { to: li.mobile, text: `sms ${i}` })
    wanted.push(`send ${i}`, `sms ${i}`)
    await world.advance('PT1S')
  }
  const seen: string[] = []
  let after: string | undefined
  for (let page = await list(sim); page.items.length > 0; page = await list(sim, { after })) {
    expect(page.items.length).toBeLessThanOrEqual(101)
    seen.push(...textsOf(page))
    after = page.next_cursor
  }
  expect(seen).toEqual(wanted)
  await http('POST', `${sink}/sms`, { to: li.mobile, text: 'more' })
  expect(textsOf(await list(sim, { after }))).toEqual(['more'])
})

it('waits until something comes, and refuses what is no cursor and too long a wait', async () => {
  const sim = await startSim()
  const waiting = list(sim, { mobile: sim.li.mobile, wait: 'PT30S' })
  await sim.http('POST', `${sink}/sms`, { to: sim.li.mobile, text: 'at last' })
  expect(textsOf(await waiting)).toEqual(['at last'])
  await expect(list(sim, { after: 'x' })).rejects.toMatchObject({ status: 422 })
  await expect(list(sim, { wait: 'PT61S' })).rejects.toMatchObject({ status: 422 })
})

it('finds the e-mails of a mobile that was registered after they came', async () => {
  const sim = await startSim()
  const { li, acme, http } = sim
  await http('POST', `${sink}/email`, { to: 'li@example.com', text: 'early' })
  expect(textsOf(await list(sim, { mobile: li.mobile }))).toEqual([])
  await li.registers(acme, { email: 'li@example.com' })
  expect(textsOf(await list(sim, { mobile: li.mobile }))).toEqual(['early'])
})
