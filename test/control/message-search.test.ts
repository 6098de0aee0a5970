import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'

async function startSearch() {
  const sim = await startSim()
  const { platform, acme, wang, world } = sim
  await platform.sends(acme, { mobile: wang.mobile, message: 'Welcome aboard', name: 'Wang Yu' })
  await platform.sends(acme, { mobile: '13900139000', message: '合同已生成' })
  await platform.sends(acme, { mobile: wang.mobile, message: '明天九点' })
  const search = async (input: object) => {
    const { items, older } = (await world.call('message.search', input)) as {
      items: { text: string }[]
      older: string | null
    }
    return { texts: items.map(({ text }) => text), older, items }
  }
  return { ...sim, search }
}

it('lists messages newest first, with whose they are and what they were answered', async () => {
  const { search } = await startSearch()
  const { texts, older, items } = await search({})
  expect(texts).toEqual(['明天九点', '合同已生成', 'Welcome aboard'])
  expect(older).toBeNull()
  expect(items).toMatchObject([
    { account: 'acme', company: '晨光科技', state: 'delivered', fall_backs: [] },
    { state: 'refused', answer: { errcode: 100011 }, name: '' },
    { name: 'Wang Yu' },
  ])
})

it.each([
  { by: 'a part of the mobile', q: '139 0013', finds: ['合同已生成'] },
  { by: 'an errcode', q: '100011', finds: ['合同已生成'] },
  { by: 'a part of the name, in any case', q: 'wang y', finds: ['Welcome aboard'] },
  { by: 'a part of the text', q: '九点', finds: ['明天九点'] },
  { by: 'the name that was registered', q: '王小', finds: ['明天九点'] },
  { by: 'an errcode below zero, which is no part of a mobile', q: '-1', finds: [] },
  { by: 'nothing of it', q: 'nobody', finds: [] },
  { by: 'a state', state: 'refused', finds: ['合同已生成'] },
  { by: 'an account that has sent nothing', account: 'globex', finds: [] },
])('finds by $by', async ({ by: _, finds, ...input }) => {
  const { search } = await startSearch()
  expect((await search(input)).texts).toEqual(finds)
})

it('knows who is registered with the mobile of a message that was refused, by the account that sent it', async () => {
  const { world, platform, acme, wang, search } = await startSearch()
  await wang.mutes(acme)
  await platform.sends(acme, { mobile: wang.mobile, message: '静音' })
  await world.call('fault.create', { endpoint: 'message.send', errcode: -1, times: 1 })
  await platform.sends(acme, { mobile: wang.mobile, message: '忙' })
  expect((await search({ q: '王小雨' })).texts).toEqual(['忙', '静音', '明天九点'])
  expect((await search({ q: '王小雨' })).items[0]).toMatchObject({
    name: '王小雨',
    mobile: wang.mobile,
  })
  expect((await search({ q: '-1' })).texts).toEqual(['忙'])
})

it('goes on with what is older, fifty at a time, each once', async () => {
  const { platform, acme, wang, search } = await startSearch()
  for (let n = 0; n < 60; n++)
    await platform.sends(acme, { mobile: wang.mobile, message: `n ${n}` })
  const first = await search({})
  expect(first.texts).toHaveLength(50)
  const second = await search({ before: first.older })
  expect(second.older).toBeNull()
  const all = [...first.texts, ...second.texts]
  expect(new Set(all).size).toBe(63)
  expect(all.at(-1)).toBe('Welcome aboard')
})

it('says which SMS came because of a message, as the audit judges it', async () => {
  const { world, http, search } = await startSearch()
  await world.call('clock.advance', { by: 'PT2S' })
  expect((await search({ state: 'refused' })).items).toMatchObject([{ fall_backs: [] }])
  await http('POST', '/w/test/sink/sms', { to: '13900139000', text: '合同已生成' })
  const fall_backs = [{ channel: 'sms', at: '2026-01-05T01:00:02.000Z' }]
  expect((await search({ state: 'refused' })).items).toMatchObject([{ fall_backs }])
})
