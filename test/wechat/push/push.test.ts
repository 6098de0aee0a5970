import { describe, expect, it } from 'vitest'
import { isSignature } from '../../../src/wechat/push/crypto.ts'
import { onBoth } from '../../database.ts'
import { startSim } from '../../sim.ts'
import { aes_key, type Got, PushServer, startPushed, textIn, textReply, token } from './server.ts'

const officials = '/_sim/v1/worlds/test/official-accounts'

describe('the server of an official account', () => {
  it('is kept when it answers the look at it, shown, and taken away by null', async () => {
    const { world, acme, server } = await startPushed('aes')
    const appid = acme.appid
    const shown = { server: { url: server.url, mode: 'aes', aes_key, verified: true } }
    expect(await world.call('official_account.get', { appid })).toMatchObject(shown)
    await world.call('official_account.update', { appid, server: null })
    expect(await world.call('official_account.get', { appid })).toMatchObject({ server: null })
  })

  it('is not kept when it answers otherwise: 422 says what came', async () => {
    const { http, acme, world } = await startSim()
    const server = await new PushServer('another').start()
    const update = (url: string) =>
      http('PATCH', `${officials}/${acme.appid}`, { server: { url, token } })
    expect((await update(server.url)).json).toMatchObject({
      status: 422,
      field: 'server.url',
      reason: expect.stringContaining('403 with "no"'),
    })
    const nobody = await update('http://127.0.0.1:9/')
    expect(nobody.json).toMatchObject({ status: 422, reason: expect.stringContaining('connect') })
    const forbidden = await update('http://169.254.169.254/')
    expect(forbidden.json).toMatchObject({ status: 422, field: 'server.url' })
    expect(await world.call('official_account.get', { appid: acme.appid })).toMatchObject({
      server: null,
    })
    const { items } = (await world.call('exchange.list', { surface: 'push' })) as {
      items: object[]
    }
    expect(items).toMatchObject([{ status: 0 }, { status: 403 }])
  })

  it('may stand in the body of a world: it is not looked at, and pushed to all the same', async () => {
    const server = await new PushServer(token).start()
    const accounts = [{ key: 'acme', server: { url: server.url, token } }]
    const { world, li, acme } = await startSim({ world: { accounts } })
    expect(await world.call('official_account.get', { appid: acme.appid })).toMatchObject({
      server: { url: server.url, token, mode: 'plain', verified: false },
    })
    await li.writes(acme, '你好')
    await world.call('clock.advance', { by: 'PT0S' })
    expect(server.got).toHaveLength(1)
  })
})

onBoth('a push', (database) => {
  it('is signed and laid out as recorded, and its answer stands on the phone', async () => {
    const sim = await startPushed('plain', { database })
    const { li, acme, server, settle, world } = sim
    server.answer = (got) => ({ body: textReply(got, '三楼 ]] >') })
    await li.writes(acme, '几楼？]]>👍🏽')
    await settle()
    const [got] = server.got
    const of = (name: string) => got?.query.get(name) ?? ''
    expect([...(got?.query.keys() ?? [])]).toEqual(['signature', 'timestamp', 'nonce', 'openid'])
    expect(isSignature(of('signature'), token, of('timestamp'), of('nonce'))).toBe(true)
    expect(of('openid')).toBe(li.openidAt(acme))
    expect(got?.headers).toMatchObject({ 'content-type': 'text/xml', 'user-agent': 'Mozilla/4.0' })
    const { messages } = await li.chat(acme)
    const { original_id } = (await world.call('official_account.get', { appid: acme.appid })) as {
      original_id: string
    }
    expect(got?.body).toBe(`<xml><ToUserName><![CDATA[${original_id}]]></ToUserName>
<FromUserName><![CDATA[${li.openidAt(acme)}]]></FromUserName>
<CreateTime>1767574800</CreateTime>
<MsgType><![CDATA[text]]></MsgType>
<Content><![CDATA[几楼？]]]]><![CDATA[>👍🏽]]></Content>
<MsgId>${messages[0]?.msgid_str}</MsgId>
</xml>`)
    expect(messages).toMatchObject([
      { from: 'person', content: { content: '几楼？]]>👍🏽' } },
      { from: 'account', content: { type: 'text', content: '三楼 ]] >' } },
    ])
    expect((await li.phone()).unread).toBe(1)
  })

  it('is tried three times with the same MsgId, five seconds apart, and then the person reads why nothing came', async () => {
    const { li, acme, server, settle } = await startPushed('plain', { database })
    const answers = [{ status: 500 }, { hangUp: true }, { status: 302 }]
    server.answer = () => answers.shift() ?? {}
    await li.writes(acme, '在吗')
    for (const count of [1, 2, 3]) {
      await settle(count === 1 ? 'PT0S' : 'PT5S')
      expect(server.got).toHaveLength(count)
      expect((await li.chat(acme)).messages).toHaveLength(count === 3 ? 2 : 1)
    }
    await settle('PT1H')
    expect(server.got).toHaveLength(3)
    expect(new Set(server.got.map(({ body }) => body)).size).toBe(1)
    expect(new Set(server.got.map(({ query }) => query.get('nonce'))).size).toBe(3)
    expect((await li.chat(acme)).messages.at(-1)).toMatchObject({
      from: 'account',
      content: { type: 'notice', content: '该公众号提供的服务出现故障，请稍后再试' },
    })
  })
})

describe('what is pushed', () => {
  it('is what people do: they follow, by a scene too, scan, tap, and leave', async () => {
    const { han, acme, server, settle, world } = await startPushed()
    await han.follows(acme)
    await settle()
    await han.unfollows(acme)
    await settle()
    await world.call('phone.follow', { person: 'han', account: 'acme', scene: 'desk-7' })
    await settle()
    await han.taps(acme, '入职登记')
    await settle()
    expect(server.got.map((got) => [textIn(got, 'Event'), textIn(got, 'EventKey')])).toEqual([
      ['subscribe', ''],
      ['unsubscribe', ''],
      ['subscribe', 'qrscene_desk-7'],
      ['VIEW', acme.info.register_url],
    ])
    expect(textIn(server.got[2] as Got, 'Ticket')).toMatch(/^gQ/)
    expect(server.got[3]?.body).toMatch(/<MenuId>4\d{8}<\/MenuId>\n<\/xml>$/)
  })
})
