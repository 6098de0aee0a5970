import { describe, expect, it } from 'vitest'
import { onEither } from '../../database.ts'
import { formOf } from './browser.ts'
import { good, pageOf, registrations, startAtForm } from './candidate.ts'

onEither('a name', (database) => {
  it.each([
    '李',
    'Åsa Öberg-Lindström',
    "Seán O'Brien, Jr.",
    'محمد بن سلمان',
    'אברהם',
    'สมชาย',
    '𠮷田·麻衣',
    '👩\u200d💻',
    '<b>&amp;"quoted"</b>',
    '𠮷'.repeat(100),
  ])('of any script is taken and read back as it is: %s', async (name) => {
    const { browser, form, acme, world } = await startAtForm({ database })
    const page = await browser.submit(form, { ...good, name: `\u3000${name} \n` })
    expect(page.status).toBe(200)
    expect(await registrations({ world }, { name })).toHaveLength(1)
    expect(formOf(await browser.open(`${pageOf(acme)}/change`)).values['name']).toBe(name)
    expect((await browser.open(`${pageOf(acme)}?show=all`)).text).toContain(name)
  })
})

describe('an email address', () => {
  it.each([
    'w@example.com',
    "o'neil+tag@sub.example.co.uk",
    '用户@例子.测试',
    'müller@bücher.example',
    'a@xn--fiqs8s.cn',
    `${'a'.repeat(242)}@example.com`,
  ])('with letters of any script is taken and read back as it is: %s', async (email) => {
    const { browser, form, acme } = await startAtForm()
    expect((await browser.submit(form, { ...good, email: ` ${email}\t` })).status).toBe(200)
    expect(formOf(await browser.open(`${pageOf(acme)}/change`)).values['email']).toBe(email)
  })
})

describe('what is known', () => {
  it.each([
    { name: '王', shown: '＊' },
    { name: '王小雨', shown: '王＊＊' },
    { name: 'Wang Xiaoyu', shown: 'W＊＊' },
    { name: '👩\u200d💻 Ada', shown: '👩\u200d💻＊＊' },
  ])('of $name is $shown to whoever looks over a shoulder', async ({ name, shown }) => {
    const { browser, form } = await startAtForm()
    const page = await browser.submit(form, { ...good, name, region: 'HK', mobile: '51234567' })
    const values = [...page.html.matchAll(/<bdi>([^<]*)</g)].map(([, value]) => value)
    expect(values.slice(0, 3)).toEqual([shown, '+852****4567', 'l***@example.com'])
    expect(page.html).not.toContain('5123')
  })
})
