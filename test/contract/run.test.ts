import { describe, expect, it } from 'vitest'
import { checks } from '../../src/contract/checks/checks.ts'
import type { Target } from '../../src/contract/client.ts'
import type { ProfileData } from '../../src/simulator.ts'
import { readProfiles } from '../../src/tupu/profile/list.ts'
import { shipped_profiles } from '../../src/tupu/profile/shipped.ts'
import { partner } from '../tupu/partner.ts'
import { type Break, checksWith, startTarget } from './target.ts'

/** A profile that says of messages how long they may be. */
const placed = (length: { max?: number; cut?: number }): Partial<ProfileData> => ({
  endpoints: {
    'message.send': { fields: { mobile: '/mobile', message: { at: '/message', ...length } } },
  },
})

describe('the partner contract', () => {
  it('holds of the simulator itself, every promise of it', async () => {
    const { run } = await startTarget()
    const report = await run()
    expect(report.findings.filter(({ verdict }) => verdict !== 'holds')).toEqual([])
    expect(report).toMatchObject({ holds: checks.length, differs: 0, not_tried: 0 })
  })

  it('holds of a second simulator through a profile that is as unlike our own as may be', async () => {
    const { run } = await startTarget({ ...partner, answers: { ...partner.answers } })
    const report = await run()
    expect(report.findings.filter(({ verdict }) => verdict === 'differs')).toEqual([])
    expect(report.holds).toBeGreaterThan(20)
  })

  it.each(shipped_profiles)('holds of a simulator that plays %s', async (profile) => {
    const { run, wang } = await startTarget(profile)
    const report = await run()
    expect(report.findings.filter(({ verdict }) => verdict === 'differs')).toEqual([])
    expect(checksWith(report, 'holds')).toEqual(
      expect.arrayContaining(['send.accepted', 'send.unbound', 'send.unproved']),
    )
    expect(await wang.inbox()).not.toEqual([])
  })

  it('holds of a partner who asks for OAuth2, takes XML and answers it', async () => {
    const { run } = await startTarget({
      name: 'xml',
      base: '/xml',
      authentication: { kind: 'oauth2' },
      endpoints: {
        'message.send': {
          content: 'xml',
          fields: {
            eid: 'user',
            mobile: '/To/Person/*/Phone',
            message: '/Text',
            client_msg_id: '/Id',
          },
          constants: { '/Kind': 'welcome' },
        },
        'partner_token.issue': { path: '/oauth/token', content: 'form' },
      },
      answers: {
        success: {
          type: 'xml',
          body: { R: { Code: 0, Id: '{msgid_str}', Bound: '{reachable}', State: '{state}' } },
          when: { '/R/Code': ['0'] },
        },
        refusal: { type: 'xml', body: { R: { Code: '{errcode}', Text: '{errmsg}' } } },
      },
    })
    const report = await run()
    expect(report.findings.filter(({ verdict }) => verdict === 'differs')).toEqual([])
    expect(checksWith(report, 'holds')).toEqual(
      expect.arrayContaining(['send.accepted', 'send.id_reused', 'send.unbound', 'proof.wrong']),
    )
  })

  it.each<{ rules: Partial<ProfileData>; differs: string[] }>([
    { rules: { duplicates: 'refuse' }, differs: ['send.repeated'] },
    {
      rules: { duplicates: 'send', allowed_ips: ['127.0.0.1'] },
      differs: ['send.repeated', 'send.id_reused'],
    },
    {
      rules: { result: 'callback', duplicates: 'refuse' },
      differs: ['send.accepted', 'send.exact_msgid', 'send.repeated'],
    },
    { rules: placed({ max: 30 }), differs: ['send.longest'] },
    { rules: placed({ cut: 30 }), differs: ['send.too_long'] },
  ])('holds of a partner whose profile says $rules, by that alone', async ({ rules, differs }) => {
    const own = { name: 'own', base: '/own', ...rules }
    const { run } = await startTarget(own)
    const report = await run()
    expect(report.findings.filter(({ verdict }) => verdict === 'differs')).toEqual([])
    const said = differs.filter((id) => id !== 'send.exact_msgid')
    expect(checksWith(report, 'holds')).toEqual(expect.arrayContaining(said))
    const [usual] = readProfiles([])
    const profile = { ...(usual as Target['profile']), base: own.base }
    expect(checksWith(await run({}, undefined, { profile }), 'differs')).toEqual(
      expect.arrayContaining(differs),
    )
  })

  it('sends only when it may, and only to the first mobile that was given', async () => {
    const { run, asked, world } = await startTarget()
    const looked = await run({ send: false })
    expect(asked.filter(({ url }) => url.endsWith('/messages'))).toEqual([])
    expect(looked.differs).toBe(0)
    expect(looked.findings).toContainEqual(
      expect.objectContaining({ check: 'send.accepted', because: 'it sends: give --send' }),
    )
    await run({ mobiles: ['13800138002', '13800138001'] })
    const reached = (await world.messages()).filter(({ on_phone }) => on_phone)
    expect(new Set(reached.map(({ mobile }) => mobile))).toEqual(new Set(['+8613800138002']))
    const bare = await run({ mobiles: [], unbound: undefined } as never, undefined, {
      secret: undefined,
    })
    expect(checksWith(bare, 'not_tried')).toEqual(
      expect.arrayContaining(['send.accepted', 'send.unbound', 'proof.none']),
    )
  })

  it('says why a partner that is not there differs, and soon asks no more', async () => {
    const { run } = await startTarget()
    let calls = 0
    const outgoing = async () => {
      calls++
      return { ok: false, failure: 'connect', detail: 'nobody listens', elapsedMs: 1 } as const
    }
    const report = await run({}, undefined, { outgoing })
    expect({ calls, ...report }).toMatchObject({ calls: 2, holds: 0, differs: 2 })
    expect(report.findings[0]).toMatchObject({ came: 'no answer: connect, nobody listens' })
    expect(report.findings[2]).toMatchObject({ because: 'the partner answers no call' })
  })

  it('asks on where one call alone had no answer, and shows an answer in one line', async () => {
    const { run } = await startTarget()
    let calls = 0
    const outgoing = async () => {
      if (calls++ === 0)
        return { ok: false, failure: 'reset', detail: 'gone', elapsedMs: 1 } as const
      const body = Buffer.from('<html>\n\u001b[2J\u202e\n</html>')
      return { ok: true, status: 502, headers: {}, body, elapsedMs: 1 } as never
    }
    const { findings, not_tried } = await run({}, undefined, { outgoing })
    expect(not_tried).toBe(0)
    expect(findings[1]?.came).toBe('502 <html> [2J </html>')
  })
})

/** The first time that a text is found in an answer of a send, it is changed. */
const swap =
  (from: RegExp, to: string): Break =>
  ({ text }) => ({ text: text.replace(from, to) })
const accepted = JSON.stringify({
  errcode: 0,
  errmsg: 'ok',
  msgid: 12345678,
  msgid_str: '12345678',
})

let fresh = 1_000_000

/** Ten ways in which a partner may be wrong, and by which promise each is found. */
const broken: readonly {
  readonly way: string
  readonly breaks: Break
  readonly found: readonly string[]
  /** More than those differ. */
  readonly isBroad?: true
}[] = [
  {
    way: 'refusals are HTTP 400',
    breaks: ({ text }) => (/"errcode":0/.test(text) ? {} : { status: 400 }),
    found: ['send.unbound', 'registration.invalid_mobile'],
    isBroad: true,
  },
  {
    way: 'errcode is a text',
    breaks: swap(/"errcode":(-?\d+)/, '"errcode":"$1"'),
    found: ['send.accepted', 'account.known'],
    isBroad: true,
  },
  {
    way: 'msgid is rounded to a double',
    breaks: ({ text }) => ({
      text: text.replace(/"msgid":\d{15}\d*/, (all) => `${all.slice(0, -3)}000`),
    }),
    found: ['send.exact_msgid'],
  },
  {
    way: 'msgid_str is missing',
    breaks: swap(/,"msgid_str":"\d+"/, ''),
    found: ['send.accepted', 'send.looked_up'],
    isBroad: true,
  },
  {
    way: 'answers are text/html',
    breaks: () => ({ type: 'text/html' }),
    found: ['send.accepted', 'send.unbound'],
    isBroad: true,
  },
  {
    way: 'any EID is known',
    breaks: ({ text }) => (/"errcode":100001/.test(text) ? { text: accepted } : {}),
    found: ['account.unknown_eid', 'send.unknown_eid'],
  },
  {
    way: 'the proof is not looked at',
    breaks: ({ text }) => (/"errcode":100003/.test(text) ? { text: accepted } : {}),
    found: ['proof.none', 'proof.wrong', 'proof.old', 'proof.replayed', 'send.unproved'],
  },
  {
    way: 'a mobile that nobody registered is accepted',
    breaks: ({ text }) => (/"errcode":100011/.test(text) ? { text: accepted } : {}),
    found: ['send.unbound'],
  },
  {
    way: 'a message that is too long is cut and sent',
    breaks: ({ text }) => (/"errcode":100013/.test(text) ? { text: accepted } : {}),
    found: ['send.too_long'],
  },
  {
    way: 'a repeated client_msg_id is sent again',
    breaks: ({ text }, { body = '' }) =>
      String(body).includes('"client_msg_id"') && text.includes('"msgid_str"')
        ? { text: text.replaceAll(/\d{15,}/g, String(++fresh)) }
        : {},
    found: ['send.looked_up', 'send.found', 'send.repeated'],
  },
]

describe('a partner that is broken', () => {
  it.each(broken)('is found out: $way', async ({ breaks, found, isBroad }) => {
    const { run } = await startTarget()
    const differs = checksWith(await run({}, breaks), 'differs')
    expect(differs).toEqual(isBroad ? expect.arrayContaining([...found]) : found)
  })
})
