import { createTransport } from 'nodemailer'
import twilio from 'twilio'
import { describe, expect, it } from 'vitest'
import { type Sim, startSim } from '../sim.ts'
import { breaks, faultsOf } from './breaks.ts'

const sms = '/w/test/sink/sms'
const messages = '/w/test/2010-04-01/Accounts/AC1/Messages.json'
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const toTwilio = (to: string) =>
  String(new URLSearchParams({ To: to, From: '+15005550006', Body: '欢迎加入' }))
const toAliyun = (numbers: string) =>
  `/w/test/?${new URLSearchParams({
    Action: 'SendSms',
    PhoneNumbers: numbers,
    SignName: '晨光科技',
    TemplateCode: 'SMS_1',
  })}`

async function contactsOf({ world }: Pick<Sim, 'world'>): Promise<readonly unknown[]> {
  return ((await world.call('contact.list', {})) as { items: unknown[] }).items
}

describe('a fault of an SMS', () => {
  it.each([
    { by: 'its mobile', fault: { mobile: '138 0013 8002' } },
    { by: 'who has the mobile', fault: { person: 'wang' } },
    { by: 'its call', fault: { endpoint: 'sms.send' } },
  ])('finds it by $by, and nothing comes', async ({ fault }) => {
    const sim = await startSim()
    await breaks(sim.world, { surface: 'sink', ...fault, answer: { status: 503 }, times: 1 })
    const send = () => sim.http('POST', sms, { to: sim.wang.mobile, text: 'x' })
    expect((await sim.http('POST', messages, toTwilio('+8613900139000'), form)).status).toBe(201)
    expect((await send()).status).toBe(503)
    expect(await contactsOf(sim)).toHaveLength(1)
    expect((await send()).status).toBe(201)
    expect(await faultsOf(sim.world)).toMatchObject([{ hits: 1, fits: 2 }])
  })

  it('finds one of many recipients, and the e-mail of a mobile', async () => {
    const sim = await startSim()
    const { acme, li, wang, world, http } = sim
    const { mobile } = await li.registers(acme, { email: 'li@example.com' })
    await breaks(world, { surface: 'sink', mobile, answer: { status: 503 } })
    expect((await http('GET', toAliyun(`${wang.mobile},${mobile}`))).status).toBe(503)
    const mail = { to: 'Li <li@Example.com>', text: 'x' }
    expect((await http('POST', '/w/test/sink/email', mail)).status).toBe(503)
    expect((await http('POST', sms, { to: wang.mobile, text: 'x' })).status).toBe(201)
  })

  it('answers with the code of its vendor, in the vendor’s words, and meets no other’s calls', async () => {
    const sim = await startSim()
    await breaks(sim.world, { surface: 'sink', sequence: [{ errcode: 20429 }, { errcode: 21211 }] })
    await breaks(sim.world, { endpoint: 'aliyun.*', errcode: 911 })
    const { http, wang } = sim
    expect((await http('POST', sms, { to: wang.mobile, text: 'x' })).status).toBe(201)
    const [busy, wrong] = [
      await http('POST', messages, toTwilio(wang.mobile), form),
      await http('POST', messages, toTwilio(wang.mobile), form),
    ]
    expect(busy).toMatchObject({
      status: 429,
      json: { code: 20429, message: 'Too Many Requests', status: 429 },
    })
    expect(wrong).toMatchObject({ status: 400, json: { code: 21211, status: 400 } })
    expect(wrong.json['message']).toBe(
      `The 'To' number ${wang.mobile} is not a valid phone number.`,
    )
    expect(await http('GET', toAliyun(wang.mobile))).toMatchObject({
      status: 200,
      json: { Code: 'isv.BUSINESS_LIMIT_CONTROL', Message: '触发分钟级流控Permits:1' },
    })
    expect(await contactsOf(sim)).toHaveLength(1)
  })

  it('answers with any code that it gives a text for, and its HTTP status where the code is one', async () => {
    const { http, wang, world } = await startSim()
    await breaks(world, { surface: 'sink', errcode: 503, errmsg: 'down', times: 2 })
    expect(await http('POST', sms, { to: wang.mobile, text: 'x' })).toMatchObject({
      status: 503,
      json: { title: 'down', status: 503 },
    })
    expect(await http('POST', messages, toTwilio(wang.mobile), form)).toMatchObject({
      status: 503,
      json: { code: 503, message: 'down' },
    })
  })

  it.each([
    { fault: { errcode: 503 }, field: 'errmsg', fix: 'give errmsg' },
    { fault: { errcode: 21211, endpoint: 'sms.send' }, field: 'errcode', fix: 'twilio.send' },
    { fault: { sequence: [{ errcode: 21211 }, { errcode: 911 }] }, field: 'errcode', fix: 'each' },
    { fault: { account: 'acme', transport: 'reset' }, field: 'account', fix: 'mobile or person' },
    { fault: { endpoint: 'sms.sent', transport: 'reset' }, field: 'endpoint', fix: 'sms.send' },
  ])('is refused by $field when it is $fault', async ({ fault, field, fix }) => {
    const { http } = await startSim()
    const path = '/_sim/v1/worlds/test/faults'
    const no = await http('POST', path, { surface: 'sink', ...fault })
    expect(no).toMatchObject({ status: 422, json: { field } })
    expect(no.json['fix']).toContain(fix)
  })

  it('of stage after: the SMS is sent, and the answer lost', async () => {
    const sim = await startSim()
    await breaks(sim.world, { surface: 'sink', stage: 'after', transport: 'reset' })
    const send = sim.http('POST', sms, { to: sim.wang.mobile, text: 'x' })
    await expect(send).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    expect(await contactsOf(sim)).toMatchObject([{ channel: 'sms', text: 'x' }])
  })

  it('leaves nothing that a withdrawal does not find', async () => {
    const { acme, li, http, world } = await startSim()
    const { mobile } = await li.registers(acme)
    await breaks(world, { surface: 'sink', answer: { status: 500 } })
    await http('POST', sms, { to: mobile, text: 'secret' })
    const journal = () => http('GET', '/_sim/v1/worlds/test/exchanges?surface=sink')
    expect((await journal()).text).toContain('secret')
    await world.call('association.withdraw', { mobile })
    expect((await journal()).text).not.toContain('secret')
  })

  it('is an error of the unmodified twilio SDK', async () => {
    const { world, wang } = await startSim({ listen: true })
    const client = twilio('AC0123456789abcdef0123456789abcdef', 'any token')
    client.api.baseUrl = world.baseUrl
    const send = () => client.messages.create({ to: wang.mobile, from: '+15005550006', body: 'x' })
    const sequence = [{ errcode: 21610 }, { transport: 'reset' }, { transport: 'garbage' }]
    await breaks(world, { surface: 'sink', mobile: wang.mobile, sequence })
    await expect(send()).rejects.toMatchObject({ status: 400, code: 21610 })
    await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' })
    await expect(send()).rejects.toThrow('is not valid JSON')
    expect(await contactsOf({ world })).toEqual([])
    expect(await send()).toMatchObject({ status: 'queued' })
  })
})

/** How a mail ended: by which reply of the server, or by which error of the client. */
async function mailing(url: string): Promise<string> {
  const transport = createTransport(url)
  try {
    const mail = { from: 'hr@example.com', to: 'w@example.com', text: 'x' }
    return (await transport.sendMail(mail)).response
  } catch (error) {
    const { code, responseCode, message } = error as Error & Record<string, unknown>
    return `${responseCode ?? code} ${message}`
  }
}

async function startMails() {
  const sim = await startSim()
  await sim.sim.listen({ port: 0, smtpPort: 0 })
  const { env } = (await sim.world.call('world.get')) as { env: Record<string, string> }
  return { ...sim, url: env['TUPU_SMTP_URL'] ?? '' }
}

describe('a fault of a mail that comes by SMTP', () => {
  it.each([
    { fault: { errcode: 450, errmsg: 'mailbox busy' }, said: /^450 .*450 mailbox busy$/ },
    { fault: { errcode: 7, errmsg: 'no' }, said: /^550 .*550 no$/ },
    { fault: { answer: { status: 552, body: 'mailbox\nfull' } }, said: /^552 .*mailbox full$/ },
    { fault: { answer: { body: 'queued' } }, said: /^250 queued$/ },
    { fault: { transport: 'reset' }, said: /^ESOCKET|^ECONNECTION/ },
    { fault: { transport: 'empty' }, said: /^ECONNECTION/ },
    { fault: { transport: 'truncate' }, said: /^ECONNECTION/ },
    { fault: { transport: 'garbage' }, said: /^EMESSAGE|^EPROTOCOL|^ECONNECTION/ },
  ])('of $fault is what nodemailer takes it for', async ({ fault, said }) => {
    const sim = await startMails()
    await breaks(sim.world, { surface: 'sink', endpoint: 'email.send', times: 1, ...fault })
    expect(await mailing(sim.url)).toMatch(said)
    expect(await contactsOf(sim)).toEqual([])
    expect(await mailing(sim.url)).toMatch(/^250 kept as /)
  })

  it('of stage after loses the answer to a mail that was kept', async () => {
    const sim = await startMails()
    await breaks(sim.world, { surface: 'sink', stage: 'after', transport: 'empty' })
    expect(await mailing(sim.url)).toMatch(/^ECONNECTION/)
    expect(await contactsOf(sim)).toMatchObject([{ channel: 'email', email: 'w@example.com' }])
  })

  it('lets the true answer drip, and the connection goes on', async () => {
    const sim = await startMails()
    await breaks(sim.world, { surface: 'sink', transport: 'drip', times: 1 })
    const transport = createTransport({ url: sim.url, pool: true, maxConnections: 1 } as object)
    const mail = { from: 'hr@example.com', to: 'w@example.com', text: 'x' }
    const began = performance.now()
    expect((await transport.sendMail(mail)).response).toMatch(/^250 kept as \w+/)
    expect(performance.now() - began).toBeGreaterThan(80)
    expect((await transport.sendMail(mail)).response).toMatch(/^250 kept as \w+/)
    transport.close()
    expect(await contactsOf(sim)).toHaveLength(2)
  })

  it('comes late by its delay, and hangs until the client leaves or the simulator stops', async () => {
    const sim = await startMails()
    const sequence = [{ delay: '60ms', pass: true }, { transport: 'hang' }]
    await breaks(sim.world, { surface: 'sink', sequence })
    const began = performance.now()
    expect(await mailing(sim.url)).toMatch(/^250 /)
    expect(performance.now() - began).toBeGreaterThan(55)
    const hanging = mailing(sim.url)
    await sim.world.call('wait.run', { for: { exchange: { surface: 'sink', status: 0 } } })
    await sim.sim.close()
    expect(await hanging).toMatch(/^ECONNECTION|^ESOCKET/)
  })
})
