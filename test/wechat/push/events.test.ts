import { describe, expect, it } from 'vitest'
import { isSignature, signatureOf } from '../../../src/wechat/push/crypto.ts'
import { onEither } from '../../database.ts'
import { dump, revealed, startErasing } from '../../journal/erasure.ts'
import { acmesClient } from '../client.ts'
import { aes_key, type Got, PushServer, startPushed, textIn, textReply, token } from './server.ts'

interface Push {
  readonly push: string
  readonly event: string
  readonly state: string
  readonly answer: string | null
  readonly last_error: string | null
}

async function pushesOf(
  world: { call(id: string, input?: object): Promise<unknown> },
  filter = {},
) {
  return ((await world.call('push.list', filter)) as { items: Push[] }).items
}

describe('what became of a message', () => {
  it.each([
    { what: 'block', status: undefined, text: 'failed:user block' },
    { what: 'follow', status: undefined, text: 'success' },
    { what: 'follow', status: 'system_failed', text: 'failed: system failed' },
  ])('is pushed once as $text', async ({ what, status, text }) => {
    const { world, acme, wang, platform, server, settle } = await startPushed()
    await world.call('official_account.update', { appid: acme.appid, delivery: 'manual' })
    if (!status)
      await world.call('official_account.update', { appid: acme.appid, delivery: 'PT2S' })
    if (what === 'block') await wang.blocks(acme)
    const { msgid_str } = await platform.sends(acme, { mobile: wang.mobile })
    if (status) await world.call('message.receipt', { message: msgid_str, status })
    await settle('PT2S')
    const got = server.got.filter((one) => textIn(one, 'Event') === 'TEMPLATESENDJOBFINISH')
    expect(got.map((one) => [textIn(one, 'MsgID'), textIn(one, 'Status')])).toEqual([
      [msgid_str, text],
    ])
    expect(got[0]?.body).toContain(
      `<MsgID>${msgid_str}</MsgID>\n<Status><![CDATA[${text}]]></Status>\n</xml>`,
    )
  })

  it('is pushed at once where its receipt comes at once, of sends past TUPU too', async () => {
    const { http, acme, wang, server, settle } = await startPushed()
    const client = await acmesClient({ http, acme })
    const { template_id = '' } = acme.info
    await client.sends({ touser: wang.openidAt(acme), template_id, data: {} })
    await settle()
    expect(server.got.map((got) => textIn(got, 'Status'))).toEqual(['success'])
  })
})

describe('people', () => {
  it('scan, send pictures and places, and open the conversation of an account that asks for their place', async () => {
    const { http, world, acme, li, server, settle } = await startPushed()
    await world.call('official_account.update', { appid: acme.appid, report_location: 'on' })
    const client = await acmesClient({ http, acme })
    const made = await client.post('/cgi-bin/qrcode/create', {
      action_name: 'QR_LIMIT_STR_SCENE',
      action_info: { scene: { scene_str: 'desk' } },
    })
    await li.scans(made.json['url'] as never)
    await world.call('phone.image', { person: 'li', url: 'https://img.test/a.jpg' })
    await world.call('phone.location', {
      person: 'li',
      latitude: 31.2,
      longitude: '121.4',
      label: '前台',
    })
    await li.reads(acme)
    await settle()
    const [scan, image, place, where] = server.got
    expect(scan?.body).toContain(
      `<Event><![CDATA[SCAN]]></Event>\n<EventKey><![CDATA[desk]]></EventKey>\n<Ticket><![CDATA[${made.json['ticket']}]]></Ticket>\n</xml>`,
    )
    expect(image?.body).toMatch(
      /<PicUrl><!\[CDATA\[https:\/\/img.test\/a.jpg\]\]><\/PicUrl>\n<MsgId>\d{19}<\/MsgId>\n<MediaId><!\[CDATA\[[\w-]{64}\]\]>/,
    )
    expect(place?.body).toMatch(
      /<Location_X>31\.200000<\/Location_X>\n<Location_Y>121\.400000<\/Location_Y>\n<Scale>16<\/Scale>\n<Label><!\[CDATA\[前台\]\]><\/Label>\n<MsgId>\d+/,
    )
    expect(where?.body).toMatch(
      /<Event><!\[CDATA\[LOCATION\]\]><\/Event>\n<Latitude>31\.\d{6}<\/Latitude>\n<Longitude>121\.\d{6}<\/Longitude>\n<Precision>25\.000000/,
    )
  })
})

describe('a conversation that is opened on the phone', () => {
  it('tells where its person is, once for each time that somebody comes to it', async () => {
    const { http, world, acme, server, settle } = await startPushed()
    const page = `/w/${world.name}/phone/li/chat/${acme.appid}`
    const opens = async (headers: Record<string, string> = {}) => {
      expect((await http('GET', page, undefined, headers)).status).toBe(200)
      await settle()
      return server.got.splice(0).map((got) => textIn(got, 'Event'))
    }
    expect(await opens()).toEqual([])
    await world.call('official_account.update', { appid: acme.appid, report_location: 'on' })
    expect(await opens()).toEqual(['LOCATION'])
    const origin = 'http://localhost'
    expect(await opens({ referer: `${origin}/w/${world.name}/phone/li` })).toEqual(['LOCATION'])
    // A form of the page leads back to it; the script looks anew; a browser looks ahead.
    expect(await opens({ referer: `${origin}${page}?said=tapped&button=0` })).toEqual([])
    expect(await opens({ 'sec-fetch-dest': 'empty' })).toEqual([])
    expect(await opens({ 'sec-purpose': 'prefetch' })).toEqual([])
  })

  it('of somebody who does not follow tells nothing', async () => {
    const { http, world, acme, server, settle } = await startPushed()
    await world.call('official_account.update', { appid: acme.appid, report_location: 'on' })
    await http('GET', `/w/${world.name}/phone/han/chat/${acme.appid}`)
    await settle()
    expect(server.got).toEqual([])
  })
})

describe('an answer', () => {
  it('that is illegal is told at once to whoever waits for one, and to nobody else', async () => {
    const { world, acme, li, server, settle } = await startPushed()
    server.answer = () => ({ body: '"success"' })
    await li.writes(acme, '在吗')
    await li.taps(acme, '入职登记')
    await settle('PT1H')
    expect(server.got).toHaveLength(2)
    expect((await li.chat(acme)).messages).toMatchObject([
      { from: 'person' },
      { content: { type: 'notice' } },
    ])
    const error = expect.stringContaining('illegal answer: it is neither XML nor success')
    expect(await pushesOf(world)).toMatchObject([
      { event: 'text', state: 'failed', last_error: error, answer: null },
      { event: 'VIEW', state: 'failed', last_error: error },
    ])
  })

  it('to what nobody waits for is taken, and stands nowhere', async () => {
    const { world, acme, li, server, settle } = await startPushed()
    server.answer = (got) => ({ body: textReply(got, '谢谢') })
    await li.taps(acme, '入职登记')
    await settle()
    expect((await li.chat(acme)).messages).toEqual([])
    expect(await pushesOf(world)).toMatchObject([{ state: 'delivered', answer: 'text' }])
  })
})

describe('push.redeliver', () => {
  it('pushes the same message once more, with all tries, and push.get says where it stands', async () => {
    const { world, acme, li, server, settle } = await startPushed()
    server.answer = () => ({ status: 500 })
    await li.writes(acme, '在吗')
    await settle('PT1M')
    server.answer = () => ({ body: 'success' })
    const [failed] = await pushesOf(world, { state: 'failed', account: 'acme' })
    expect(failed).toMatchObject({ tries: 3, tries_left: 0, last_status: 500, due_at: null })
    await world.call('push.redeliver', { push: failed?.push ?? '' })
    await settle()
    expect(await world.call('push.get', { push: failed?.push ?? '' })).toMatchObject({
      state: 'delivered',
      tries: 4,
      answer: 'nothing',
      xml: server.got[0]?.body,
    })
    expect(new Set(server.got.map(({ body }) => body)).size).toBe(1)
    await world.call('official_account.update', { appid: acme.appid, server: null })
    const again = world.call('push.redeliver', { push: failed?.push ?? '' })
    await expect(again).rejects.toThrow(/no server/)
    await expect(world.call('push.get', { push: 'psh_1' })).rejects.toThrow(/no push psh_1/)
  })
})

describe('a fault of pushes', () => {
  const fault = (more: object) => ({ surface: 'push', endpoint: 'text', ...more })

  it.each([
    { delivery: 'drop', count: 0 },
    { delivery: 'twice', count: 2 },
  ])('$delivery sends it $count times, and it counts as delivered', async ({ delivery, count }) => {
    const { world, acme, li, server, settle } = await startPushed()
    await world.call('fault.create', fault({ delivery, times: 1 }))
    server.answer = (got) => ({ body: textReply(got, '好') })
    await li.writes(acme, '在吗')
    await settle('PT1H')
    expect(server.got).toHaveLength(count)
    expect(new Set(server.got.map((got) => textIn(got, 'MsgId'))).size).toBe(Math.min(count, 1))
    expect((await li.chat(acme)).messages).toHaveLength(count === 0 ? 1 : 2)
    expect(await pushesOf(world)).toMatchObject([{ state: 'delivered' }])
  })

  it('swaps one with the next, signs it wrong, or with an old instant', async () => {
    const { world, acme, li, server, settle } = await startPushed('compat')
    const deliveries = ['swap', 'bad_signature', 'old_timestamp']
    for (const delivery of deliveries)
      await world.call('fault.create', fault({ delivery, times: 1 }))
    for (const text of ['一', '二', '三']) await li.writes(acme, text)
    await settle('PT1M')
    const sent = (got: Got) => [textIn(got, 'Content'), isRight(got)]
    expect(server.got.map(sent)).toEqual([
      ['二', false],
      ['一', true],
      ['三', true],
    ])
    const instants = server.got.map(({ query }) => Number(query.get('timestamp')))
    expect((instants[0] ?? 0) - (instants[2] ?? 0)).toBeGreaterThan(3000)
  })

  function isRight({ query, body }: Got): boolean {
    const of = (name: string) => query.get(name) ?? ''
    const hidden = /<Encrypt><!\[CDATA\[(.*)\]\]><\/Encrypt>/.exec(body)?.[1] ?? ''
    const proof = [token, of('timestamp'), of('nonce')]
    const isPlain = isSignature(of('signature'), ...proof)
    return isPlain && of('msg_signature') === signatureOf(...proof, hidden)
  }

  it('names only events that there are', async () => {
    const { world } = await startPushed()
    const made = world.call('fault.create', {
      surface: 'push',
      endpoint: 'SUBSCRIBE',
      delivery: 'drop',
    })
    await expect(made).rejects.toThrow(/no endpoint SUBSCRIBE/)
  })
})

onEither('a withdrawal', (database) => {
  it('takes what was pushed and what was answered out of every table and the journal', async () => {
    const { world, http, acme, other } = await startErasing(database)
    const server = await new PushServer(token).start()
    server.answer = (got) => ({ body: textReply(got, '陈大文您好') })
    const set = { url: server.url, token }
    await world.call('official_account.update', { appid: acme.appid, server: set })
    const { person } = await world.register('13900139000', { name: '陈大文' })
    await world.call('phone.text', { person, account: 'acme', content: '我叫陈大文' })
    await world.call('clock.advance', { by: 'PT1S' })
    expect(JSON.stringify(await dump(other))).toMatch(/陈大文您好/)
    await world.call('association.withdraw', { mobile: '13900139000' })
    expect(JSON.stringify([await dump(other), await revealed(http)])).not.toMatch(/陈大文/)
    expect(await pushesOf(world)).toMatchObject([
      { state: 'delivered', xml: expect.stringContaining('<Content><![CDATA[***]]></Content>') },
    ])
  })

  it('takes what was scanned, chosen and told of a place out of events, in every mode', async () => {
    const { world, http, acme, other } = await startErasing(database)
    const server = await new PushServer(token).start()
    const set = { url: server.url, token, aes_key, mode: 'aes' }
    const { appid } = acme
    await world.call('official_account.update', { appid, server: set, report_location: 'on' })
    const { json } = await http('POST', '/cgi-bin/stable_token', {
      grant_type: 'client_credential',
      appid,
      secret: acme.info.app_secret,
    })
    const button = [
      { type: 'scancode_push', name: '扫', key: 'SIGN' },
      { type: 'location_select', name: '选', key: 'WHERE' },
    ]
    await http('POST', `/cgi-bin/menu/create?access_token=${json['access_token']}`, { button })
    const { person } = await world.register('13900139000', { name: '陈大文' })
    const tap = { person, account: 'acme', label: '陈大文家', scanned: '陈大文的码' }
    await world.call('phone.tap', { ...tap, button: '扫' })
    await world.call('phone.tap', { ...tap, button: '选' })
    await http('GET', `/w/${world.name}/phone/${person}/chat/${appid}`)
    await world.call('clock.advance', { by: 'PT1S' })
    const told = JSON.stringify([await dump(other), await revealed(http)])
    expect(told).toMatch(/陈大文的码/)
    expect(told).toMatch(/陈大文家/)
    const place = /<Latitude>(31\.\d{6})/.exec(told)?.[1] ?? ''
    expect(place).not.toBe('')
    await world.call('association.withdraw', { mobile: '13900139000' })
    const left = JSON.stringify([await dump(other), await revealed(http)])
    expect(left).not.toMatch(/陈大文/)
    expect(left).not.toContain(place)
    const pushes = await pushesOf(world)
    expect(pushes.map(({ event }) => event)).toContain('LOCATION')
    expect(pushes.at(-1)).toMatchObject({
      event: 'LOCATION',
      xml: expect.stringContaining('<Latitude>***</Latitude>'),
    })
  })
})
