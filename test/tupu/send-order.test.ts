import { describe, expect, it } from 'vitest'
import { type Sim, startSim } from '../sim.ts'
import { lastStep } from './journal.ts'
import { realSeconds, signedHeaders } from './signed.ts'

/** One thing that can be wrong with a send, and the step at which it is then refused. */
interface Wrong {
  readonly what: string
  readonly errcode: number
  readonly rule: string
  /** Two that change the same thing cannot be wrong together. */
  readonly changes: string
  readonly body?: Readonly<Record<string, unknown>>
  readonly unsigned?: true
  readonly before?: (sim: Sim) => Promise<unknown>
}

/** In the order of the contract. The state of the EID, between signature and live, stands in eid-state.test.ts. */
const wrongs: readonly Wrong[] = [
  {
    what: 'an unknown EID',
    errcode: 100001,
    rule: 'eid.known',
    changes: 'eid',
    body: { eid: 'nobody-1' },
  },
  {
    what: 'no signature',
    errcode: 100003,
    rule: 'signature.given',
    changes: 'signature',
    unsigned: true,
  },
  {
    what: 'an account that is not live',
    errcode: 100002,
    rule: 'account.live',
    changes: 'eid',
    body: { eid: 'globex-e1' },
  },
  {
    what: 'no mobile',
    errcode: 100010,
    rule: 'mobile.valid',
    changes: 'mobile',
    body: { mobile: null },
  },
  {
    what: 'a message of 201 characters',
    errcode: 100013,
    rule: 'message.valid',
    changes: 'message',
    body: { message: '字'.repeat(201) },
  },
  {
    what: 'an empty client_msg_id',
    errcode: 47001,
    rule: 'client_msg_id.valid',
    changes: 'client_msg_id',
    body: { client_msg_id: '' },
  },
  {
    what: "another message's client_msg_id",
    errcode: 100015,
    rule: 'client_msg_id.new',
    changes: 'client_msg_id',
    body: { client_msg_id: 'order-1' },
    before: (sim) => send(sim, { body: { client_msg_id: 'order-1', message: 'the first one' } }),
  },
  {
    what: 'keywords that are no object',
    errcode: 47001,
    rule: 'keywords.valid',
    changes: 'keywords',
    body: { keywords: ['x'] },
  },
  {
    what: 'an unknown keyword',
    errcode: 100014,
    rule: 'keywords.known',
    changes: 'keywords',
    body: { keywords: { keyword9: 'x' } },
  },
  {
    what: 'a name that is no text',
    errcode: 47001,
    rule: 'name.valid',
    changes: 'name',
    body: { name: 1 },
  },
  {
    what: 'an email that is no text',
    errcode: 47001,
    rule: 'email.valid',
    changes: 'email',
    body: { email: false },
  },
  {
    what: 'a url that is no text',
    errcode: 47001,
    rule: 'url.valid',
    changes: 'url',
    body: { url: {} },
  },
  {
    what: 'a mobile that nobody registered',
    errcode: 100011,
    rule: 'association.known',
    changes: 'mobile',
    body: { mobile: '13900139000' },
  },
  {
    what: 'a person who no longer follows',
    errcode: 43004,
    rule: 'wechat.accepted',
    changes: 'follower',
    before: ({ wang, acme }) => wang.unfollows(acme),
  },
]

const pairs = wrongs.flatMap((earlier, i) =>
  wrongs
    .slice(i + 1)
    .filter((later) => later.changes !== earlier.changes)
    .map((later) => ({ earlier, later, first: earlier.what, second: later.what })),
)

describe('of two things wrong with a send, the earlier in the order of checks is answered', () => {
  it.each(pairs)('$first before $second', async ({ earlier, later }) => {
    const sim = await startWithSecrets()
    await earlier.before?.(sim)
    await later.before?.(sim)
    const unsigned = Boolean(earlier.unsigned ?? later.unsigned)
    const answer = await send(sim, { body: { ...later.body, ...earlier.body }, unsigned })
    expect(answer['errcode']).toBe(earlier.errcode)
    if (earlier.what !== 'an unknown EID') {
      expect((await lastStep(sim.world)).rule).toBe(earlier.rule)
    }
  })

  it.each(wrongs)('$what alone is answered with $errcode', async (wrong) => {
    const sim = await startWithSecrets()
    await wrong.before?.(sim)
    const { body = {}, unsigned = false } = wrong
    expect((await send(sim, { body, unsigned }))['errcode']).toBe(wrong.errcode)
  })

  it('accepts when nothing is wrong', async () => {
    expect((await send(await startWithSecrets(), {}))['errcode']).toBe(0)
  })
})

/** Both accounts ask for signatures, so that every check can fail. */
function startWithSecrets(): Promise<Sim> {
  return startSim({
    world: {
      accounts: [
        { key: 'acme', eid: 'acme-e1', partner_secret: 'generated' },
        { key: 'globex', eid: 'globex-e1', stage: 'new', partner_secret: 'generated' },
      ],
    },
  })
}

async function send(
  sim: Sim,
  { body = {}, unsigned = false }: { body?: Readonly<Record<string, unknown>>; unsigned?: boolean },
): Promise<Record<string, unknown>> {
  const { acme, globex, wang, http, world } = sim
  const fields: Record<string, unknown> = {
    eid: acme.eid,
    mobile: wang.mobile,
    message: '欢迎加入',
    ...body,
  }
  const text = JSON.stringify(fields)
  const path = `/w/${world.name}/tupu/v1/messages`
  const account = fields['eid'] === globex.eid ? globex : acme
  const secret = account.info.partner_secret ?? ''
  const signed = { secret, method: 'POST', path, body: text, timestamp: await realSeconds(sim) }
  return (await http('POST', path, text, unsigned ? {} : signedHeaders(signed))).json
}
