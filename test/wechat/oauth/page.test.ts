import { describe, expect, it } from 'vitest'
import { tagsOf, textOf, unbalanced } from '../../page.ts'
import { type Answer, startSim } from '../../sim.ts'
import { authorizePath, Visitor } from './visitor.ts'

const scope = 'snsapi_userinfo'

/** A name that is more than text where it is not escaped. */
const hostile = `<b>"'&x</b>`

interface Shown {
  readonly visitor: Visitor
  readonly link: string
}

const pages: readonly {
  page: string
  shows(at: Shown): Promise<Answer>
  zh: string
  en: string
  switches?: boolean
}[] = [
  {
    page: 'the error page',
    shows: ({ visitor, link }) => visitor.opens(`/as/li${link.replace(scope, 'x')}`),
    zh: '公众号没有所请求的 scope 的权限',
    en: 'This official account may not ask for this scope',
  },
  {
    page: 'the page outside WeChat',
    shows: ({ visitor, link }) => visitor.opens(link),
    zh: '请在微信客户端打开链接',
    en: 'Please open the link in the WeChat client',
    switches: true,
  },
  {
    page: 'the choice',
    shows: ({ visitor, link }) => visitor.opens(link.replace('authorize', 'who')),
    zh: '选择用谁的微信打开',
    en: 'Whose WeChat should open this link',
    switches: true,
  },
  {
    page: 'the sheet',
    shows: ({ visitor, link }) => visitor.opens(`/as/zhao${link}`),
    zh: '获取你的昵称、头像',
    en: 'get your nickname and avatar',
    switches: true,
  },
  {
    page: 'the sheet that grew old',
    shows: async ({ visitor, link }) => {
      const sheet = await visitor.opens(`/as/zhao${link}`)
      return visitor.decides(sheet, 'allow', { csrf_token: '' })
    },
    zh: '页面已失效，请再确认一次。',
    en: 'This page has expired. Please decide again.',
  },
  {
    page: 'the page after a refusal',
    shows: async ({ visitor, link }) =>
      visitor.decides(await visitor.opens(`/as/zhao${link}`), 'no'),
    zh: '你已拒绝',
    en: 'You refused',
  },
]

describe.each(pages)('$page', ({ shows, zh, en, switches = false }) => {
  async function show(headers: Record<string, string>, more: Record<string, string> = {}) {
    const people = [{ key: 'li' }, { key: 'zhao', name: hostile }]
    const accounts = [{ key: 'acme', company: hostile }]
    const { http, acme } = await startSim({ world: { people, accounts } })
    const state = '"><script>alert(1)</script>'
    const link = authorizePath(acme, { scope, state, ...more })
    return shows({ visitor: new Visitor(http, headers), link })
  }

  it('speaks Chinese unless the browser wishes something else', async () => {
    const { text } = await show({})
    expect(text).toContain('<html lang="zh-CN"')
    expect(textOf(text)).toContain(zh)
    expect(textOf(text)).not.toContain(en)
  })

  it.each([
    { by: 'the browser', headers: { 'accept-language': 'en' }, more: {} },
    {
      by: 'the address',
      headers: {},
      more: { lang: 'en' },
    },
  ])('speaks English when $by says so', async ({ headers, more }) => {
    const { text } = await show(headers as Record<string, string>, more as Record<string, string>)
    expect(text).toContain('<html lang="en"')
    expect(textOf(text)).toContain(en)
  })

  it('is whole, without script or style of its own, and takes names for text', async () => {
    const { text, headers } = await show({})
    expect(text.startsWith('<!DOCTYPE html><html ')).toBe(true)
    expect(unbalanced(text)).toEqual([])
    expect(text).not.toMatch(/<script|<style|<b>|\sstyle=|\son\w+=/)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    const tags = tagsOf(text)
    expect(tags.filter(({ name }) => name === 'h1')).toHaveLength(1)
    expect(tags.filter(({ name }) => name === 'main')).toHaveLength(1)
    const languages = tags.filter(({ attributes }) => attributes['hreflang'] !== undefined)
    expect(languages).toHaveLength(switches ? 2 : 0)
  })
})

it('a switch of language stays on the page, for the same person and link', async () => {
  const { http, acme } = await startSim()
  const link = authorizePath(acme, { scope, state: 'a&b' })
  const { text } = await http('GET', `/as/han${link}`)
  const english = tagsOf(text).find(({ attributes }) => attributes['hreflang'] === 'en')
  const path = `/as/han/connect/oauth2/authorize${english?.attributes['href']}`
  const page = await http('GET', path)
  expect(textOf(page.text)).toContain('get your nickname and avatar')
  expect(page.text).toContain('name="state" value="a&amp;b"')
})
