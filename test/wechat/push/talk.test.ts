import { describe, expect, it } from 'vitest'
import { PlainBrowser } from '../../phone/browser.ts'
import { acmesClient, errcodeOf } from '../client.ts'
import { startPushed } from './server.ts'

async function startTalk() {
  const sim = await startPushed()
  const client = await acmesClient(sim)
  const { li, acme } = sim
  await li.writes(acme, '在吗')
  await sim.settle()
  sim.server.got.splice(0)
  const touser = li.openidAt(acme)
  const path = '/cgi-bin/message/custom'
  const says = async (msgtype: string, what: object) =>
    errcodeOf(await client.post(`${path}/send`, { touser, msgtype, [msgtype]: what }))
  const types = async (command: string) =>
    errcodeOf(await client.post(`${path}/typing`, { touser, command }))
  const browser = new PlainBrowser(sim.http)
  const page = `/w/${sim.world.name}/phone/li/chat/${acme.appid}`
  return { ...sim, client, says, types, browser, page }
}

describe('a menu in the conversation', () => {
  it('is answered by a tap, which writes the text of its item with its id', async () => {
    const { says, browser, page, server, settle, li, acme } = await startTalk()
    const list = [
      { id: '101', content: '满意' },
      { id: 'no', content: '不满意' },
    ]
    expect(await says('msgmenu', { head_content: '满意吗？', list })).toBe(0)
    const { messages } = await li.chat(acme)
    const msgid = messages.at(-1)?.msgid_str
    await browser.opens(page)
    await browser.presses(`choose-${msgid}-0`)
    await browser.presses(`choose-${msgid}-1`)
    await settle()
    const parts = server.got.map(({ body }) => body.slice(body.indexOf('<Content>')))
    expect(parts).toEqual([
      expect.stringMatching(
        /^<Content><!\[CDATA\[满意\]\]><\/Content>\n<MsgId>\d{19}<\/MsgId>\n<bizmsgmenuid>101<\/bizmsgmenuid>\n<\/xml>$/,
      ),
      expect.stringContaining('<bizmsgmenuid><![CDATA[no]]></bizmsgmenuid>'),
    ])
    expect((await li.chat(acme)).messages.at(-2)).toMatchObject({
      from: 'person',
      content: { type: 'text', content: '满意', bizmsgmenuid: '101' },
    })
  })

  it('may stand in a text as links, which write what they say', async () => {
    const { says, browser, page, server, settle, li, acme } = await startTalk()
    const link = 'weixin://bizmsgmenu?msgmenucontent=%E6%BB%A1%E6%84%8F&msgmenuid=7'
    expect(await says('text', { content: `请评价：<a href="${link}">很好</a>` })).toBe(0)
    const msgid = (await li.chat(acme)).messages.at(-1)?.msgid_str
    await browser.opens(page)
    expect(browser.text).toContain('很好')
    await browser.presses(`choose-${msgid}-1`)
    await settle()
    expect(server.got[0]?.body).toContain('<Content><![CDATA[满意]]></Content>')
    expect(server.got[0]?.body).toContain('<bizmsgmenuid>7</bizmsgmenuid>')
  })

  it('leaves no trace in a text that is written by hand', async () => {
    const { li, acme, server, settle } = await startTalk()
    await li.writes(acme, '满意')
    await settle()
    expect(server.got[0]?.body).not.toContain('bizmsgmenuid')
  })
})

describe('that the account types', () => {
  it('stands on the phone for fifteen seconds', async () => {
    const { types, browser, page, li, acme, world } = await startTalk()
    const shows = async () => {
      const { typing } = await li.chat(acme)
      await browser.opens(page)
      return [typing, browser.text.includes('Typing…')]
    }
    expect(await shows()).toEqual([false, false])
    expect(await types('Typing')).toBe(0)
    expect(await shows()).toEqual([true, true])
    await world.advance('PT14S')
    expect(await shows()).toEqual([true, true])
    await world.advance('PT1S')
    expect(await shows()).toEqual([false, false])
  })

  it.each([
    { how: 'when it is taken back', ends: 'CancelTyping' },
    { how: 'with the next message', ends: 'message' },
  ])('ends $how', async ({ ends }) => {
    const { types, says, li, acme } = await startTalk()
    await types('Typing')
    if (ends === 'message') await says('text', { content: '三楼' })
    else await types(ends)
    expect((await li.chat(acme)).typing).toBe(false)
    expect(await types('Typing')).toBe(0)
    expect((await li.chat(acme)).typing).toBe(true)
  })
})

describe('the settings of notifications', () => {
  async function startAsked() {
    const talk = await startTalk()
    const add = { tid: '1101', kidList: [1, 2, 5], sceneDesc: '面试' }
    const added = await talk.client.post('/wxaapi/newtmpl/addtemplate', add)
    const template_id = String(added.json['priTmplId'])
    const answers = (accept: boolean, by?: string) =>
      talk.world.call('phone.subscribe', {
        person: 'li',
        account: 'acme',
        template_id,
        accept,
        ...(by && { by }),
      })
    return { ...talk, template_id, answers }
  }

  it('push a refusal alone, in a group of its own', async () => {
    const { template_id, answers, server, settle } = await startAsked()
    await answers(true)
    expect(await answers(false, 'settings')).toMatchObject({ answer: 'reject', sends_left: 0 })
    expect(await answers(true, 'settings')).toMatchObject({ answer: 'accept', sends_left: 0 })
    await settle()
    const [popup, change, ...more] = server.got.map(({ body }) => body)
    expect(popup).toContain('subscribe_msg_popup_event')
    expect(change?.slice(change.indexOf('<Event>'))).toBe(
      '<Event><![CDATA[subscribe_msg_change_event]]></Event>\n<SubscribeMsgChangeEvent>' +
        `<List><TemplateId><![CDATA[${template_id}]]></TemplateId>\n` +
        '<SubscribeStatusString><![CDATA[reject]]></SubscribeStatusString>\n</List>\n</SubscribeMsgChangeEvent>\n</xml>',
    )
    expect(more).toEqual([])
  })

  it('are a button of the account’s page, once something is allowed; sends are refused from then on', async () => {
    const { template_id, answers, browser, world, acme, client, li, server, settle } =
      await startAsked()
    const page = `/w/${world.name}/phone/li/account/${acme.appid}`
    await browser.opens(page)
    expect(browser.text).not.toContain('Turn off in settings')
    await answers(true)
    await settle()
    server.got.splice(0)
    await browser.opens(page)
    const form = browser.forms().find(({ html }) => html.includes('Turn off in settings'))
    await browser.sends(form?.action ?? '', form?.fields ?? {})
    expect(browser.text).not.toContain('Turn off in settings')
    await settle()
    expect(server.got.map(({ body }) => body.includes('subscribe_msg_change_event'))).toEqual([
      true,
    ])
    const touser = li.openidAt(acme)
    const send = { touser, template_id, data: {} }
    expect(errcodeOf(await client.post('/cgi-bin/message/subscribe/bizsend', send))).toBe(43101)
  })
})
