import { describe, expect, it } from 'vitest'
import { callWith, endpoints, type Fields } from '../endpoint-calls.ts'
import { startSim } from '../sim.ts'

const path = '/w/test/sink'
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const sms = {
  Action: 'SendSms',
  PhoneNumbers: '13800138002,+8613800138001',
  SignName: '晨光科技',
  TemplateCode: 'SMS_1',
  TemplateParam: '{"name":"王小雨"}',
}

async function contactsOf(sim: Awaited<ReturnType<typeof startSim>>, world = 'test') {
  const { items } = (await sim.sim.call('contact.list', { world })) as { items: unknown[] }
  return items
}

describe('POST /sink/sms', () => {
  it('takes an SMS, however the mobile is written, and journals it with masked mobiles', async () => {
    const sim = await startSim()
    const body = { to: '138 0013 8002', text: '欢迎加入', from: '晨光科技' }
    const { status, json, headers } = await sim.http('POST', `${path}/sms`, body)
    expect(status).toBe(201)
    expect(json).toMatchObject({ channel: 'sms', to: '+8613800138002' })
    const trace = headers.get('x-sim-trace')
    expect(await contactsOf(sim)).toMatchObject([{ channel: 'sms', text: '欢迎加入', trace }])
    const { text } = await sim.http('GET', `/_sim/v1/worlds/test/exchanges?surface=sink`)
    expect(JSON.parse(text)).toMatchObject({ items: [{ endpoint: 'sms.send', trace }] })
    expect(text).toContain('138****8002')
    expect(text).not.toMatch(/0013 ?8002/)
  })

  it('without a world in its path is the default world’s; a world that there is not is 404', async () => {
    const sim = await startSim()
    const body = { to: '13800138002', text: 'Hello' }
    expect((await sim.http('POST', '/sink/sms', body)).status).toBe(201)
    expect(await contactsOf(sim, 'default')).toHaveLength(1)
    const lost = await sim.http('POST', '/w/nowhere/sink/sms', body)
    expect(lost).toMatchObject({ status: 404, json: { field: 'world' } })
  })

  it.each([
    { body: { to: '12345', text: 'x' }, status: 422, field: 'to' },
    { body: { text: 'x' }, status: 422, field: 'to' },
    { body: { to: '13800138002', text: '' }, status: 422, field: 'text' },
    { body: { to: '13800138002', text: 'x'.repeat(2001) }, status: 422, field: 'text' },
  ])('refuses $field of $body.to, and nothing comes', async ({ body, status, field }) => {
    const sim = await startSim()
    const answer = await sim.http('POST', `${path}/sms`, body)
    expect(answer).toMatchObject({ status, json: { status, field } })
    expect(await contactsOf(sim)).toEqual([])
  })

  it('is closed to pages of foreign sites, as the partner API is', async () => {
    const { http } = await startSim()
    const body = { to: '13800138002', text: 'x' }
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    for (const url of ['/sink/sms', '/2010-04-01/Accounts/AC1/Messages.json', '/?Action=SendSms'])
      expect((await http('POST', url, body, foreign)).status).toBe(403)
    expect((await http('POST', '/sink/sms', body, { host: 'evil.example' })).status).toBe(421)
  })
})

describe('a vendor’s call', () => {
  const good = {
    'twilio.send_message': { sid: 'AC1', To: '+8613800138002', From: '+15005550006', Body: 'x' },
    'aliyun.send_sms': sms,
  }
  const vendors = [...endpoints.values()].filter(({ id }) => id in good)

  it.each(vendors)('$id refuses whatever a field may hold in its vendor’s shape', async (one) => {
    const sim = await startSim()
    const fields: Fields = good[one.id as keyof typeof good]
    const shape = one.id === 'twilio.send_message' ? { code: expect.any(Number) } : {}
    for (const name of Object.keys(one.input.shape)) {
      for (const hostile of ['x'.repeat(5000), `a\0b`, '', '\u{1f468}\u200d'.repeat(500)]) {
        const answer = await callWith(sim, one, { ...fields, [name]: hostile })
        expect([200, 201, 400, 404]).toContain(answer.status)
        if (answer.status === 201 || answer.json['Code'] === 'OK') continue
        expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
        if (answer.status !== 404 || answer.json['code'] !== undefined)
          expect(answer.json).toMatchObject(shape)
        expect(answer.json).not.toHaveProperty('fix')
      }
    }
    expect(vendors).toHaveLength(2)
  })

  it('to an account that cannot be one is Twilio’s 20404 with its path', async () => {
    const { http } = await startSim()
    const path = `/2010-04-01/Accounts/${'é'.repeat(101)}/Messages.json`
    const { status, json } = await http('POST', `/w/test${path}`, 'To=%2B8613800138002', form)
    expect({ status, ...json }).toMatchObject({ code: 20404, status: 404 })
    expect(json['message']).toMatch(/^The requested resource \/2010-04-01\/Accounts\/(%C3%A9)+\//)
  })
})

describe('Alibaba Cloud’s SendSms', () => {
  it.each([
    { how: 'GET', method: 'GET', query: true, headers: {} },
    { how: 'POST, in the query', method: 'POST', query: true, headers: {} },
    { how: 'POST, as a form', method: 'POST', query: false, headers: form },
  ])('takes an SMS by $how', async ({ method, query, headers }) => {
    const sim = await startSim()
    const fields = String(new URLSearchParams(sms))
    const url = `/w/test/${query ? `?${fields}` : ''}`
    const answer = await sim.http(method, url, query ? undefined : fields, headers)
    expect(answer).toMatchObject({ status: 200, json: { Message: 'OK', Code: 'OK' } })
    expect(Object.keys(answer.json)).toEqual(['Message', 'RequestId', 'BizId', 'Code'])
    expect(answer.json).toMatchObject({
      RequestId: expect.stringMatching(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/),
      BizId: expect.stringMatching(/^\d{17,18}\^0$/),
    })
    const text = '【晨光科技】SMS_1 {"name":"王小雨"}'
    expect(await contactsOf(sim)).toMatchObject([
      { channel: 'sms', mobile: '+8613800138002', text },
      { channel: 'sms', mobile: '+8613800138001', text },
    ])
  })

  it('takes the action of newer SDKs from their header', async () => {
    const { http } = await startSim()
    const { Action, ...rest } = sms
    const headers = { 'x-acs-action': Action }
    const { json } = await http('POST', `/?${new URLSearchParams(rest)}`, undefined, headers)
    expect(json).toMatchObject({ Code: 'OK' })
  })

  it.each([
    { but: { PhoneNumbers: '12345' }, status: 200, code: 'isv.MOBILE_NUMBER_ILLEGAL' },
    { but: { PhoneNumbers: '' }, status: 400, code: 'MissingPhoneNumbers' },
    { but: { SignName: '' }, status: 400, code: 'MissingSignName' },
    { but: { TemplateCode: '' }, status: 400, code: 'MissingTemplateCode' },
    { but: { TemplateParam: 'name' }, status: 200, code: 'isv.INVALID_JSON_PARAM' },
    { but: { Action: 'QuerySendDetails' }, status: 404, code: 'InvalidAction.NotFound' },
    {
      but: { PhoneNumbers: Array(1001).fill('13800138002').join() },
      status: 200,
      code: 'isv.MOBILE_COUNT_OVER_LIMIT',
    },
  ])('says $code, and nothing comes', async ({ but, status, code }) => {
    const sim = await startSim()
    const fields = String(new URLSearchParams({ ...sms, ...but }))
    const answer = await sim.http('POST', '/w/test/', fields, form)
    expect(answer).toMatchObject({ status, json: { Code: code } })
    expect(await contactsOf(sim)).toEqual([])
  })

  it('leaves the first page to those who look at it', async () => {
    const sim = await startSim()
    const { http } = sim
    const { status, headers } = await http('GET', '/')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('text/html')
    expect((await http('POST', '/', '{}')).status).toBe(404)
    const link = `/?${new URLSearchParams(sms)}`
    const followed = await http('GET', link, undefined, { 'sec-fetch-mode': 'navigate' })
    expect(followed.headers.get('content-type')).toContain('text/html')
    expect(await contactsOf(sim, 'default')).toEqual([])
  })
})

it.each([{ to: 'nobody' }, { to: ['w@example.com', 'nobody'] }])(
  'says what an address is to who writes to $to',
  async ({ to }) => {
    const { http } = await startSim()
    const { status, json } = await http('POST', `${path}/email`, { to, text: '欢迎加入' })
    const reason = expect.stringContaining('such as w@example.com')
    expect({ status, ...json }).toMatchObject({ status: 422, field: 'to', reason })
  },
)

it('exports contacts, byte-equal after the same calls', async () => {
  const once = async () => {
    const { http, wang, world } = await startSim()
    await http('POST', `${path}/sms`, { to: wang.mobile, text: '欢迎加入' })
    await http('GET', `/_sim/v1/worlds/test/contacts`)
    await http('POST', `${path}/email`, { to: 'w@example.com', text: '欢迎加入', html: '<p>x</p>' })
    return (await http('GET', `/_sim/v1/worlds/${world.name}/export`)).text
  }
  const text = await once()
  expect(JSON.parse(text)).toMatchObject({
    tables: { contact: [{ channel: 'sms' }, { html: '<p>x</p>' }] },
  })
  expect(await once()).toBe(text)
})

it('a withdrawal erases what the candidate was sent by SMS and e-mail, and the journal of it', async () => {
  const sim = await startSim()
  const { http, acme, li, han, world } = sim
  const { mobile } = await li.registers(acme, { email: 'li@example.com' })
  await sim.platform.sends(acme, { mobile, email: 'li.lei@example.org' })
  await http('POST', `${path}/sms`, { to: mobile, text: 'secret one' })
  await http('POST', `${path}/email`, { to: 'Li@Example.com', text: 'secret two' })
  await http('POST', `${path}/email`, { to: 'li.lei@example.org', text: 'secret three' })
  await http('POST', `${path}/sms`, { to: han.mobile, text: 'stays' })
  await world.call('association.withdraw', { mobile })
  const { items } = (await world.call('contact.list', { channel: 'sms' })) as { items: unknown[] }
  expect(items).toMatchObject([{ text: 'stays' }])
  const left = await http('GET', '/_sim/v1/worlds/test/exchanges?surface=sink')
  expect(left.text).not.toContain('secret')
  expect(left.text).toContain('stays')
  const { text } = await http('GET', '/_sim/v1/worlds/test/export')
  expect(text).not.toMatch(/secret|li@example|li\.lei/)
})
