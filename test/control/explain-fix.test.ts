import { describe, expect, it } from 'vitest'
import { sendMessage } from '../../src/tupu/message/endpoints.ts'
import { sendTemplate } from '../../src/wechat/message/endpoints.ts'
import { type Sim, startSim } from '../sim.ts'
import { acmesClient } from '../wechat/client.ts'
import { startCounted } from '../wechat/quota-counts.ts'

interface Explained {
  readonly verdict: string
  readonly sentence: string
  readonly rule: string | null
  readonly fix: { readonly call: string; readonly input: Readonly<Record<string, unknown>> } | null
  readonly resolved: boolean
  readonly trace: string | null
}

/** A way into a refusal, and the send that meets it. */
interface Case {
  readonly when: string
  readonly errcode: number
  readonly start?: () => Promise<Sim>
  readonly first?: (sim: Sim) => Promise<unknown>
  /** Fields that the send has besides, or instead. */
  readonly body?: Readonly<Record<string, unknown>>
  readonly to?: 'acme' | 'globex'
}

/** What one control call mends. */
const mended: readonly Case[] = [
  {
    when: 'calls must be signed',
    errcode: 100003,
    first: ({ world }) =>
      world.call('account.update', { eid: 'acme', partner_secret: 'generated' }),
  },
  {
    when: 'the EID is suspended',
    errcode: 100004,
    first: ({ world }) => world.call('eid.suspend', { eid: 'acme' }),
  },
  {
    when: 'no call is left in the minute',
    errcode: 100018,
    async first({ world, platform, acme, wang }) {
      await world.call('account.update', { eid: 'acme', minute_limit: 1 })
      await platform.sends(acme, { mobile: wang.mobile })
    },
  },
  { when: 'nobody registered the mobile', errcode: 100011, body: { mobile: '139 0013 9000' } },
  {
    when: 'its client_msg_id stands for another message',
    errcode: 100015,
    body: { client_msg_id: 'order-17' },
    first: ({ platform, acme, li, world }) =>
      world
        .register(li.mobile)
        .then(() => platform.sends(acme, { mobile: li.mobile, client_msg_id: 'order-17' })),
  },
  {
    when: 'the person unfollowed',
    errcode: 43004,
    first: ({ acme, wang }) => wang.unfollows(acme),
  },
  {
    when: 'the person never followed',
    errcode: 43004,
    body: { mobile: '13900139001' },
    first: ({ world }) => world.register('13900139001', { state: 'never' }),
  },
  { when: 'the person has muted', errcode: 43101, first: ({ acme, wang }) => wang.mutes(acme) },
  {
    when: 'the template is disabled',
    errcode: 40037,
    first: ({ acme, world }) =>
      world.call('template.disable', {
        appid: acme.appid,
        template_id: acme.info.template_id,
      }),
  },
  {
    when: 'the official account is not verified',
    errcode: 48001,
    first: ({ acme, world }) =>
      world.call('official_account.update', { appid: acme.appid, verified: false }),
  },
  {
    when: 'the official account is a subscription',
    errcode: 48001,
    first: ({ acme, world }) =>
      world.call('official_account.update', { appid: acme.appid, kind: 'subscription' }),
  },
  {
    when: 'the quota of the day is used up',
    errcode: 45009,
    start: () =>
      startCounted('sqlite', {
        used: [{ path: '/cgi-bin/message/template/send', used: 100_000 }],
      }),
  },
  {
    when: 'the template alone is missing, and WeChat reviews it',
    errcode: 100002,
    to: 'globex',
    async first({ world }) {
      const { appid } = (await world.call('account.connect', { eid: 'globex' })) as {
        appid: string
      }
      await world.call('industry.set', { appid, primary: 2, secondary: 34 })
      const { application } = (await world.call('application.create', { appid })) as {
        application: string
      }
      await world.call('application.submit', { application })
      await world.register('13800138002', { account: 'globex' })
    },
  },
]

/** Faults, on which side and before or after the send is carried out; what the sentence says of what became of it. */
const faulted = [
  { fault: { errcode: -1 }, says: '-1' },
  { fault: { errcode: -1, stage: 'after' }, says: 'carried out' },
  { fault: { transport: 'reset' }, says: 'no genuine answer' },
  { fault: { transport: 'reset', stage: 'after' }, says: 'carried out' },
  { fault: { transport: 'truncate' }, says: 'no genuine answer' },
  { fault: { answer: { status: 502 } }, says: '502' },
  { fault: { surface: 'wechat', errcode: 45009 }, says: '45009' },
  { fault: { surface: 'wechat', errcode: -1, stage: 'after' }, says: '-1' },
  { fault: { surface: 'wechat', transport: 'reset' }, says: '100031' },
  { fault: { surface: 'wechat', transport: 'empty', stage: 'after' }, says: '100031' },
  { fault: { surface: 'wechat', transport: 'garbage' }, says: '100032' },
  { fault: { surface: 'wechat', delay: '50ms' }, says: '100031', gateway_timeout: 'PT0.01S' },
]

/** What no one call mends, and why; `fix` is null, or the first of several calls. */
const unmended: readonly (Case & { readonly because: string })[] = [
  {
    when: 'the account has only just begun',
    errcode: 100002,
    to: 'globex',
    because: 'four steps are missing: the fix is the first of them',
  },
  {
    when: 'the EID is nobody’s',
    errcode: 100001,
    body: { eid: 'acme-nobody' },
    because: 'the platform has to send another EID',
  },
  {
    when: 'the EID was rotated away',
    errcode: 100001,
    first: ({ world }) => world.call('eid.rotate', { eid: 'acme' }),
    because: 'the platform has to send the new EID',
  },
  {
    when: 'the EID is revoked',
    errcode: 100005,
    first: ({ world }) => world.call('eid.revoke', { eid: 'acme' }),
    because: 'it is for good',
  },
  {
    when: 'the account has blacklisted the person',
    errcode: 43019,
    async first(sim) {
      const openid_list = [sim.wang.openidAt(sim.acme)]
      await (await acmesClient(sim)).post('/cgi-bin/tags/members/batchblacklist', { openid_list })
    },
    because: 'only the account’s own program takes anybody off it, by a call of WeChat',
  },
  {
    when: 'a value is too long under the rules of 2023',
    errcode: 47003,
    start: () => startSim({ world: { accounts: [{ key: 'acme', rules: '2023' }] } }),
    body: { message: '字'.repeat(21) },
    because: 'the platform has to send another text',
  },
  {
    when: 'the mobile is a magic one',
    errcode: -1,
    body: { mobile: '19900999999' },
    because: 'it always answers so',
  },
  {
    when: 'the mobile is a magic one after which nobody knows',
    errcode: 100031,
    body: { mobile: '19900100031' },
    because: 'it always answers so, as a remote WeChat that cannot be reached does',
  },
  {
    when: 'the mobile is a magic one that tells of an answer nobody can read',
    errcode: 100032,
    body: { mobile: '19900100032' },
    because: 'it always answers so, as a remote WeChat does',
  },
  ...(
    [
      [100010, { mobile: '12345' }],
      [100012, { message: ' ' }],
      [100013, { message: 'x'.repeat(201) }],
      [100014, { keywords: { keyword9: 'x' } }],
      [100016, { message: 'ding\u0007' }],
      [47001, { url: 17 }],
    ] as const
  ).map(([errcode, body]) => ({
    when: `the field ${Object.keys(body)[0]} does not fit (${errcode})`,
    errcode,
    body,
    because: 'the platform has to send another one',
  })),
]

/** Codes of the two calls that no send through the local gateway meets. */
const unmet: Readonly<Record<number, string>> = {
  40001: 'a call in process carries no token',
  41001: 'a call in process carries no token',
  42001: 'a call in process carries no token',
  43002: 'it has no method',
  43003: 'it came by no scheme',
  44002: 'TUPU writes the body',
  40003: 'an association has an openid of its official account',
  40036: 'TUPU sends the template’s id',
  40013: 'TUPU sends no mini program',
  40165: 'TUPU sends no mini program',
}

/** The name of the latest call of the partner API: no answer says it where a fault has taken that away. */
async function latestTrace(world: Sim['world']): Promise<string> {
  const page = await world.call('exchange.list', { surface: 'tupu' })
  return (page as { items: { trace: string }[] }).items[0]?.trace ?? ''
}

async function meet({ start = startSim, first, to = 'acme', body, errcode }: Case) {
  const sim = await start()
  await first?.(sim)
  const { platform, wang, world } = sim
  const sends = () => platform.sends(sim[to], { mobile: wang.mobile, ...body })
  const { headers, json } = await platform.post('/messages', {
    eid: sim[to].eid,
    message: '欢迎加入',
    mobile: wang.mobile,
    ...body,
  })
  expect(json).toMatchObject({ errcode })
  const explain = (more: object = { trace: headers.get('x-sim-trace') ?? '' }) =>
    world.call('explain.get', { ...more }) as Promise<Explained>
  return { ...sim, sends, explain, trace: headers.get('x-sim-trace') }
}

describe('the fix of an explanation', () => {
  it.each(mended)('sent as it is mends $errcode, when $when', async (row) => {
    const { explain, world, sends, trace, wang } = await meet(row)
    const explained = await explain()
    expect(explained).toMatchObject({ verdict: 'refused', trace })
    expect(explained.sentence).toContain(String(row.errcode))
    const mobile = String(row.body?.['mobile'] ?? wang.mobile)
    expect(await explain({ mobile })).toEqual(explained)
    const { call, input } = explained.fix ?? { call: 'none', input: {} }
    expect(explained.resolved).toBe(false)
    await world.call(call, { ...input })
    const { resolved, sentence } = await explain()
    expect({ resolved, sentence }).toEqual({ resolved: true, sentence: explained.sentence })
    expect(await sends()).toMatchObject({ errcode: 0 })
    expect(await explain({ mobile })).toMatchObject({ verdict: 'reached', fix: null })
  })

  it.each(faulted)('ends $fault, which decided, and the next send succeeds', async (row) => {
    const { world, platform, acme, wang } = await startSim()
    if (row.gateway_timeout)
      await world.call('account.update', { eid: 'acme', gateway_timeout: row.gateway_timeout })
    await world.call('fault.create', { name: 'a bad day', mobile: wang.mobile, ...row.fault })
    const send = () => platform.sends(acme, { mobile: wang.mobile })
    await send().catch(() => undefined)
    const trace = await latestTrace(world)
    const explained = (await world.call('explain.get', { trace })) as Explained
    expect(explained).toMatchObject({ verdict: 'fault', rule: 'fault.applied', trace })
    expect(explained.sentence).toMatch(/^The fault f000001 “a bad day” decided/)
    expect(explained.sentence).toContain(row.says)
    const fix = explained.fix ?? { call: 'none', input: {} }
    expect(fix).toEqual({ call: 'fault.delete', input: { fault: 'f000001' } })
    expect(explained.resolved).toBe(false)
    await world.call(fix.call, { ...fix.input })
    expect(await world.call('explain.get', { trace })).toMatchObject({ resolved: true })
    expect(await send()).toMatchObject({ errcode: 0 })
    expect(await world.call('explain.get', { mobile: wang.mobile })).toMatchObject({
      verdict: 'reached',
    })
  })

  it('is no longer needed once the person blocks the account no more, and is again when they do', async () => {
    const { world, platform, acme, wang } = await startSim()
    await wang.blocks(acme)
    await platform.sends(acme, { mobile: wang.mobile })
    await world.advance('PT1M')
    const explain = () => world.call('explain.get', { mobile: wang.mobile })
    expect(await explain()).toMatchObject({ verdict: 'failed_later', resolved: false })
    await wang.unblocks(acme)
    expect(await explain()).toMatchObject({ verdict: 'failed_later', fix: null, resolved: true })
    await wang.blocks(acme)
    expect(await explain()).toMatchObject({ resolved: false })
  })

  it.each([{ transport: 'drip' }, { delay: '5ms' }])(
    'is not wanted for %j, which let the true answer come',
    async (fault) => {
      const { world, platform, acme, wang } = await startSim()
      await world.call('fault.create', fault)
      await platform.sends(acme, { mobile: wang.mobile })
      const explained = await world.call('explain.get', { mobile: wang.mobile })
      expect(explained).toMatchObject({ verdict: 'reached', fix: null })
    },
  )

  it.each(unmended)('is none, or a first step, for $errcode, when $when', async (row) => {
    const { explain, world } = await meet(row)
    const { verdict, fix, sentence, resolved } = await explain()
    expect(resolved).toBe(false)
    expect(verdict).toBe([100031, 100032].includes(row.errcode) ? 'unknown' : 'refused')
    expect(sentence).toContain(String(row.errcode))
    if (fix) await world.call(fix.call, { ...fix.input })
    expect(fix === null).toBe(row.errcode !== 100002)
  })

  it('leads an account to its first message, step by step', async () => {
    const row = { when: '', errcode: 100002, to: 'globex' } as const
    const { explain, world, sends } = await meet(row)
    const calls: string[] = []
    for (let n = 0; n < 9; n++) {
      const { fix } = await explain({ mobile: '13800138002' })
      if (!fix) break
      calls.push(fix.call)
      await world.call(fix.call, { ...fix.input })
      await sends()
    }
    expect(calls).toEqual([
      'account.connect',
      'industry.set',
      'application.create',
      'application.submit',
      'application.approve',
      'association.create',
    ])
    expect(await sends()).toMatchObject({ errcode: 0 })
  })

  it('is tested for every refusal that a send can meet', () => {
    const tested = [...mended, ...unmended].map(({ errcode }) => errcode)
    const known = new Set([...tested, ...Object.keys(unmet).map(Number)])
    const codes = [...sendMessage.refusals, ...sendTemplate.refusals]
    expect(codes.filter((code) => !known.has(code))).toEqual([])
    expect(tested.filter((code) => code in unmet)).toEqual([])
  })
})
