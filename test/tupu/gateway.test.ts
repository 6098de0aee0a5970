import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { send_path, startFakeWechat, token_path } from './fake-wechat.ts'
import { exchanges, lastStep, tables } from './journal.ts'
import { goThrough, startAt, startThrough } from './through.ts'

onEither('a send through a remote gateway', (database) => {
  it('is accepted with the msgid of the WeChat behind it', async () => {
    const { acme, wang, platform, world, remote } = await startThrough({ database })
    const message = '欢迎加入'
    const answer = await platform.sends(acme, { mobile: wang.mobile, message })
    expect(answer).toMatchObject({ errcode: 0, errmsg: 'ok' })
    expect((await tables(remote.world))['template_message']).toMatchObject([
      { msgid: answer.msgid_str, openid: remote.wang.openidAt(remote.acme), title: '入职通知' },
    ])
    expect(await world.messages()).toMatchObject([
      { state: 'accepted', msgid_str: answer.msgid_str, on_phone: false },
    ])
  })

  it('passes on refusals unchanged, with the rid of the WeChat behind it', async () => {
    const { acme, wang, platform, world, remote } = await startThrough({ database })
    await remote.wang.unfollows(remote.acme)
    const answer = await platform.sends(acme, { mobile: wang.mobile })
    expect(answer.errcode).toBe(43004)
    const [there] = await exchanges(remote.world, { surface: 'wechat' })
    expect(answer).toEqual(JSON.parse(there?.answer.body ?? ''))
    expect(await world.messages()).toMatchObject([{ state: 'refused', answer }])
  })
})

describe('a send through a remote gateway', () => {
  it('is tried anew by its client_msg_id after a refusal', async () => {
    const { acme, wang, platform, remote } = await startThrough()
    const body = { mobile: wang.mobile, client_msg_id: 'order-17' }
    await remote.wang.unfollows(remote.acme)
    expect((await platform.sends(acme, body)).errcode).toBe(43004)
    await remote.wang.follows(remote.acme)
    const accepted = await platform.sends(acme, body)
    expect(accepted.errcode).toBe(0)
    expect(await platform.sends(acme, body)).toEqual(accepted)
  })

  it('shows name, company and time by the template of the WeChat behind it', async () => {
    const { acme, wang, platform, remote } = await startThrough()
    await platform.sends(acme, { mobile: wang.mobile, message: 'hi', url: 'https://hr.cn/1' })
    const [shown] = (await tables(remote.world))['template_message'] as {
      shown: string
      url: string
    }[]
    expect(JSON.parse(shown?.shown ?? '')).toMatchObject({
      line: 'hi',
      keywords: { keyword1: '王小雨', keyword2: '晨光科技', keyword3: '2026年1月5日 09:00' },
    })
    expect(shown?.url).toBe('https://hr.cn/1')
  })

  it('keeps its calls in the journal under the trace of the send, without secrets', async () => {
    const { acme, wang, http, world, remote } = await startThrough()
    const body = { eid: acme.eid, mobile: wang.mobile, message: 'hi' }
    const answer = await http('POST', '/tupu/v1/messages', body)
    const trace = answer.headers.get('x-sim-trace') ?? ''
    const kept = await exchanges(world, { trace })
    expect(kept.map(({ direction, surface }) => [direction, surface])).toEqual([
      ['in', 'tupu'],
      ['out', 'gateway'],
    ])
    expect(kept[1]).toMatchObject({ method: 'POST', status: 200, decision: ['gateway.answered'] })
    expect(kept[1]?.url).toContain('/cgi-bin/message/template/send?access_token=***')
    const all = JSON.stringify(await exchanges(world, {}))
    expect(all).toContain('"secret\\":\\"***')
    expect(all).not.toContain(remote.acme.info.app_secret)
  })

  it('fetches a new token when the one that it has is not known any more', async () => {
    const { acme, wang, platform, world, remote } = await startThrough()
    await platform.sends(acme, { mobile: wang.mobile })
    const before = (await exchanges(world, { surface: 'gateway' })).length
    await remote.world.reset()
    expect((await platform.sends(acme, { mobile: wang.mobile })).errcode).toBe(0)
    const calls = await exchanges(world, { surface: 'gateway' })
    const since = calls.slice(0, calls.length - before).reverse()
    const codes = since.map(({ url, answer }) => [pathOf(url), JSON.parse(answer.body)['errcode']])
    expect(codes).toEqual([
      ['/w/wechat/cgi-bin/message/template/send', 40001],
      ['/w/wechat/cgi-bin/stable_token', undefined],
      ['/w/wechat/cgi-bin/message/template/send', 0],
    ])
  })

  it('forces a new token only when WeChat gives out the very one that it refuses', async () => {
    const wechat = await startFakeWechat({
      [send_path]: '{"errcode":40001,"errmsg":"invalid credential rid: 1-2-3"}',
    })
    const { acme, wang, platform, world } = await startAt(wechat.url)
    expect(await platform.sends(acme, { mobile: wang.mobile })).toEqual({
      errcode: 40001,
      errmsg: 'invalid credential rid: 1-2-3',
    })
    const [, forced, asked] = await exchanges(world, { surface: 'gateway' })
    expect(asked?.request.body).toContain('"force_refresh":false')
    expect(forced?.request.body).toContain('"force_refresh":true')
  })

  it('goes by a token that it shares with others, and looks for another when WeChat refuses it', async () => {
    const through = await startThrough()
    const { acme, wang, platform, remote } = through
    const { appid, app_secret: secret } = remote.acme.info
    const way = `/w/wechat/cgi-bin/token?grant_type=client_credential&appid=${appid}&secret=${secret}`
    const shared = await startFakeWechat()
    const share = async () => {
      shared.answers['shared'] = (await remote.http('GET', way)).json
    }
    await share()
    await goThrough(through, {
      base_url: `${remote.sim.url}/w/wechat`,
      appid: remote.acme.appid,
      app_secret: secret ?? '',
      access_token_url: `${shared.url}/cgi-bin/shared`,
    })
    expect((await platform.sends(acme, { mobile: wang.mobile })).errcode).toBe(0)
    await remote.world.call('access_token.expire', { appid })
    expect((await platform.sends(acme, { mobile: wang.mobile })).errcode).toBe(42001)
    await share()
    expect((await platform.sends(acme, { mobile: wang.mobile })).errcode).toBe(0)
    const asked = await exchanges(remote.world, { surface: 'wechat' })
    // The account's first way, before it shared.
    expect(asked.filter(({ url }) => url.includes('stable_token'))).toHaveLength(1)
  })

  it('sends by the template that was chosen, and by none that is not there', async () => {
    const through = await startThrough()
    const { acme, wang, platform, remote } = through
    const { appid, app_secret } = remote.acme.info
    const wanted = { title: '面试通知', content: '{{first.DATA}}' }
    const made = await remote.world.call('template.create', { appid, ...wanted })
    const gateway = {
      base_url: `${remote.sim.url}/w/wechat`,
      appid: appid ?? '',
      app_secret: app_secret ?? '',
    }
    const { template_id } = made as { template_id: string }
    await goThrough(through, { ...gateway, template_id })
    expect((await platform.sends(acme, { mobile: wang.mobile })).errcode).toBe(0)
    expect((await tables(remote.world))['template_message']).toMatchObject([{ title: '面试通知' }])
    await goThrough(through, { ...gateway, template_id: 'none' })
    expect((await platform.sends(acme, { mobile: wang.mobile })).errcode).toBe(100002)
  })

  it('needs no industries at a sandbox, whose templates have none', async () => {
    const through = await startThrough()
    const { acme, wang, platform, remote } = through
    const { appid, app_secret } = (await remote.world.call('account.connect', {
      eid: 'globex',
    })) as { appid: string; app_secret: string }
    await remote.world.call('official_account.update', { appid, kind: 'sandbox' })
    const follow = { person: 'wang', account: 'globex' }
    const { openid } = (await remote.world.call('phone.follow', follow)) as { openid: string }
    const template = { title: '入职通知', content: '{{first.DATA}}' }
    await remote.world.call('template.create', { appid, ...template })
    await goThrough(through, { base_url: `${remote.sim.url}/w/wechat`, appid, app_secret })
    await through.world.register(wang.mobile, { account: 'acme', name: '王小雨', openid })
    expect((await platform.sends(acme, { mobile: wang.mobile })).errcode).toBe(0)
  })

  it('passes on why there is no token', async () => {
    const wechat = await startFakeWechat()
    const { acme, wang, platform } = await startAt(wechat.url)
    wechat.answers[send_path] = '{"errcode":42001,"errmsg":"access_token expired rid: 1-2-3"}'
    wechat.answers[token_path] = '{"errcode":40125,"errmsg":"invalid appsecret rid: 1-2-4"}'
    expect(await platform.sends(acme, { mobile: wang.mobile })).toEqual({
      errcode: 40125,
      errmsg: 'invalid appsecret rid: 1-2-4',
    })
  })

  it('asks nobody when TUPU itself refuses', async () => {
    const wechat = await startFakeWechat()
    const { acme, platform } = await startAt(wechat.url)
    const before = wechat.calls.length
    expect((await platform.sends(acme, { mobile: '13900139000' })).errcode).toBe(100011)
    expect((await platform.sends(acme, { mobile: '19900000000' })).errcode).toBe(0)
    expect((await platform.sends(acme, { mobile: '19900043004' })).errcode).toBe(43004)
    expect(wechat.calls.length).toBe(before)
  })
})

describe('the address of a remote gateway', () => {
  it.each([
    'http://169.254.169.254',
    'http://169.254.169.254.:80/latest',
    'http://[fe80::1]',
    'http://[::ffff:169.254.169.254]/',
    'http://2852039166/',
    'ftp://wechat.example.com',
    'https://user:secret@wechat.example.com',
    'wechat.example.com',
    '',
  ])('is refused when it is configured: %s', async (base_url) => {
    const sim = await startSim()
    const refused = goThrough(sim, { base_url })
    await expect(refused).rejects.toMatchObject({
      status: 422,
      problem: { field: 'gateway.base_url', reason: expect.any(String) },
    })
    expect((await sim.platform.sends(sim.acme, { mobile: sim.wang.mobile })).errcode).toBe(0)
  })

  it('is where every answer comes from: a redirect is not followed', async () => {
    const elsewhere = await startFakeWechat()
    const wechat = await startFakeWechat()
    const { acme, wang, platform, world } = await startAt(wechat.url)
    wechat.answers[send_path] = (response) => {
      response.writeHead(307, { Location: `${elsewhere.url}/cgi-bin/${send_path}` }).end()
    }
    expect((await platform.sends(acme, { mobile: wang.mobile })).errcode).toBe(100032)
    expect(elsewhere.calls).toEqual([])
    expect((await lastStep(world)).rule).toBe('wechat.answered')
  })
})

function pathOf(url: string): string {
  return new URL(url).pathname
}
