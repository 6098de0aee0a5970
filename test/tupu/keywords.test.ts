import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'

const accounts = [{ key: 'acme', company: '晨光科技' }]
const accounts_2023 = [{ key: 'acme', company: '晨光科技', rules: '2023' as const }]

describe('a send under the rules before 2023', () => {
  it('shows the message as a single line, with name, company and time', async () => {
    const { acme, wang, platform } = await startSim({ world: { accounts } })
    await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入，请完成入职登记' })
    expect(await wang.inbox()).toMatchObject([
      {
        title: '入职通知',
        line: '欢迎加入，请完成入职登记',
        keywords: { keyword1: '王小雨', keyword2: '晨光科技', keyword3: '2026年1月5日 09:00' },
      },
    ])
  })

  it('tells the time of Beijing as it is when the message is sent', async () => {
    const { acme, wang, platform, world } = await startSim({ world: { accounts } })
    await world.advance('PT15H30M')
    await platform.sends(acme, { mobile: wang.mobile })
    expect(await wang.inbox()).toMatchObject([{ keywords: { keyword3: '2026年1月6日 00:30' } }])
  })

  it.each([
    { what: 'the name of the send', but: { name: '王晓宇' }, shows: { keyword1: '王晓宇' } },
    {
      what: "the association's name when the send has none",
      but: {},
      shows: { keyword1: '王小雨' },
    },
    {
      what: "the association's name when the send's is empty",
      but: { name: '' },
      shows: { keyword1: '王小雨' },
    },
    {
      what: 'a keyword before the name',
      but: { name: '王晓宇', keywords: { keyword1: '小王' } },
      shows: { keyword1: '小王' },
    },
    {
      what: 'an empty keyword as it is',
      but: { keywords: { keyword2: '' } },
      shows: { keyword2: '' },
    },
    {
      what: 'every keyword but the message',
      but: { keywords: { keyword1: 'a', keyword2: 'b', keyword3: 'c', remark: 'd' } },
      shows: { keyword1: 'a', keyword2: 'b', keyword3: 'c', remark: 'd' },
    },
    {
      what: 'two hundred characters in a keyword',
      but: { keywords: { keyword2: '长'.repeat(200) } },
      shows: { keyword2: '长'.repeat(200) },
    },
  ])('shows $what', async ({ but, shows }) => {
    const { acme, wang, platform } = await startSim({ world: { accounts } })
    expect((await platform.sends(acme, { mobile: wang.mobile, ...but })).errcode).toBe(0)
    expect(await wang.inbox()).toMatchObject([{ keywords: shows }])
  })

  it.each([
    { keyword: 'keyword4', why: 'the template has none of that name' },
    { keyword: 'first', why: 'the message fills it' },
    { keyword: 'thing1', why: 'it belongs to the other rules' },
    { keyword: 'Keyword1', why: 'of the capital letter' },
    { keyword: '', why: 'it has no name' },
    { keyword: 'toString', why: 'it is only what every object has' },
  ])('refuses the keyword “$keyword”, because $why', async ({ keyword }) => {
    const { acme, wang, platform } = await startSim({ world: { accounts } })
    const keywords = { keyword1: 'known', [keyword]: 'x' }
    expect(await platform.sends(acme, { mobile: wang.mobile, keywords })).toEqual({
      errcode: 100014,
      errmsg: `unknown keyword: ${keyword}`,
    })
  })

  it('names only the beginning of an unknown keyword without end', async () => {
    const { acme, wang, platform } = await startSim({ world: { accounts } })
    const keywords = { ['k'.repeat(500_000)]: 'x' }
    expect(await platform.sends(acme, { mobile: wang.mobile, keywords })).toEqual({
      errcode: 100014,
      errmsg: `unknown keyword: ${'k'.repeat(100)}…`,
    })
  })

  it('opens its url by a tap on the message', async () => {
    const { acme, wang, platform } = await startSim({ world: { accounts } })
    const url = 'https://hr.example.com/t/1?x=1#y'
    await platform.sends(acme, { mobile: wang.mobile, url })
    await platform.sends(acme, { mobile: wang.mobile })
    expect(await wang.inbox()).toMatchObject([{ url }, { url: '' }])
  })
})

describe('a send under the rules of 2023', () => {
  it('shows the message in its line behind the label, with name, company and time', async () => {
    const { acme, wang, platform } = await startSim({ world: { accounts: accounts_2023 } })
    expect((await platform.sends(acme, { mobile: wang.mobile, message: '欢迎加入' })).errcode).toBe(
      0,
    )
    expect(await wang.inbox()).toMatchObject([
      {
        line: '通知内容:欢迎加入',
        keywords: {
          thing2: '王小雨',
          thing3: '晨光科技',
          time4: '2026年1月5日 09:00',
        },
      },
    ])
  })

  it.each([
    { what: 'the message', but: { message: '字'.repeat(21) }, name: 'thing1' },
    { what: 'the name', but: { name: '名'.repeat(21) }, name: 'thing2' },
    { what: 'a keyword', but: { keywords: { thing3: '长'.repeat(21) } }, name: 'thing3' },
    { what: 'a time that is none', but: { keywords: { time4: 'soon' } }, name: 'time4' },
  ])('passes on 47003 for $what that does not fit', async ({ but, name }) => {
    const { acme, wang, platform } = await startSim({ world: { accounts: accounts_2023 } })
    expect(await platform.sends(acme, { mobile: wang.mobile, ...but })).toEqual({
      errcode: 47003,
      errmsg: expect.stringContaining(`argument invalid! data.${name}.value invalid rid: `),
    })
    expect(await wang.inbox()).toEqual([])
  })

  it.each(['thing1', 'first', 'keyword1', 'remark'])('refuses the keyword %s', async (keyword) => {
    const { acme, wang, platform } = await startSim({ world: { accounts: accounts_2023 } })
    const keywords = { [keyword]: 'x' }
    expect((await platform.sends(acme, { mobile: wang.mobile, keywords })).errcode).toBe(100014)
  })

  it('lets twenty characters pass', async () => {
    const { acme, wang, platform } = await startSim({ world: { accounts: accounts_2023 } })
    const message = '字'.repeat(20)
    expect((await platform.sends(acme, { mobile: wang.mobile, message })).errcode).toBe(0)
  })
})

describe('a template of before 2023 under the rules of 2023', () => {
  it('is accepted, and its message is not shown any more', async () => {
    const { acme, wang, platform, world } = await startSim({ world: { accounts } })
    await world.call('official_account.update', { appid: acme.appid, rules: '2023' })
    const message = '字'.repeat(200)
    expect((await platform.sends(acme, { mobile: wang.mobile, message })).errcode).toBe(0)
    const [shown] = await wang.inbox()
    expect(shown).toMatchObject({ line: null, keywords: { keyword1: '王小雨' } })
    expect(shown?.keywords).not.toHaveProperty('first')
  })
})
