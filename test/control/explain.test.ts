import { describe, expect, it } from 'vitest'
import type { Exchange } from '../../db/exchange.ts'
import { languages } from '../../src/control/explain/endpoints.ts'
import { sentenceOf } from '../../src/control/explain/sentence.ts'
import { explainCall, toldStep } from '../../src/control/explain/verdict.ts'
import { onEither } from '../database.ts'
import { type Sim, type StartOptions, startSim } from '../sim.ts'
import { exchanges } from '../tupu/journal.ts'
import { acmesClient } from '../wechat/client.ts'

interface Explained {
  readonly verdict: string
  readonly sentence: string
  readonly rule: string | null
  readonly actual: unknown
  readonly expected: unknown
  readonly fix: { readonly call: string; readonly input: object } | null
  readonly trace: string | null
}

async function start(options: StartOptions = {}) {
  const sim = await startSim(options)
  const explain = (question: object) =>
    sim.world.call('explain.get', { ...question }) as Promise<Explained>
  return { ...sim, explain }
}

it('a question for what is no mobile is refused', async () => {
  const { explain } = await start()
  for (const mobile of ['abc', '', '1380013'])
    await expect(explain({ mobile })).rejects.toMatchObject({
      status: 422,
      problem: { field: 'mobile', fix: expect.stringMatching(/\S/) },
    })
})

describe('a send that was accepted', () => {
  it('has reached the phone when its receipt says so, in either language', async () => {
    const { acme, wang, platform, explain, world } = await start()
    const { msgid_str } = await platform.sends(acme, { mobile: wang.mobile, client_msg_id: 'a' })
    const [sent] = await exchanges(world)
    const reached = {
      verdict: 'reached',
      sentence: `The message to ${wang.mobile} reached the phone: WeChat accepted it at 2026-01-05T01:00:00.000Z, and its receipt says success.`,
      rule: 'receipt.success',
      actual: 'success',
      expected: 'success',
      fix: null,
      resolved: false,
      trace: sent?.trace,
      message: expect.stringMatching(/^\d{24}$/),
    }
    for (const question of [
      { mobile: '138 0013 8002' },
      { msgid: msgid_str },
      { trace: sent?.trace },
      { client_msg_id: 'a' },
    ])
      expect(await explain(question)).toEqual(reached)
    expect((await explain({ msgid: msgid_str, lang: 'zh' })).sentence).toBe(
      `发往 ${wang.mobile} 的消息已到达手机：微信于 2026-01-05T01:00:00.000Z 受理，回执为 success。`,
    )
  })

  it.each([
    { delivery: 'manual', call: 'message.receipt' },
    { delivery: 'PT2S', call: 'clock.advance' },
  ])('is pending until its receipt comes ($delivery), which one call brings', async (of) => {
    const { acme, wang, platform, explain, world } = await start()
    await world.call('official_account.update', { appid: acme.appid, delivery: of.delivery })
    await platform.sends(acme, { mobile: wang.mobile })
    const { verdict, fix } = await explain({ mobile: wang.mobile })
    expect({ verdict, call: fix?.call }).toEqual({ verdict: 'pending', call: of.call })
    await world.call(of.call, { ...fix?.input })
    expect(await explain({ mobile: wang.mobile })).toMatchObject({ verdict: 'reached' })
  })

  it('failed later when the person blocks the account, and the fix lets the next one through', async () => {
    const { acme, wang, platform, explain, world } = await start()
    await wang.blocks(acme)
    await platform.sends(acme, { mobile: wang.mobile })
    const explained = await explain({ mobile: wang.mobile })
    expect(explained).toMatchObject({
      verdict: 'failed_later',
      sentence: expect.stringContaining('user_block'),
      actual: 'user_block',
      fix: { call: 'phone.unblock' },
    })
    await world.call('phone.unblock', { ...explained.fix?.input })
    await platform.sends(acme, { mobile: wang.mobile })
    expect(await explain({ mobile: wang.mobile })).toMatchObject({ verdict: 'reached' })
  })

  it('of a magic mobile says that nobody’s phone shows it', async () => {
    const { acme, platform, explain } = await start()
    await platform.sends(acme, { mobile: '19900000000' })
    expect(await explain({ mobile: '19900000000' })).toMatchObject({
      verdict: 'reached',
      rule: 'mobile.magic',
      sentence: expect.stringContaining('magic'),
    })
  })

  it('is explained as well when it was made at the WeChat surface', async () => {
    const sim = await start()
    const { acme, li, explain } = sim
    const client = await acmesClient(sim)
    const body = { touser: li.openidAt(acme), template_id: acme.info.template_id, data: {} }
    const answer = await client.post('/cgi-bin/message/template/send', body)
    const trace = answer.headers.get('x-sim-trace')
    expect(await explain({ trace })).toMatchObject({ verdict: 'reached', trace })
    const msgid = /\d{19}/.exec(answer.text)?.[0]
    expect(await explain({ msgid })).toMatchObject({ verdict: 'reached', trace: null })
    await li.mutes(acme)
    const no = await client.post('/cgi-bin/message/template/send', body)
    expect(await explain({ trace: no.headers.get('x-sim-trace') })).toMatchObject({
      verdict: 'refused',
      rule: 'follower.unmuted',
      fix: { call: 'phone.unmute' },
    })
  })
})

describe('of several sends', () => {
  it('the latest counts, and a repeat by client_msg_id is its first', async () => {
    const { acme, wang, platform, explain, world } = await start()
    const send = { mobile: wang.mobile, client_msg_id: 'a' }
    await platform.sends(acme, send)
    const [first] = await exchanges(world)
    await platform.sends(acme, send)
    const [repeat] = await exchanges(world)
    expect(repeat?.trace).not.toBe(first?.trace)
    const { trace } = await explain({ trace: repeat?.trace })
    expect(trace).toBe(first?.trace)
    await wang.mutes(acme)
    await platform.sends(acme, { mobile: wang.mobile })
    expect(await explain({ mobile: wang.mobile })).toMatchObject({ verdict: 'refused' })
    expect(await explain({ client_msg_id: 'a' })).toMatchObject({ verdict: 'reached' })
  })

  it('names the person by name, never by openid, in either language', async () => {
    const { acme, wang, platform, explain } = await start()
    await wang.mutes(acme)
    await platform.sends(acme, { mobile: wang.mobile })
    const said = async (lang: string) => (await explain({ mobile: wang.mobile, lang })).sentence
    expect(await said('en')).toMatch(/^The person 王小雨 has turned off notifications/u)
    expect(await said('zh')).toMatch(/^用户 王小雨 关闭了通知/u)
    expect(await said('en')).not.toContain(wang.openidAt(acme))
  })

  it('of a text that is too long says how long it is, not the text', async () => {
    const { acme, wang, platform, explain } = await start()
    const message = '字'.repeat(250)
    await platform.sends(acme, { mobile: wang.mobile, message })
    const explained = await explain({ mobile: wang.mobile })
    expect(explained).toMatchObject({ actual: '250 of 200 characters' })
    expect(explained.sentence).toContain('it is 250 of 200 characters; expected: text of 1 to 200')
    const { sentence } = await explain({ mobile: wang.mobile, lang: 'zh' })
    expect(sentence).toContain(
      '实际为 250 个字符（最多 200 个），应为 1 到 200 个字符，不含控制字符',
    )
    await platform.sends(acme, { mobile: wang.mobile, message: '' })
    expect((await explain({ mobile: wang.mobile })).sentence).toContain('it is blank; expected')
  })

  it('one is known by its state alone when the journal has dropped its call', async () => {
    const { acme, wang, platform, explain, world } = await start({
      journal: { exchanges_max: 10, bytes_max: 1_000_000 },
    })
    await wang.mutes(acme)
    await platform.sends(acme, { mobile: wang.mobile })
    await wang.unmutes(acme)
    for (let n = 0; n < 30; n++) await platform.sends(acme, { mobile: '13900139000' })
    await expect
      .poll(async () => (await exchanges(world)).length, { timeout: 5000 })
      .toBeLessThan(20)
    expect(await explain({ mobile: wang.mobile })).toMatchObject({
      verdict: 'refused',
      rule: null,
      sentence: expect.stringContaining('43101'),
    })
  })
})

onEither('a send that is older than the newest two hundred', (database) => {
  it('is found by whom it concerns, accepted and refused', async () => {
    const { acme, wang, fang, platform, explain } = await start({ database })
    await platform.sends(acme, { mobile: wang.mobile })
    await fang.mutes(acme)
    await platform.sends(acme, { mobile: fang.mobile })
    const send = () => platform.sends(acme, { mobile: '19900000000', message: 'x' })
    await Promise.all(Array.from({ length: 201 }, send))
    expect(await explain({ mobile: wang.mobile })).toMatchObject({ verdict: 'reached' })
    expect(await explain({ mobile: fang.mobile })).toMatchObject({
      verdict: 'refused',
      rule: 'follower.unmuted',
    })
    expect(await explain({ mobile: '13800138001' })).toMatchObject({ verdict: 'never_asked' })
  })
})

/** A call that goes astray, and what is said of it. */
interface Stray {
  readonly when: string
  readonly sent: (sim: Sim) => Promise<unknown>
  readonly rule: string
  readonly says: string
}

const mobile = '13912345678'
const strays: readonly Stray[] = [
  {
    when: 'with an EID that nobody has',
    sent: ({ platform, acme }) =>
      platform.post('/messages', { eid: `${acme.eid}x`, mobile: '139-1234-5678', message: 'x' }),
    rule: 'eid.known',
    says: 'the nearest EID is acme-',
  },
  {
    when: 'with an EID that nobody has, in nobody’s world',
    sent: ({ http }) => http('POST', '/tupu/v1/messages', { eid: 'nobody', mobile, message: 'x' }),
    rule: 'eid.known',
    says: 'kept in _unattributed',
  },
  {
    when: 'to a path that is none',
    sent: ({ platform }) => platform.post('/message', { mobile }),
    rule: 'request.unknown_path',
    says: 'the nearest call is POST /tupu/v1/messages',
  },
  {
    when: 'to a path that is none, with the right EID',
    sent: ({ platform, acme }) => platform.post('/message', { eid: acme.eid, mobile }),
    rule: 'request.unknown_path',
    says: 'the nearest call is POST /tupu/v1/messages',
  },
  {
    when: 'with the mobile as a number',
    sent: ({ platform, acme }) => platform.sends(acme, { mobile: Number(mobile) }),
    rule: 'mobile.valid',
    says: '13912345678',
  },
  {
    when: 'to a path of no surface',
    sent: ({ http }) => http('POST', '/api/messages', { mobile }),
    rule: 'path.served',
    says: 'the nearest call is POST /tupu/v1/messages',
  },
  {
    when: 'with a body that cannot be read',
    sent: ({ platform }) => platform.post('/messages', `{"mobile":"${mobile}"`),
    rule: 'body.json',
    says: 'The body cannot be read',
  },
  {
    when: 'with another mobile',
    sent: ({ platform, acme }) => platform.sends(acme, { mobile: '13912345687' }),
    rule: 'call.came',
    says: 'a send to +8613912345687',
  },
]

describe('a mobile to which nothing was sent', () => {
  it.each(strays)('is told of what came instead: a call $when', async ({ sent, rule, says }) => {
    const sim = await start()
    // Further away than what is meant.
    await sim.platform.sends(sim.acme, { mobile: '13800000000' })
    await sim.http('GET', '/w/test/elsewhere')
    await sent(sim)
    const explained = await sim.explain({ mobile })
    expect(explained).toMatchObject({ verdict: 'never_asked', rule, fix: null })
    expect(explained.sentence).toContain(says)
    expect(explained.trace).toMatch(/^[0-9a-f]{32}$/)
    const { sentence } = await sim.explain({ mobile, lang: 'zh' })
    expect(sentence).toMatch(/^本世界没有收到.*。$/)
  })

  it('is told nothing of what came to nobody’s world before its own was made', async () => {
    const { http, sim, explain } = await start()
    await http('POST', '/tupu/v1/messages', { eid: 'nobody', mobile, message: 'x' })
    expect(await explain({ mobile })).toMatchObject({ rule: 'eid.known' })
    const then = Date.now()
    await expect.poll(() => Date.now(), { interval: 1 }).toBeGreaterThan(then)
    const later = await sim.world({ name: 'later' })
    expect(await later.call('explain.get', { mobile })).toMatchObject({ rule: 'call.came' })
  })

  it('is told the base URL when nothing came at all', async () => {
    const { explain, world } = await start()
    const explained = await explain({ mobile })
    expect(explained).toMatchObject({ verdict: 'never_asked', trace: null, fix: null })
    expect(explained.sentence).toContain(`/w/${world.name}`)
  })
})

describe('an id that nobody knows', () => {
  it('is told the nearest: a msgid that JavaScript has rounded', async () => {
    const { acme, wang, platform, explain } = await start()
    const { msgid_str = '' } = await platform.sends(acme, { mobile: wang.mobile })
    const explained = await explain({ msgid: String(BigInt(Number(msgid_str)) + 1n) })
    expect(explained).toMatchObject({ verdict: 'never_asked', actual: msgid_str })
  })

  it('is told the nearest client_msg_id', async () => {
    const { acme, wang, platform, explain } = await start()
    await platform.sends(acme, { mobile: wang.mobile, client_msg_id: 'order-17' })
    expect(await explain({ client_msg_id: 'order-71' })).toMatchObject({
      verdict: 'never_asked',
      actual: 'order-17',
      expected: 'order-71',
    })
  })

  it('is told what else came', async () => {
    const { explain, platform } = await start()
    await platform.post('/message', {})
    expect(await explain({ trace: 'abc' })).toMatchObject({ rule: 'request.unknown_path' })
  })
})

it('is asked for one send, by one of four names', async () => {
  const { http } = await start()
  for (const query of [
    '',
    '?mobile=13800138002&trace=a',
    '?mobile=',
    '?lang=fr&mobile=1',
    '?x=1',
  ]) {
    const { status, json } = await http('GET', `/_sim/v1/worlds/test/explain${query}`)
    expect(status).toBe(422)
    expect(json).toMatchObject({ field: expect.any(String), fix: expect.any(String) })
  }
})

it('says that an access token is empty, and not that it is in the wrong place', async () => {
  const { http, explain } = await start()
  const answer = await http('POST', '/w/test/cgi-bin/user/get?access_token=', {})
  const trace = answer.headers.get('x-sim-trace')
  expect(await explain({ trace })).toMatchObject({
    rule: 'access_token.given',
    actual: 'an empty access_token',
  })
})

it('shows no secret', async () => {
  const sim = await start()
  const answer = await sim.http('GET', '/w/test/cgi-bin/user/get?access_token=secret-token-1')
  const explained = await sim.explain({ trace: answer.headers.get('x-sim-trace') })
  expect(explained).toMatchObject({ verdict: 'refused', rule: 'access_token.known' })
  expect(JSON.stringify(explained)).not.toContain('secret-token-1')
})

it('says nothing of somebody who has withdrawn but that they have', async () => {
  const { acme, wang, platform, explain, world } = await start()
  await wang.mutes(acme)
  await platform.sends(acme, { mobile: wang.mobile })
  const { trace } = await explain({ mobile: wang.mobile })
  await world.call('association.withdraw', { mobile: wang.mobile })
  const explained = await explain({ trace })
  expect(explained).toMatchObject({ verdict: 'refused', rule: 'association.erased' })
  expect(JSON.stringify(explained)).not.toContain(wang.mobile)
  expect(await explain({ mobile: wang.mobile })).toMatchObject({ verdict: 'never_asked' })
})

describe('a fault that was set', () => {
  const step = {
    rule: 'fault.applied',
    row: { fault: 'f-1', name: 'busy twice', hit: 2 },
    actual: 'errcode',
    fix: { call: 'fault.delete', input: { fault: 'f-1' } },
  }
  const answered = (body: string, decision: readonly unknown[]) =>
    ({
      trace: 't',
      endpoint: 'message.send',
      method: 'POST',
      url: '/tupu/v1/messages',
      status: 200,
      at: 0,
      response_body: Buffer.from(body),
      decision,
    }) as unknown as Exchange

  it.each([
    { when: 'as its errcode', body: '{"errcode":-1,"errmsg":"system error"}', says: '-1' },
    { when: 'with nothing that can be read', body: '', says: 'no genuine answer' },
    {
      when: 'at WeChat, which TUPU passed on',
      body: '{"errcode":-1,"errmsg":"system error rid: 1-2-3"}',
      passed: { rule: 'wechat.accepted', answer: { errcode: -1, errmsg: 'system error' } },
      says: 'answered with -1 (system error)',
    },
  ])('is the verdict where it decided, $when, and its end is the fix', ({ body, says, passed }) => {
    const decision = ['eid.known', step, ...(passed ? [passed] : [])]
    const explained = explainCall(answered(body, decision))
    expect(explained).toMatchObject({ verdict: 'fault', rule: 'fault.applied', fix: step.fix })
    const sentence = sentenceOf(languages.en, explained.telling)
    expect(sentence).toMatch(/^The fault f-1 “busy twice” decided the outcome at hit 2/)
    expect(sentence).toContain(says)
  })

  it('that only delayed decides nothing', () => {
    const decision = [
      { ...step, actual: 'delay 20 ms' },
      { rule: 'wechat.accepted', answer: { errcode: 0, errmsg: 'ok' } },
    ]
    expect(toldStep(decision)).toMatchObject({ rule: 'wechat.accepted' })
  })
})
