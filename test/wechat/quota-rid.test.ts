import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { type Answer, first_instant, type StartOptions, startSim } from '../sim.ts'
import { acmesClient, bodyOf, errcodeOf, initechsClient, refusalOf, tablesOf } from './client.ts'

const path = '/cgi-bin/openapi/rid/get'
const sends = '/cgi-bin/message/template/send'

async function start(options: StartOptions = {}) {
  const sim = await startSim(options)
  const client = await acmesClient(sim)
  const asks = (rid: unknown) => client.post(path, { rid })
  /** What is told of the call of a refusal. */
  const told = async (answer: Pick<Answer, 'text'>) => bodyOf(await asks(ridIn(answer)))['request']
  return { ...sim, client, asks, told }
}

/** The rid at the end of a refusal. */
function ridIn({ text }: Pick<Answer, 'text'>): string {
  return /rid: ([\w-]{26})"/.exec(text)?.[1] ?? ''
}

onEither('openapi/rid/get', (database) => {
  it('answers what a refused call was, byte by byte, for seven days', async () => {
    const { client, world, asks } = await start({ database })
    const { token } = client
    const body = '{ "touser" : "李雷", "url":"https:\\/\\/hr.example.com" }'
    const refused = await client.sends(body)
    await world.advance('P7D')
    await client.signsIn()
    expect(bodyOf(await asks(ridIn(refused)))).toEqual({
      errcode: 0,
      errmsg: 'ok',
      request: {
        invoke_time: Date.parse('2026-01-05T01:00:00Z') / 1000,
        cost_in_ms: 0,
        request_url: `access_token=${token}`,
        request_body: body,
        response_body: refused.text,
        client_ip: '127.0.0.1',
      },
    })
    await world.advance('PT1S')
    expect(refusalOf(await asks(ridIn(refused)))).toEqual({
      errcode: 76004,
      errmsg: 'rid time is error',
    })
  })

  it('tells apart the calls of one millisecond, and those of one second', async () => {
    const { client, world, told } = await start({ database })
    const refused: Answer[] = []
    for (let n = 0; n < 12; n++) {
      refused.push(await client.sends({ touser: `nobody ${n}` }))
      if (n % 4 === 3) await world.advance('PT0.007S')
    }
    for (const [n, answer] of refused.entries()) {
      expect(await told(answer)).toMatchObject({
        request_body: `{"touser":"nobody ${n}"}`,
        response_body: answer.text,
      })
    }
  })

  it('tells the call that TUPU made for a platform, by the rid that was passed on', async () => {
    const { told, platform, acme, wang } = await start({ database })
    await wang.unfollows(acme)
    const refused = await platform.sends(acme, { mobile: wang.mobile })
    expect(refused).toMatchObject({ errcode: 43004 })
    const request = await told({ text: JSON.stringify(refused) })
    expect(request).toMatchObject({
      request_url: '',
      response_body: JSON.stringify(refused),
      request_body: expect.stringContaining(`"touser":"${wang.openidAt(acme)}"`),
    })
  })
})

describe('a call that is told of', () => {
  it('shows a secret as stars, in query, JSON and form, and nothing else so', async () => {
    const { http, client, told } = await start()
    const { appid } = client.account
    const grant_type = 'client_credential'
    const fields = { grant_type, appid, secret: 'my "secret' }
    const query = new URLSearchParams(fields)
    const masked = `grant_type=${grant_type}&appid=${appid}&secret=********`
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
    expect(await told(await http('GET', `/cgi-bin/token?${query}`))).toMatchObject({
      request_url: masked,
      request_body: '',
    })
    expect(await told(await http('POST', '/cgi-bin/token', `${query}`, form))).toMatchObject({
      request_url: '',
      request_body: masked,
    })
    expect(await told(await http('POST', '/cgi-bin/stable_token', fields))).toMatchObject({
      request_body: JSON.stringify({ ...fields, secret: '********' }),
    })
    const by_secret = { appid, appsecret: 'wrong' }
    expect(await told(await http('POST', '/cgi-bin/clear_quota/v2', by_secret))).toMatchObject({
      request_body: JSON.stringify({ appid, appsecret: '********' }),
    })
  })

  it('is found below the path of its world and by the name of WeChat’s host', async () => {
    const { http, client, told, world } = await start()
    const base = `/w/${world.name}/api.weixin.qq.com`
    const refused = await http('POST', `${base}${sends}?access_token=${client.token}`, {})
    expect(await told(refused)).toMatchObject({
      request_url: `access_token=${client.token}`,
      request_body: '{}',
    })
  })
})

describe('a rid', () => {
  it.each([
    { rid: undefined, errcode: 76002, errmsg: 'rid is error' },
    { rid: '', errcode: 76002, errmsg: 'rid is error' },
    { rid: 'rid: 695b0d10-00000000-00000000', errcode: 76002 },
    { rid: '695b0d10-0000000-00000000', errcode: 76002 },
    { rid: 7, errcode: 47001 },
    { rid: '695b0d10-00000000-00000000', errcode: 76001, errmsg: 'rid not found' },
    { rid: '695b0d10-ffffffff-ffffffff', errcode: 76001 },
    // Seven days and a second before, and a second ahead.
    { rid: '6951d28f-00000000-00000000', errcode: 76004, errmsg: 'rid time is error' },
    { rid: '695b0d11-00000000-00000000', errcode: 76004 },
  ])('$rid gets $errcode, and nothing else happens', async ({ rid, ...refusal }) => {
    const { asks, world } = await start()
    const before = await tablesOf(world)
    expect(refusalOf(await asks(rid))).toMatchObject(refusal)
    expect(await tablesOf(world)).toEqual(before)
  })

  it('of another account gets 76003, and so does one of a call that nobody owns', async () => {
    const sim = await start()
    const { client: other } = await initechsClient(sim)
    const theirs = await other.sends({})
    const no = { errcode: 76003, errmsg: 'could not query this rid,no permission' }
    expect(refusalOf(await sim.asks(ridIn(theirs)))).toEqual(no)
    const nobodys = await sim.http('GET', `/w/test/cgi-bin/user/get?access_token=unknown`)
    expect(errcodeOf(nobodys)).toBe(40001)
    expect(refusalOf(await sim.asks(ridIn(nobodys)))).toEqual(no)
    const { platform, acme, wang } = sim
    await wang.unfollows(acme)
    const refused = JSON.stringify(await platform.sends(acme, { mobile: wang.mobile }))
    expect(refusalOf(await other.post(path, { rid: ridIn({ text: refused }) }))).toEqual(no)
  })

  it('of web OAuth gets 76022, and one of another world 76001', async () => {
    const { asks, http, sim } = await start()
    const web = await http('GET', '/w/test/sns/auth')
    expect(errcodeOf(web)).toBe(41001)
    expect(refusalOf(await asks(ridIn(web)))).toMatchObject({ errcode: 76022 })
    const clock = { mode: 'frozen', now: first_instant } as const
    const other = await sim.world({ name: 'other', clock })
    const stray = await http('GET', `/w/${other.name}/cgi-bin/token`)
    expect(refusalOf(await asks(ridIn(stray)))).toMatchObject({ errcode: 76001 })
  })

  it('of a refusal that is TUPU’s own gets 76001: there is none', async () => {
    const { asks, platform, acme, world } = await start()
    expect(await platform.sends(acme, { mobile: '19900043004' })).toMatchObject({ errcode: 43004 })
    const [message] = await world.messages()
    const rid = /[\w-]{26}$/.exec(message?.answer.errmsg ?? '')?.[0]
    expect(rid).toBeDefined()
    expect(refusalOf(await asks(rid))).toMatchObject({ errcode: 76001 })
  })
})
