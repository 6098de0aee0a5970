import { describe, expect, it } from 'vitest'
import { textOf } from '../../page.ts'
import { startSim } from '../../sim.ts'
import { tablesOf } from '../client.ts'
import { authorizePath, type Link } from './visitor.ts'

describe('an error page', () => {
  const cases: readonly { when: string; link: Link; code?: number; text: string }[] = [
    { when: 'there is no appid', link: { appid: undefined }, code: 10012, text: 'appid不能为空' },
    {
      when: 'the appid is nobody’s',
      link: { appid: 'wx0000000000000000' },
      text: 'AppID 参数错误',
    },
    { when: 'the appid is no appid', link: { appid: '\0' }, text: 'AppID 参数错误' },
    {
      when: 'there is no redirect_uri',
      link: { redirect_uri: '' },
      code: 10011,
      text: 'redirect_uri不能为空',
    },
    { when: 'no code is asked for', link: { response_type: 'token' }, text: '该链接无法访问' },
    { when: 'there is no scope', link: { scope: undefined }, code: 10010, text: 'scope不能为空' },
    {
      when: 'the scope is a website’s',
      link: { scope: 'snsapi_login' },
      code: 10005,
      text: '此公众号并没有这些scope的权限',
    },
    { when: 'the state has 129 bytes', link: { state: 'x'.repeat(129) }, text: 'state参数过长' },
    {
      when: 'the state has 129 bytes in 43 characters',
      link: { state: '字'.repeat(43) },
      text: 'state参数过长',
    },
    ...[
      'javascript:alert(1)',
      'data:text/html,x',
      'ftp://hr.example.com/',
      '//hr.example.com/',
      '/register',
      'hr.example.com',
      'https://hr.example.com@evil.example/',
      'https://u:p@hr.example.com/',
      'http://',
    ].map((redirect_uri) => ({
      when: `redirect_uri is ${redirect_uri}`,
      link: { redirect_uri },
      code: 10003,
      text: 'redirect_uri域名与后台配置不一致',
    })),
  ]

  it.each(cases)('is shown when $when, and nothing else happens', async ({ link, code, text }) => {
    const { http, acme, world } = await startSim()
    const before = await tablesOf(world)
    const answer = await http('GET', `/w/test/as/li${authorizePath(acme, link)}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('location')).toBeNull()
    expect(answer.text).toContain('<title>抱歉，出错了</title>')
    expect(textOf(answer.text)).toContain(text)
    if (code === undefined) expect(textOf(answer.text)).not.toContain('错误码')
    else expect(textOf(answer.text)).toContain(`错误码：${code}`)
    expect(await tablesOf(world)).toEqual(before)
  })

  it('names the first thing that is wrong', async () => {
    const { http, acme, world } = await startSim()
    const wrong = {
      appid: '',
      redirect_uri: '',
      response_type: '',
      scope: '',
      state: 'x'.repeat(200),
    }
    const right = { appid: acme.appid, redirect_uri: 'javascript:x', response_type: 'code' }
    const said: unknown[] = []
    for (const link of [
      wrong,
      { ...wrong, appid: acme.appid },
      { ...wrong, ...right, response_type: '' },
      { ...wrong, ...right },
      { ...wrong, ...right, scope: 'x' },
      { ...wrong, ...right, scope: 'x', state: '' },
      { ...wrong, ...right, scope: 'snsapi_base', state: '' },
    ])
      said.push(await ruleOf(await http('GET', `/w/test/as/li${authorizePath(acme, link)}`)))
    async function ruleOf({ headers }: { headers: Headers }) {
      const { items } = (await world.call('exchange.list', {
        trace: headers.get('x-sim-trace'),
      })) as { items: { decision: { rule: string }[] }[] }
      return items[0]?.decision.at(-1)?.rule
    }
    expect(said).toEqual([
      'appid.given',
      'redirect_uri.given',
      'response_type.code',
      'scope.given',
      'state.length',
      'scope.known',
      'redirect_uri.web',
    ])
  })

  it('speaks English to who reads that, and keeps WeChat’s own words', async () => {
    const { http, acme } = await startSim()
    const path = `/as/li${authorizePath(acme, { scope: '' })}`
    const { text } = await http('GET', path, undefined, { 'accept-language': 'en-GB' })
    expect(text).toContain('<html lang="en"')
    expect(text).toContain('lang="zh-CN">scope不能为空')
    expect(textOf(text)).toContain('Error code: 10010')
    expect(textOf(text)).toContain('The scope is missing')
  })

  it('is the answer to another method, and to a form without end', async () => {
    const { http, acme } = await startSim()
    const posted = await http('POST', `/as/li${authorizePath(acme)}`, 'a=1')
    expect(posted.status).toBe(405)
    expect(textOf(posted.text)).toContain('该链接无法访问')
    const endless = await http('POST', '/as/li/connect/oauth2/confirm', 'x'.repeat(1_048_577))
    expect(endless.status).toBe(413)
  })
})
