import { describe, expect, it } from 'vitest'
import { sendMessage } from '../../src/tupu/message/endpoints.ts'
import { startSim } from '../sim.ts'
import { exchanges, lastStep, tables } from './journal.ts'

/** From the emptiest call on; `eid` and `mobile` stand for Acme's and Wang's. */
const rows = [
  { when: 'there is no body', body: undefined, errcode: 47001 },
  { when: 'the body is empty', body: '', errcode: 47001 },
  { when: 'the body is white space', body: ' \n', errcode: 47001 },
  { when: 'the body is no JSON', body: '{"eid":', errcode: 47001 },
  { when: 'the body is a form', body: 'eid=acme&mobile=13800138002', errcode: 47001 },
  { when: 'the body is an array', body: '[{"eid":"acme-e1"}]', errcode: 47001 },
  { when: 'the body is null', body: 'null', errcode: 47001 },
  { when: 'the body is a text', body: '"acme-e1"', errcode: 47001 },
  {
    when: 'the body begins with a byte order mark',
    body: '\ufeff{"eid":"acme-e1"}',
    errcode: 47001,
  },
  {
    when: 'the body is no UTF-8',
    body: Buffer.concat([
      Buffer.from('{"eid":"acme-e1","x":"'),
      Buffer.from([0xff]),
      Buffer.from('"}'),
    ]),
    errcode: 47001,
  },
  { when: 'the body is an empty object', body: '{}', errcode: 100001 },
  { when: 'the EID is null', body: { eid: null }, errcode: 100001 },
  { when: 'the EID is a number', body: { eid: 17 }, errcode: 100001 },
  { when: 'the EID is nobody’s', body: { eid: 'acme-e2' }, errcode: 100001 },
  { when: 'the EID is the key of the account', body: { eid: 'acme' }, errcode: 100001 },
  { when: 'the account has only just begun', body: { eid: 'globex-e1' }, errcode: 100002 },
  { when: 'there is an EID alone', body: { eid: 'acme-e1' }, errcode: 100010 },
  { when: 'the mobile is null', body: { eid: 'acme-e1', mobile: null }, errcode: 100010 },
  {
    when: 'the mobile is a number',
    body: { eid: 'acme-e1', mobile: 13800138002 },
    errcode: 100010,
  },
  { when: 'the mobile is none', body: { eid: 'acme-e1', mobile: '12345' }, errcode: 100010 },
  { when: 'there is no message', body: { eid: 'acme-e1', mobile: '13800138002' }, errcode: 100012 },
  { when: 'the message is null', but: { message: null }, errcode: 100012 },
  { when: 'the message is an object', but: { message: { text: 'hi' } }, errcode: 100012 },
  { when: 'the message is blank', but: { message: '\u3000 \t' }, errcode: 100012 },
  { when: 'the message is too long', but: { message: 'x'.repeat(201) }, errcode: 100013 },
  { when: 'the message rings a bell', but: { message: 'ding\u0007' }, errcode: 100016 },
  { when: 'the client_msg_id is a number', but: { client_msg_id: 17 }, errcode: 47001 },
  { when: 'the keywords are a text', but: { keywords: 'keyword1' }, errcode: 47001 },
  { when: 'a keyword is a number', but: { keywords: { keyword1: 1 } }, errcode: 47001 },
  { when: 'a keyword is unknown', but: { keywords: { keyword9: 'x' } }, errcode: 100014 },
  { when: 'the name is an array', but: { name: ['王'] }, errcode: 47001 },
  { when: 'the email is a number', but: { email: 1 }, errcode: 47001 },
  { when: 'the url is true', but: { url: true }, errcode: 47001 },
  { when: 'nobody registered the mobile', but: { mobile: '13900139000' }, errcode: 100011 },
] as const

const good = { eid: 'acme-e1', mobile: '13800138002', message: '欢迎加入' }
const accounts = [
  { key: 'acme', eid: 'acme-e1' },
  { key: 'globex', eid: 'globex-e1', stage: 'new' },
] as const

describe('POST /tupu/v1/messages refuses', () => {
  it.each(rows)('with $errcode when $when', async (row) => {
    const { http, world } = await startSim({ world: { accounts: [...accounts] } })
    const body = 'but' in row ? { ...good, ...row.but } : row.body
    const before = await tables(world)
    const answer = await http('POST', '/tupu/v1/messages', body)
    expect(answer).toMatchObject({ status: 200, json: { errcode: row.errcode } })
    expect(Object.keys(answer.json)).toEqual(['errcode', 'errmsg'])
    const after = await tables(world)
    const isKnown = row.errcode !== 100001 && (row.errcode !== 47001 || 'but' in row)
    // A refused send leaves its message and the count of the exchange, and nothing else.
    expect({ ...after, message: [], counter: [] }).toEqual({ ...before, message: [], counter: [] })
    expect(after['message']).toHaveLength(isKnown ? 1 : 0)
    const trace = answer.headers.get('x-sim-trace')
    const kept = await exchanges(world, { trace: trace ?? '' })
    expect(kept.map(({ endpoint }) => endpoint)).toEqual(isKnown ? ['message.send'] : [])
  })

  it.each([
    {
      when: 'its person unfollowed',
      does: 'unfollows',
      errcode: 43004,
      errmsg: 'require subscribe',
    },
    {
      when: 'its person turned notifications off',
      does: 'mutes',
      errcode: 43101,
      errmsg: 'user refuse to accept the msg',
    },
  ] as const)(
    'as WeChat does, with its text and rid, when $when',
    async ({ does, errcode, errmsg }) => {
      const { acme, wang, platform, world } = await startSim()
      await wang[does](acme)
      const before = await tables(world)
      const answer = await platform.sends(acme, { mobile: wang.mobile })
      expect(answer).toEqual({
        errcode,
        errmsg: expect.stringMatching(
          new RegExp(`^${errmsg} rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$`),
        ),
      })
      const after = await tables(world)
      expect({ ...after, message: [], counter: [] }).toEqual({
        ...before,
        message: [],
        counter: [],
      })
      expect(await world.messages()).toMatchObject([
        { state: 'refused', answer, on_phone: false, msgid_str: null },
      ])
      expect(await lastStep(world)).toMatchObject({ answer: { errcode, errmsg } })
    },
  )

  it('as WeChat does when the official account may not send templates', async () => {
    const { acme, wang, platform, world } = await startSim()
    await world.call('official_account.update', { appid: acme.appid, verified: false })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toEqual({
      errcode: 48001,
      errmsg: expect.stringMatching(/^api unauthorized rid: /),
    })
  })

  it('with all missing steps of an account that is not live', async () => {
    const { globex, wang, platform } = await startSim()
    expect(await platform.sends(globex, { mobile: wang.mobile })).toEqual({
      errcode: 100002,
      errmsg:
        'account is not live, missing: official_account_connected, industries_set, template_approved',
    })
  })

  it('with every code that it says it may refuse with', () => {
    const elsewhere = {
      'eid-state.test.ts': [100004, 100005],
      'client-msg-id.test.ts': [100015],
      'signature.test.ts': [100003],
      'limit.test.ts': [100018],
      'gateway-silence.test.ts': [100031, 100032],
    }
    const here: number[] = rows.map(({ errcode }) => errcode)
    const tested = new Set([...here, ...Object.values(elsewhere).flat()])
    expect([...tested].sort()).toEqual([...sendMessage.refusals].sort())
  })
})
