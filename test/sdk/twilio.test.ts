import twilio from 'twilio'
import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'

/** An unmodified client, pointed at the world by the base URL of its API. */
async function startClient() {
  const sim = await startSim({ listen: true })
  const client = twilio('AC0123456789abcdef0123456789abcdef', 'any token')
  client.api.baseUrl = sim.world.baseUrl
  return { ...sim, client }
}

it('sends an SMS by the twilio SDK, and it stands on the phone', async () => {
  const { client, world, wang } = await startClient()
  const { mobile } = wang
  const sent = await client.messages.create({ to: mobile, from: '+15005550006', body: '欢迎加入' })
  expect(sent).toMatchObject({
    status: 'queued',
    to: mobile,
    from: '+15005550006',
    body: '欢迎加入',
    direction: 'outbound-api',
    errorCode: null,
    numSegments: '1',
    dateCreated: new Date('2026-01-05T01:00:00.000Z'),
  })
  expect(sent.sid).toMatch(/^SM[0-9a-f]{32}$/)
  const { items } = (await world.call('contact.list', { mobile })) as { items: unknown[] }
  expect(items).toMatchObject([{ channel: 'sms', text: '欢迎加入', from: '+15005550006', mobile }])
})

it.each([
  { when: 'the number is none', but: { to: '+1555' }, code: 21211 },
  { when: 'the number has no plus sign', but: { to: '13800138002' }, code: 21211 },
  { when: 'there is no text', but: { body: '' }, code: 21602 },
  { when: 'the text is too long', but: { body: 'x'.repeat(1601) }, code: 21617 },
])('the SDK gets $code when $when, and nothing comes', async ({ but, code }) => {
  const { client, world, wang } = await startClient()
  const message = { to: wang.mobile, from: '+15005550006', body: 'Hello', ...but }
  await expect(client.messages.create(message)).rejects.toMatchObject({
    status: 400,
    code,
    moreInfo: `https://www.twilio.com/docs/errors/${code}`,
  })
  expect(await world.call('contact.list', {})).toMatchObject({ items: [] })
})

it('the SDK gets Twilio’s 20404 for a resource that is not built', async () => {
  const { client } = await startClient()
  await expect(client.messages('SM00000000000000000000000000000000').fetch()).rejects.toMatchObject(
    {
      status: 404,
      code: 20404,
    },
  )
})
