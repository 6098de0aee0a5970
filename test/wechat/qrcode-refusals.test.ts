import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { startChanged } from './at-rest.ts'
import { acmesClient, bodyOf, errcodeOf, refusalOf, tablesOf } from './client.ts'

const path = '/cgi-bin/qrcode/create'

const byId = (scene_id: unknown) => ({ action_info: { scene: { scene_id } } })
const byText = (scene_str: unknown) => ({ action_info: { scene: { scene_str } } })
const temporary = { action_name: 'QR_SCENE', ...byId(7) }
const permanent = { action_name: 'QR_LIMIT_STR_SCENE', ...byText('gate-3') }

async function start() {
  const sim = await startSim()
  const client = await acmesClient(sim)
  return { ...sim, client, makes: (body: unknown) => client.post(path, body) }
}

const texts = {
  40052: 'invalid action name',
  40053: 'invalid action info, please check document',
  44002: 'empty post data',
  47001: 'data format error',
}

// biome-ignore format: one way a line
const rows: readonly { when: string; errcode: keyof typeof texts; body: unknown }[] = [
  { when: 'nothing is said', errcode: 40052, body: {} },
  { when: 'the action is unknown', errcode: 40052, body: { ...temporary, action_name: 'QR' } },
  { when: 'the action is an object’s own', errcode: 40052, body: { action_name: 'toString' } },
  { when: 'the action is no text', errcode: 40052, body: { ...temporary, action_name: ['QR_SCENE'] } },
  { when: 'the body has single quotes', errcode: 40052, body: "{'action_name':'QR_SCENE'}" },
  { when: 'there is no action_info', errcode: 40053, body: { action_name: 'QR_SCENE' } },
  { when: 'there is no scene', errcode: 40053, body: { action_name: 'QR_SCENE', action_info: {} } },
  { when: 'the scene is null', errcode: 40053, body: { action_name: 'QR_SCENE', action_info: { scene: null } } },
  { when: 'the number is 0', errcode: 40053, body: { ...temporary, ...byId(0) } },
  { when: 'the number is below 0', errcode: 40053, body: { ...temporary, ...byId(-1) } },
  { when: 'the number has 33 bits', errcode: 40053, body: { ...temporary, ...byId(0x1_0000_0000) } },
  { when: 'the number is broken', errcode: 40053, body: { ...temporary, ...byId(1.5) } },
  { when: 'the number is a text', errcode: 40053, body: { ...temporary, ...byId('7') } },
  { when: 'a permanent number is over 100,000', errcode: 40053, body: { action_name: 'QR_LIMIT_SCENE', ...byId(100_001) } },
  { when: 'a text is wanted and a number given', errcode: 40053, body: { action_name: 'QR_STR_SCENE', ...byId(7) } },
  { when: 'the text is empty', errcode: 40053, body: { action_name: 'QR_STR_SCENE', ...byText('') } },
  { when: 'the text has 65 characters', errcode: 40053, body: { ...permanent, ...byText('s'.repeat(65)) } },
  { when: 'the text has a NUL', errcode: 40053, body: { ...permanent, ...byText('\0') } },
  { when: 'expire_seconds is no number', errcode: 47001, body: { ...temporary, expire_seconds: 'x' } },
  { when: 'there is no body', errcode: 44002, body: '' },
]

describe('a code is refused', () => {
  it.each(rows)('with $errcode when $when, and none is made', async ({ body, errcode }) => {
    const { makes, world } = await start()
    const before = await tablesOf(world)
    expect(refusalOf(await makes(body))).toEqual({ errcode, errmsg: texts[errcode] })
    expect(await tablesOf(world)).toEqual(before)
  })

  it('with 45029 when the account has 100,000 permanent ones; what is there is still answered', async () => {
    const sim = await startChanged(
      ({ acme }) => `
      insert into scene_code (epoch, ticket, appid, action, scene, path, expires_at, created_at)
      with recursive nth (n) as (select 1 union all select n + 1 from nth where n < 100000)
      select epoch, printf('gQ%d', nth.n), appid, 'QR_LIMIT_SCENE', printf('%d', nth.n), printf('%d', nth.n), null, created_at
      from nth, official_account where appid = '${acme.appid}'`,
    )
    const client = await acmesClient(sim)
    expect(refusalOf(await client.post(path, permanent))).toEqual({
      errcode: 45029,
      errmsg: 'qrcode count out of limit',
    })
    expect(errcodeOf(await client.post(path, temporary))).toBe(0)
    const known = { action_name: 'QR_LIMIT_SCENE', ...byId(9) }
    expect(bodyOf(await client.post(path, known))).toMatchObject({ ticket: 'gQ9' })
  })

  it.each([
    { kind: 'service', verified: true, errcode: 0 },
    { kind: 'service', verified: false, errcode: 48001 },
    { kind: 'subscription', verified: true, errcode: 48001 },
    { kind: 'sandbox', verified: false, errcode: 0 },
  ])('or not as $kind, verified: $verified ($errcode)', async ({ errcode, ...change }) => {
    const { makes, world, acme } = await start()
    await world.call('official_account.update', { appid: acme.appid, ...change })
    expect(errcodeOf(await makes(temporary))).toBe(errcode)
  })
})
