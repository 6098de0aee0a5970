import { expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { type StartOptions, startSim } from '../sim.ts'

const path = '/_sim/v1/worlds/test/verify'

/** A world whose journal has a creation, two sends, and a token fetched between them. */
async function startCalled(options: StartOptions = {}) {
  const sim = await startSim(options)
  const { http, platform, acme, wang } = sim
  const { appid, info } = acme
  const body = { grant_type: 'client_credential', appid, secret: info.app_secret }
  await platform.sends(acme, { mobile: wang.mobile })
  await http('POST', '/w/test/cgi-bin/stable_token', body)
  await platform.sends(acme, { mobile: '13900139000' })
  return { ...sim, verifies: (wanted: object) => http('POST', path, wanted) }
}

const [tupu, wechat, control] = ['tupu', 'wechat', 'control'].map((surface) => ({ surface }))

onEither('what was called is as expected', (database) => {
  it('when so many calls came, or in this order, whatever came between', async () => {
    const { verifies } = await startCalled({ database })
    for (const wanted of [
      { exchanges: tupu },
      { exchanges: {} },
      { exchanges: tupu, count: 2 },
      { exchanges: tupu, count: { min: 1 } },
      { exchanges: tupu, count: { max: 2 } },
      { exchanges: { surface: 'phone' }, count: 0 },
      { in_order: [tupu, wechat, tupu] },
      { in_order: [control, tupu, tupu] },
      { in_order: [wechat] },
    ])
      expect(await verifies(wanted)).toMatchObject({ status: 200, json: { ok: true } })
  })

  it('else it says what was expected, what came, and where they differ', async () => {
    const { verifies } = await startCalled({ database })
    const reasonOf = async (wanted: object) => {
      const { status, json } = await verifies(wanted)
      expect({ status, type: json['type'] }).toEqual({ status: 409, type: 'not_verified' })
      return String(json['reason']).replaceAll(/#\d+/g, '#n').split('\n')
    }
    const send =
      '#n tupu message.send POST /w/test/tupu/v1/messages → 200 (2026-01-05T01:00:00.000Z)'
    const token =
      '#n wechat stable_token.get POST /w/test/cgi-bin/stable_token → 200 (2026-01-05T01:00:00.000Z)'
    expect(await reasonOf({ exchanges: tupu, count: 1 })).toEqual([
      'expected exactly 1 with {"surface":"tupu"}, and 2 came',
      'came, the newest first:',
      send,
      send,
    ])
    expect(await reasonOf({ exchanges: { surface: 'phone' } })).toEqual([
      'expected at least 1 with {"surface":"phone"}, and 0 came',
      'what came nearest:',
      `${send}: surface is tupu, not phone`,
      `${token}: surface is wechat, not phone`,
      `${send}: surface is tupu, not phone`,
    ])
    expect(await reasonOf({ in_order: [wechat, wechat, tupu] })).toEqual([
      'expected 3 calls in order, and number 1, {"surface":"wechat"}, did not come before #n',
      'what came nearest:',
      `${token}: it fits, but came later`,
      `${send}: surface is tupu, not wechat`,
      `${send}: surface is tupu, not wechat`,
      'what came after it:',
      `2. ${token}`,
      `3. ${send}`,
    ])
    expect((await reasonOf({ exchanges: tupu, count: { min: 3, max: 4 } }))[0]).toContain('3 to 4')
    expect((await reasonOf({ exchanges: tupu, count: { max: 1 } }))[0]).toContain('at most 1')
  })

  it('over a journal of many portions, too', async () => {
    const { verifies, platform, acme } = await startCalled({ database })
    for (let n = 0; n < 300; n++) await platform.sends(acme, { mobile: '139', message: `${n}` })
    expect(await verifies({ exchanges: tupu, count: 302 })).toMatchObject({ status: 200 })
    const order = { in_order: [control, tupu, wechat, ...Array.from({ length: 97 }, () => tupu)] }
    expect(await verifies(order)).toMatchObject({ status: 200 })
  })
})

it.each([
  { body: {}, field: 'exchanges' },
  { body: { exchanges: {}, in_order: [{}] }, field: 'exchanges' },
  { body: { in_order: [] }, field: 'in_order' },
  { body: { in_order: [{}], count: 1 }, field: 'count' },
  { body: { exchanges: { surfaces: 'tupu' } }, field: 'exchanges.surfaces' },
  { body: { exchanges: {}, count: { min: 2, max: 1 } }, field: 'count' },
  { body: { exchanges: {}, count: -1 }, field: 'count' },
])('refuses $body', async ({ body, field }) => {
  const { http } = await startSim()
  expect(await http('POST', path, body)).toMatchObject({ status: 422, json: { field } })
})

it('asks, and is not kept: what is counted is what others have called', async () => {
  const { verifies } = await startCalled()
  for (let n = 0; n < 2; n++)
    expect(await verifies({ exchanges: {}, count: 4 })).toMatchObject({ status: 200 })
})
