import { expect, it } from 'vitest'
import { startPushed } from './server.ts'

const path = '/_sim/v1/worlds/test/verify'

/** Li follows and writes twice; nothing is sent yet. */
async function startTalk() {
  const sim = await startPushed()
  const { world, li } = sim
  for (const content of ['在吗', '几楼？'])
    await world.call('phone.text', { person: li.key, account: 'acme', content })
  return sim
}

it('a push can be waited for in process, by its kind and what became of it, while the clock goes on', async () => {
  const { world, acme, li } = await startTalk()
  const state = 'delivered'
  const waited = await world.waitFor(
    { push: { event: 'text', account: 'acme', openid: li.openidAt(acme), state } },
    { autoAdvance: 'PT1M' },
  )
  expect(waited.found).toMatchObject({ event: 'text', tries: 1, answer: 'nothing' })
  expect(waited.found.xml).toContain('<Content><![CDATA[在吗]]></Content>')
  expect(waited.ran.map(({ kind }) => kind)).toContain('push')
})

it('who waits in vain is told what came nearest, and what is due', async () => {
  const { http } = await startTalk()
  const of = { push: { event: 'CLICK', state: 'delivered' } }
  const { status, json } = await http('POST', '/_sim/v1/worlds/test/wait', {
    for: of,
    timeout: 'PT0S',
  })
  expect(status).toBe(409)
  expect(json).toMatchObject({
    type: 'not_met',
    because: 'timeout',
    nearest: [
      { event: 'text', state: 'pending' },
      { event: 'text', state: 'pending' },
    ],
  })
})

it('an account that nobody knows is refused at its own field', async () => {
  const { http } = await startTalk()
  const wait = await http('POST', '/_sim/v1/worlds/test/wait', { for: { push: { account: 'x' } } })
  expect(wait).toMatchObject({ status: 422, json: { field: 'for.push.account' } })
  const verify = await http('POST', path, { pushes: { account: 'x' } })
  expect(verify).toMatchObject({ status: 422, json: { field: 'pushes.account' } })
})

it('so many pushes as are expected came; else it says what came, and where it differs', async () => {
  const { http, acme, li } = await startTalk()
  const openid = li.openidAt(acme)
  const verifies = (wanted: object) => http('POST', path, wanted)
  for (const wanted of [
    { pushes: { event: 'text' }, count: 2 },
    { pushes: {} },
    { pushes: { openid, account: 'acme', state: 'pending' }, count: { min: 2 } },
    { pushes: { event: 'image' }, count: 0 },
  ])
    expect(await verifies(wanted)).toMatchObject({ status: 200, json: { ok: true } })
  const reasonOf = async (wanted: object) => {
    const { status, json } = await verifies(wanted)
    expect({ status, type: json['type'] }).toEqual({ status: 409, type: 'not_verified' })
    return String(json['reason'])
      .replaceAll(/psh_\w+/g, 'psh')
      .split('\n')
  }
  const line = `psh text of ${openid} at ${acme.appid}: pending after 0 tries (2026-01-05T01:00:00.000Z)`
  expect(await reasonOf({ pushes: { event: 'text' }, count: 1 })).toEqual([
    'expected exactly 1 with {"event":"text"}, and 2 came',
    'came, the newest first:',
    line,
    line,
  ])
  expect(await reasonOf({ pushes: { event: 'CLICK' } })).toEqual([
    'expected at least 1 with {"event":"CLICK"}, and 0 came',
    'what came nearest:',
    `${line}: event is text, not CLICK`,
    `${line}: event is text, not CLICK`,
  ])
  const both = await verifies({ pushes: {}, exchanges: {} })
  expect(both).toMatchObject({ status: 422, json: { field: 'exchanges' } })
})
