import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'

it('sends as the platform would: the call stands in the journal, and the message on the phone', async () => {
  const { world, wang } = await startSim()
  const said = { mobile: wang.mobile, message: '欢迎加入', keywords: { keyword1: '王小雨' } }
  const sent = await world.call('message.test', said)
  expect(sent).toMatchObject({
    status: 200,
    errcode: 0,
    errmsg: 'ok',
    fall_back: false,
    advice: null,
    msgid_str: expect.any(String),
    message: expect.any(String),
  })
  expect(await wang.inbox()).toMatchObject([{ line: '欢迎加入' }])
  const { trace } = sent as { trace: string }
  expect(await world.call('exchange.list', { trace, surface: 'tupu' })).toMatchObject({
    items: [{ endpoint: 'message.send', status: 200, method: 'POST' }],
  })
})

it.each([
  { when: 'nobody registered the mobile', but: { mobile: '13900139000' }, errcode: 100011 },
  { when: 'it is no mobile', but: { mobile: '138' }, errcode: 100010 },
  { when: 'the text is too long', but: { message: '字'.repeat(201) }, errcode: 100013 },
  { when: 'the account is not live', but: { account: 'globex' }, errcode: 100002 },
])('says what the platform falls back for, when $when', async ({ but, errcode }) => {
  const { world, wang } = await startSim()
  const sent = await world.call('message.test', { mobile: wang.mobile, message: '欢迎', ...but })
  expect(sent).toMatchObject({
    errcode,
    fall_back: true,
    advice: { en: expect.stringMatching(/\w/u), zh: expect.any(String) },
    message: expect.any(String),
  })
  expect(await wang.inbox()).toEqual([])
})

it('signs where the account wants it, and knows a person by the mobile of the phone', async () => {
  const accounts = [{ key: 'acme', partner_secret: 'generated' as const }]
  const people = [{ key: 'wang', mobile: '13800138002', registered_with: ['acme'] }]
  const { sim } = await startSim()
  const world = await sim.world({ name: 'signed', accounts, people })
  const sent = await world.call('message.test', { person: 'wang', message: '欢迎加入' })
  expect(sent).toMatchObject({ errcode: 0, fall_back: false })
})

it('refuses an account or a person that the world has not', async () => {
  const { http } = await startSim()
  const path = '/_sim/v1/worlds/test/messages/test'
  const ask = (input: object) => http('POST', path, { message: '欢迎', ...input })
  expect(await ask({ account: 'nobody' })).toMatchObject({
    status: 422,
    json: { field: 'account' },
  })
  expect(await ask({ person: 'nobody' })).toMatchObject({ status: 422, json: { field: 'person' } })
})
