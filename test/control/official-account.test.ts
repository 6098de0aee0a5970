import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'

const officials = '/_sim/v1/worlds/test/official-accounts'

onEither('PATCH /_sim/v1/worlds/{world}/official-accounts/{appid}', (database) => {
  it('changes what is named and shows the whole', async () => {
    const { http, acme } = await startSim({ database })
    const patch = (body: object) => http('PATCH', `${officials}/${acme.appid}`, body)
    const before = {
      appid: acme.appid,
      original_id: expect.stringMatching(/^gh_[0-9a-f]{12}$/),
      kind: 'service',
      verified: true,
      rules: '2014',
      delivery: 'immediate',
      require_https: false,
      ip_whitelist: null,
      oauth_domains: null,
      review: 'immediate',
      quotas: 'off',
      miniprograms: [],
      report_location: 'off',
      gateway_timeout: 'PT5S',
    }
    expect((await patch({})).json).toEqual(before)
    const change = {
      kind: 'subscription',
      verified: false,
      rules: '2023',
      delivery: 'PT1M30S',
      require_https: true,
      ip_whitelist: ['127.0.0.1', '::1'],
      oauth_domains: ['hr.example.com', '10.0.0.7'],
      review: { after_reads: 3 },
      quotas: 'documented',
      miniprograms: ['wx0123456789abcdef'],
      report_location: 'on',
      gateway_timeout: 'PT2S',
    }
    expect(await patch(change)).toMatchObject({ status: 200, json: { ...before, ...change } })
    expect((await patch({ ip_whitelist: null, delivery: 'manual' })).json).toEqual({
      ...before,
      ...change,
      ip_whitelist: null,
      delivery: 'manual',
    })
    const domains = await patch({ oauth_domains: ['HR.Example.com'] })
    expect(domains.json).toMatchObject({ oauth_domains: ['hr.example.com'] })
    expect((await patch({ oauth_domains: null })).json).toMatchObject({ oauth_domains: null })
  })
})

describe('a change of an official account', () => {
  it.each([
    { change: { kind: 'subscription' }, errcode: 48001 },
    { change: { verified: false }, errcode: 48001 },
    { change: { kind: 'sandbox', verified: false }, errcode: 0 },
    { change: { require_https: true }, errcode: 43003 },
  ])('$change counts at the next call: $errcode', async ({ change, errcode }) => {
    const { http, acme, wang } = await startSim()
    const { appid, app_secret: secret } = acme.info
    const query = `grant_type=client_credential&appid=${appid}&secret=${secret}`
    const { access_token } = (await http('GET', `/cgi-bin/token?${query}`)).json
    const send = () =>
      http('POST', `/cgi-bin/message/template/send?access_token=${access_token}`, {
        touser: wang.openidAt(acme),
        template_id: acme.info.template_id,
        data: {},
      })
    expect((await send()).json).toMatchObject({ errcode: 0 })
    await http('PATCH', `${officials}/${acme.appid}`, change)
    expect((await send()).json).toMatchObject({ errcode })
  })

  it('lets only listed addresses fetch tokens', async () => {
    const { http, acme } = await startSim({ listen: true })
    const { appid, app_secret: secret } = acme.info
    const query = `grant_type=client_credential&appid=${appid}&secret=${secret}`
    const fetchToken = async () => (await http('GET', `/cgi-bin/token?${query}`)).json
    await http('PATCH', `${officials}/${appid}`, { ip_whitelist: ['203.0.113.7'] })
    expect(await fetchToken()).toMatchObject({ errcode: 40164 })
    await http('PATCH', `${officials}/${appid}`, { ip_whitelist: ['127.0.0.1', '::1'] })
    expect(await fetchToken()).toMatchObject({ expires_in: 7200 })
  })

  it.each([
    { body: { rules: '2022' }, field: 'rules' },
    { body: { delivery: 'P1M' }, field: 'delivery' },
    { body: { delivery: 2 }, field: 'delivery' },
    { body: { kind: 'enterprise' }, field: 'kind' },
    { body: { verified: 'yes' }, field: 'verified' },
    { body: { require_https: 1 }, field: 'require_https' },
    { body: { ip_whitelist: ['localhost'] }, field: 'ip_whitelist.0' },
    { body: { appsecret: 'x' }, field: 'appsecret', type: 'unknown_field' },
    { body: { quotas: 'on' }, field: 'quotas' },
    { body: { review: 'at once' }, field: 'review' },
    { body: { review: { after_reads: 0 } }, field: 'review.after_reads' },
    { body: { review: { after_reads: 2, days: 3 } }, field: 'review.days', type: 'unknown_field' },
    { body: { oauth_domains: ['https://hr.example.com'] }, field: 'oauth_domains.0' },
    { body: { oauth_domains: ['hr.example.com:8080'] }, field: 'oauth_domains.0' },
    { body: { oauth_domains: ['hr.example.com/wx'] }, field: 'oauth_domains.0' },
    { body: { oauth_domains: ['*.example.com'] }, field: 'oauth_domains.0' },
    { body: { oauth_domains: [''] }, field: 'oauth_domains.0' },
    { body: { oauth_domains: 'hr.example.com' }, field: 'oauth_domains' },
    { body: { oauth_domains: Array(21).fill('a.example') }, field: 'oauth_domains' },
    { body: { server: { url: 'ftp://x' } }, field: 'server.url' },
    { body: { server: { url: 'http://127.0.0.1:9', token: 'x' } }, field: 'server.token' },
    { body: { server: { url: 'http://127.0.0.1:9', aes_key: 'x' } }, field: 'server.aes_key' },
    { body: { server: { url: 'http://127.0.0.1:9' } }, field: 'server.url' },
    { body: { server: 'http://127.0.0.1:9' }, field: 'server' },
  ])('is refused for $body by $field', async ({ body, field, type = 'invalid_field' }) => {
    const { http, acme } = await startSim()
    const { json } = await http('PATCH', `${officials}/${acme.appid}`, body)
    expect(json).toMatchObject({ status: 422, field, type })
  })

  it.each(['wx0000000000000000', '%00', 'acme'])('is 404 for the appid %s', async (appid) => {
    const { http } = await startSim({ database: appid === '%00' ? 'postgres' : 'sqlite' })
    for (const [method, path] of [
      ['PATCH', ''],
      ['POST', '/templates'],
    ] as const) {
      const body = method === 'POST' ? { title: 't', content: '{{a.DATA}}' } : {}
      const { status, json } = await http(method, `${officials}/${appid}${path}`, body)
      expect({ status, json }).toMatchObject({
        status: appid === '%00' ? 422 : 404,
        json: { field: 'appid' },
      })
    }
  })
})

describe('POST /_sim/v1/worlds/{world}/official-accounts/{appid}/templates', () => {
  it('makes a template that WeChat lists and sends at once', async () => {
    const { http, acme, wang } = await startSim()
    const body = {
      title: '面试邀请通知',
      content: '职位:{{thing1.DATA}}\n',
      example: '职位:工程师',
    }
    const { status, json } = await http('POST', `${officials}/${acme.appid}/templates`, body)
    expect(status).toBe(201)
    expect(json).toEqual({ template_id: expect.stringMatching(/^[\w-]{43}$/), ...body })
    const { appid, app_secret: secret } = acme.info
    const query = `grant_type=client_credential&appid=${appid}&secret=${secret}`
    const { access_token } = (await http('GET', `/cgi-bin/token?${query}`)).json
    const list = await http(
      'GET',
      `/cgi-bin/template/get_all_private_template?access_token=${access_token}`,
    )
    expect(list.json['template_list']).toMatchObject([{ title: '入职通知' }, json])
    const send = {
      touser: wang.openidAt(acme),
      template_id: json['template_id'],
      data: { thing1: { value: '工程师' } },
    }
    const sent = await http(
      'POST',
      `/cgi-bin/message/template/send?access_token=${access_token}`,
      send,
    )
    expect(sent.json).toMatchObject({ errcode: 0 })
  })

  it.each([
    { body: {}, field: 'title' },
    { body: { title: 't' }, field: 'content' },
    { body: { title: '', content: '{{a.DATA}}' }, field: 'title' },
    { body: { title: 't', content: 'no placeholder' }, field: 'content' },
    { body: { title: 't', content: '{{a.DATA}}\0' }, field: 'content' },
    { body: { title: 't', content: `{{a.DATA}}${'x'.repeat(2000)}` }, field: 'content' },
    { body: { title: 't', content: '{{a.DATA}}', example: '\0' }, field: 'example' },
    { body: { title: 't', content: '{{a.DATA}}', id: 'mine' }, field: 'id' },
  ])('refuses $body by $field', async ({ body, field }) => {
    const { http, acme } = await startSim()
    const { json } = await http('POST', `${officials}/${acme.appid}/templates`, body)
    expect(json).toMatchObject({ status: 422, field })
  })
})

describe('GET /_sim/v1/magic', () => {
  it('lists the magic mobiles with what each makes a send answer', async () => {
    const { http, acme, platform } = await startSim()
    const { status, json } = await http('GET', '/_sim/v1/magic')
    expect(status).toBe(200)
    const items = json['items'] as unknown as {
      mobile: string
      errcode: number
      errmsg: string
      en: string
      zh: string
    }[]
    expect(items).toContainEqual({
      mobile: '19900100011',
      errcode: 100011,
      errmsg: 'no openid for this mobile',
      en: expect.any(String),
      zh: expect.any(String),
    })
    expect(items.map(({ errcode }) => errcode)).toEqual(
      expect.arrayContaining([0, 43004, 43101, 40003, 100018, -1]),
    )
    expect(new Set(items.map(({ mobile }) => mobile)).size).toBe(items.length)
    // The later ones make an answer late, or none come: each has a test of its own.
    for (const { mobile, errcode } of items.filter((one) => one.mobile.startsWith('19900'))) {
      const answer = await platform.sends(acme, { mobile })
      expect({ mobile, errcode: answer.errcode }).toEqual({ mobile, errcode })
    }
    expect(await http('GET', '/_sim/v1/magic?world=test')).toMatchObject({ status: 422 })
  })
})
