import { expect, it } from 'vitest'
import { openPage } from '../browser/browser.ts'
import { startReceiver } from '../callback-receiver.ts'
import { type Http, startSim } from '../sim.ts'

interface Item {
  readonly kind: string
  readonly of?: string
  readonly rule?: string
  readonly passed?: boolean
  readonly at: string
  readonly real_ms: number | null
}

interface Story {
  readonly items: readonly Item[]
}

const traces = '/_sim/v1/worlds/test/traces'

async function story(http: Http, trace: string | null): Promise<Story> {
  const { status, json } = await http('GET', `${traces}/${trace}`)
  expect(status).toBe(200)
  return json as unknown as Story
}

const sent_at = '2026-01-05T01:00:00.000Z'
const told_at = '2026-01-05T01:00:02.000Z'

/** A send that is told of later, one that WeChat refuses, and one that TUPU does. */
async function threeSends(options = {}) {
  const sim = await startSim(options)
  const { acme, wang, platform, world } = sim
  const receiver = await startReceiver()
  await world.call('account.update', { eid: 'acme', callback: { url: receiver.url } })
  await world.call('official_account.update', { appid: acme.appid, delivery: 'PT2S' })
  const send = async (fields: object) => {
    const body = { eid: acme.eid, message: '欢迎加入', ...fields }
    return (await platform.post('/messages', body)).headers.get('x-sim-trace')
  }
  const accepted = await send({ mobile: wang.mobile, message: '请 <b>登记</b>，问 13800138002' })
  const due = await story(sim.http, accepted)
  await world.advance('PT5S')
  await wang.unfollows(acme)
  const refused = await send({ mobile: wang.mobile })
  const unknown = await send({ mobile: '13900139000' })
  return { ...sim, accepted, refused, unknown, due }
}

it('a trace is the story of a send: call, checks, phone, message, receipt and callback, each with its instants', async () => {
  const { http, accepted, due } = await threeSends()
  expect(due.items.at(-1)).toMatchObject({
    kind: 'receipt',
    status: null,
    at: told_at,
    real_ms: null,
  })
  const told = await story(http, accepted)
  expect(told).toMatchObject({
    trace: accepted,
    at: sent_at,
    account: 'acme',
    mobile: '138****8002',
    state: 'delivered',
    text: '请 <b>登记</b>，问 138****8002',
  })
  const kinds = told.items.map(({ kind, of }) => (kind === 'step' ? of : kind))
  expect(kinds.filter((kind, n) => kind !== kinds[n - 1])).toEqual([
    'exchange',
    'tupu',
    'wechat',
    'phone',
    'message',
    'receipt',
    'exchange',
    'callback',
  ])
  expect(told.items.slice(-3)).toMatchObject([
    { kind: 'receipt', status: 'success', at: told_at, real_ms: expect.any(Number) },
    { kind: 'exchange', surface: 'callback', direction: 'out', status: 204, at: told_at },
    { kind: 'callback', event: 'message.delivered', state: 'delivered', tries: 1 },
  ])
  expect(told.items.find(({ kind }) => kind === 'phone')).toMatchObject({
    on_phone: true,
    title: '入职通知',
    line: '请 <b>登记</b>，问 138****8002',
    at: sent_at,
    real_ms: 0,
  })
})

it('the check that decided is the one that was not passed, whoever made it', async () => {
  const { http, refused, unknown } = await threeSends()
  const failed = async (trace: string | null) =>
    (await story(http, trace)).items.filter(({ passed }) => passed === false)
  expect(await failed(unknown)).toMatchObject([{ of: 'tupu', rule: 'association.known' }])
  expect(await failed(refused)).toMatchObject([
    {
      of: 'wechat',
      rule: 'follower.following',
      actual: 'unfollowed',
      fix: { call: 'phone.follow' },
    },
    { of: 'wechat', rule: 'wechat.accepted' },
  ])
})

it('as text it is some lines for a terminal, in either language', async () => {
  const { http, accepted, refused } = await threeSends()
  const text = async (trace: string | null, lang: string) =>
    (await http('GET', `${traces}/${trace}?format=text&lang=${lang}`)).text.trimEnd().split('\n')
  const lines = await text(accepted, 'en')
  expect(lines[0]).toBe(`Trace  ${accepted}  acme  138****8002  delivered`)
  expect(lines.map((line) => line.slice(22).trim())).toEqual([
    expect.any(String),
    'Platform → TUPU     POST /tupu/v1/messages  请 <b>登记</b>，问 138****8002',
    'TUPU                ✓ 7 checks passed',
    'TUPU → WeChat       template.send  in process',
    'WeChat              ✓ 5 checks passed',
    'WeChat → TUPU       errcode 0  ok',
    'WeChat → Phone      请 <b>登记</b>，问 138****8002  入职通知',
    'TUPU → Platform     200 · errcode 0  ok',
    'WeChat → TUPU       receipt: success',
    expect.stringMatching(/^TUPU → Platform {5}POST \/\S+ {2}204$/),
  ])
  expect(await text(refused, 'zh')).toContainEqual(
    expect.stringMatching(/微信\s+✕ follower\.following\s+unfollowed → following/),
  )
})

it('as a picture it is an SVG of its own: no script, no markup of the message, its own style alone', async () => {
  const { sim, http, accepted, refused } = await threeSends({ listen: true })
  const path = `${traces}/${accepted}?format=svg&lang=zh`
  const { text, headers } = await http('GET', path)
  expect(headers.get('content-type')).toBe('image/svg+xml; charset=utf-8')
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
  expect(text).not.toMatch(/<script|<b>|on\w+=|href=|url\(/)
  const page = await openPage(sim.url ?? '', { width: 1280 })
  await page.goto(sim.url + path)
  const seen = await page.evaluate(`({
    root: document.documentElement.tagName,
    title: document.querySelector('.title').textContent,
    fill: getComputedStyle(document.querySelector('.good .said')).fill,
    lanes: [...document.querySelectorAll('.lane')].map((lane) => lane.textContent),
  })`)
  expect(seen).toEqual({
    root: 'svg',
    title: '请 <b>登记</b>，问 138****8002',
    fill: 'rgb(11, 122, 67)',
    lanes: ['平台', 'TUPU', '微信', '手机'],
  })
  await page.goto(`${sim.url}${traces}/${refused}?format=svg&lang=en`)
  expect(await page.locator('.bad .said').allTextContents()).toEqual([
    'refused',
    '✕ follower.following',
    'errcode 43004',
    '200 · errcode 43004',
  ])
})

it('of a person who has withdrawn the story says no more than that there was one', async () => {
  const { http, accepted, acme, wang, world } = await threeSends()
  await world.call('association.withdraw', { account: 'acme', openid: wang.openidAt(acme) })
  const told = await story(http, accepted)
  expect(JSON.stringify(told)).not.toMatch(/登记|8002|王小雨/)
  expect(told.items.find(({ kind }) => kind === 'message')).toMatchObject({ state: 'delivered' })
})

it('a trace that nothing has is told with those that there are', async () => {
  const { http, unknown } = await threeSends()
  expect((await http('GET', `${traces}/${'0'.repeat(32)}`)).json).toMatchObject({
    status: 404,
    field: 'trace',
    fix: expect.stringContaining(unknown ?? ''),
  })
})

it('tells of the SMS and e-mails that came for a send, as the audit judges it', async () => {
  const { http, acme, wang, platform, world } = await startSim()
  await wang.unfollows(acme)
  const send = async (fields = {}) =>
    (
      await platform.post('/messages', {
        eid: acme.eid,
        mobile: wang.mobile,
        message: '欢迎加入',
        email: 'w@example.com',
        ...fields,
      })
    ).headers.get('x-sim-trace')
  const sms = (text: string) => http('POST', '/w/test/sink/sms', { to: wang.mobile, text })
  await sms('too early')
  await world.advance('PT1S')
  const served = await send()
  await world.advance('PT10S')
  const { headers } = await sms('请登记，问 13800138002')
  await http('POST', '/w/test/sink/email', { to: 'W@example.com', text: 'Welcome' })
  await world.advance('PT10S')
  const next = await send()
  await sms('the second')
  await wang.follows(acme)
  const accepted = await send()
  const fallBacksOf = async (trace: string | null) =>
    (await story(http, trace)).items.filter(({ kind }) => kind === 'fall_back')
  expect(await fallBacksOf(served)).toMatchObject([
    {
      channel: 'sms',
      state: 'delivered',
      text: '请登记，问 138****8002',
      trace: headers.get('x-sim-trace'),
      at: '2026-01-05T01:00:11.000Z',
    },
    { channel: 'email', text: 'Welcome' },
  ])
  expect(await fallBacksOf(next)).toMatchObject([{ text: 'the second' }])
  expect(await fallBacksOf(accepted)).toEqual([])
  const lines = await http('GET', `${traces}/${served}?format=text&lang=en`)
  expect(lines.text).toMatch(/SMS.*\n.*email/)
  const picture = await http('GET', `${traces}/${served}?format=svg&lang=zh`)
  expect(picture.text).toContain('138****8002')
  expect(picture.text).toContain('Welcome')
})

it('as text it stays short however often the platform falls back, and shows no sign that moves a terminal', async () => {
  const { http, acme, wang, platform, world } = await startSim()
  await wang.unfollows(acme)
  const message = '欢迎\u202e入职'
  const { headers } = await platform.post('/messages', {
    eid: acme.eid,
    mobile: wang.mobile,
    message,
  })
  for (let n = 1; n <= 20; n++) {
    await world.advance('PT1S')
    const text = `第 ${n} 次 \u001b[31m\u009b\u2028`
    await http('POST', '/w/test/sink/sms', { to: wang.mobile, text })
  }
  const { text } = await http('GET', `${traces}/${headers.get('x-sim-trace')}?format=text&lang=en`)
  const lines = text.trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(12)
  expect(lines.slice(-2)).toEqual([
    expect.stringContaining('falls back by SMS  第 1 次 \\u001b[31m'),
    expect.stringContaining('falls back by SMS (the last of 19 more)  第 20 次 \\u001b[31m'),
  ])
  expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Bidi_Control}\p{Zl}]/u)
})

it('says who called whom, also where it was no send', async () => {
  const { http, world, wang } = await startSim()
  const linesOf = async (answer: { headers: Headers }, lang: string) => {
    const trace = answer.headers.get('x-sim-trace')
    const path = `${traces}/${trace}?lang=${lang}&format=`
    expect((await http('GET', `${path}svg`)).text).toMatch(/<svg/)
    const { text } = await http('GET', `${path}text`)
    return text.split('\n').map((line) => line.slice(22).trim())
  }
  await world.advance('PT1S')
  const made = await http('POST', '/_sim/v1/worlds/test/people', { key: 'zhao' })
  expect(await linesOf(made, 'en')).toContainEqual(
    expect.stringMatching(/^Operator → Simulator\s+POST \/_sim\/v1\/worlds\/test\/people/),
  )
  const sms = await http('POST', '/w/test/sink/sms', { to: wang.mobile, text: 'hello' })
  expect(await linesOf(sms, 'zh')).toContainEqual(
    expect.stringMatching(/^平台 → 接收端\s+POST \/sink\/sms/),
  )
  const lost = await http('GET', '/w/test/nowhere')
  expect(await linesOf(lost, 'en')).toContainEqual(
    expect.stringMatching(/^Platform → Simulator\s+GET \/nowhere/),
  )
})
