import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { acmesClient, bodyOf, errcodeOf, refusalOf, tablesOf } from './client.ts'
import { startPushed, textIn } from './push/server.ts'

const ok = '{"errcode":0,"errmsg":"ok"}'
const bizsend = '/cgi-bin/message/subscribe/bizsend'
const once = '/cgi-bin/message/template/subscribe'
const nobody = 'oAbCdEfGhIjKlMnOpQrStUvWxYz0'
const data = {
  thing1: { value: '产品经理' },
  time2: { value: '2026年1月8日 14:00' },
  phone_number5: { value: 13800138000 },
}

async function start(database?: DatabaseName) {
  const sim = await startSim(database ? { database } : {})
  const client = await acmesClient(sim)
  const { world, acme, li } = sim
  const touser = li.openidAt(acme)
  const newtmpl = (call: string, body: unknown) => client.post(`/wxaapi/newtmpl/${call}`, body)
  const adds = async (tid: unknown = '1101', kidList: unknown = [1, 2, 5]) =>
    String(bodyOf(await newtmpl('addtemplate', { tid, kidList, sceneDesc: '面试' }))['priTmplId'])
  const answers = (template_id: string, accept: boolean, more: object = {}) =>
    world.call('phone.subscribe', { person: 'li', account: 'acme', template_id, accept, ...more })
  const asked = async () =>
    (await world.call('phone.subscriptions', { person: 'li', account: 'acme' })) as {
      subscriptions: { template_id: string; title: string; answers: object[] }[]
    }
  const fixed = async () => (await asked()).subscriptions[0]?.template_id ?? ''
  const sends = (template_id: string, more: object = {}) =>
    client.post(bizsend, { touser, template_id, page: 'https://hr.example.com/', data, ...more })
  return { ...sim, client, touser, newtmpl, adds, answers, asked, fixed, sends }
}

onEither('templates of subscription notifications', (database) => {
  it('are looked up by category and title, added, listed and deleted', async () => {
    const { client, newtmpl } = await start(database)
    const get = async (call: string, query = {}) =>
      bodyOf(await client.get(`/wxaapi/newtmpl/${call}`, query))
    expect(await get('getcategory')).toMatchObject({ errcode: 0, data: [{ id: 307 }, { id: 308 }] })
    const page = { ids: '307,308', start: '6', limit: '30' }
    expect(await get('getpubtemplatetitles', page)).toEqual({
      errcode: 0,
      errmsg: 'ok',
      count: 8,
      data: [
        { tid: 1107, title: '公共就业服务通知', type: 3, categoryId: '307' },
        { tid: 1201, title: '培训课程提醒', type: 2, categoryId: '308' },
      ],
    })
    expect(await get('getpubtemplatekeywords', { tid: '1105' })).toMatchObject({
      count: 3,
      data: [{ kid: 1, rule: 'thing' }, { kid: 2, name: '实发金额', rule: 'amount' }, { kid: 3 }],
    })
    const add = { tid: 1105, kidList: [3, 2], sceneDesc: '' }
    const { priTmplId } = bodyOf(await newtmpl('addtemplate', add))
    expect(priTmplId).toMatch(/^[\w-]{43}$/)
    expect(await get('gettemplate')).toEqual({
      errcode: 0,
      errmsg: 'ok',
      data: [
        {
          priTmplId,
          title: '工资发放通知',
          content: '发放日期:{{date3.DATA}}\n实发金额:{{amount2.DATA}}\n',
          example: '发放日期:2026年2月10日\n实发金额:8765.43元\n',
          type: 2,
          keywordEnumValueList: [],
        },
      ],
    })
    expect((await newtmpl('deltemplate', { priTmplId })).text).toBe(ok)
    expect(await get('gettemplate')).toMatchObject({ data: [] })
    expect(errcodeOf(await newtmpl('deltemplate', { priTmplId }))).toBe(20001)
  })
})

onEither('a subscription notification', (database) => {
  it('arrives once for each consent, and stands on the phone with its labels', async () => {
    const { adds, answers, asked, sends, li, acme } = await start(database)
    const template_id = await adds()
    expect(errcodeOf(await sends(template_id))).toBe(43101)
    expect(await answers(template_id, true)).toMatchObject({ answer: 'accept', sends_left: 1 })
    expect(await answers(template_id, true)).toMatchObject({ sends_left: 2 })
    expect((await sends(template_id)).text).toBe(ok)
    expect((await sends(template_id)).text).toBe(ok)
    expect(refusalOf(await sends(template_id))).toEqual({
      errcode: 43101,
      errmsg: 'user refuse to accept the msg',
    })
    const message = {
      title: '面试安排通知',
      line: null,
      keywords: [
        { label: '面试职位', value: '产品经理' },
        { label: '面试时间', value: '2026年1月8日 14:00' },
        { label: '联系电话', value: '13800138000' },
      ],
      url: 'https://hr.example.com/',
    }
    expect((await li.chat(acme)).messages).toMatchObject([message, message])
    expect((await asked()).subscriptions[1]).toMatchObject({
      template_id,
      kind: 'once',
      answers: [{ answer: 'accept', sends_left: 0 }],
    })
  })

  it('of the long-term kind arrives until the consent is taken back', async () => {
    const { adds, answers, sends } = await start(database)
    const template_id = await adds(1107, [1, 2])
    const send = () =>
      sends(template_id, { data: { thing1: { value: '登记' }, phrase2: { value: '已办结' } } })
    expect(await answers(template_id, true)).toMatchObject({ sends_left: null })
    for (let n = 0; n < 3; n++) expect((await send()).text).toBe(ok)
    expect(await answers(template_id, false)).toMatchObject({ answer: 'reject', sends_left: 0 })
    expect(errcodeOf(await send())).toBe(43101)
  })
})

it('needs nobody to follow, and does not show to whoever blocks the account', async () => {
  const { adds, client, world, han, acme, li, answers, sends } = await start()
  const template_id = await adds()
  const asked = { person: 'han', account: 'acme', template_id, accept: true }
  const { openid, state } = (await world.call('phone.subscribe', asked)) as Record<string, string>
  expect(state).toBe('never')
  expect((await client.post(bizsend, { touser: openid, template_id, data })).text).toBe(ok)
  expect((await han.chat(acme)).messages).toMatchObject([{ title: '面试安排通知' }])
  await answers(template_id, true)
  await li.blocks(acme)
  expect((await sends(template_id)).text).toBe(ok)
  expect((await li.chat(acme)).messages).toEqual([])
})

it('is erased with whoever withdraws', async () => {
  const { adds, client, world, wang, acme } = await start()
  const template_id = await adds()
  const asked = { person: 'wang', account: 'acme', template_id, accept: true }
  await world.call('phone.subscribe', asked)
  const touser = wang.openidAt(acme)
  await client.post(bizsend, { touser, template_id, data })
  await world.call('association.withdraw', { openid: touser })
  const { messages } = await wang.chat(acme)
  expect(messages).toMatchObject([{ title: '面试安排通知', keywords: [{ value: '***' }, {}, {}] }])
})

describe('one-time subscription', () => {
  it('is sent once under a scene that was confirmed, whose confirmations do not add up', async () => {
    const { client, touser, answers, fixed, li, acme } = await start()
    const template_id = await fixed()
    const content = { value: '请于周四 14:00 到场' }
    const body = { touser, template_id, scene: '7', title: '面试安排', data: { content } }
    expect(errcodeOf(await client.post(once, body))).toBe(43101)
    await answers(template_id, true, { scene: 7 })
    expect(await answers(template_id, true, { scene: 7 })).toMatchObject({ sends_left: 1 })
    expect((await client.post(once, { ...body, scene: 7 })).text).toBe(ok)
    expect(errcodeOf(await client.post(once, body))).toBe(43101)
    expect((await li.chat(acme)).messages).toMatchObject([
      { title: '面试安排', line: content.value, keywords: [], url: null },
    ])
  })

  it.each([
    { when: 'the template is another', errcode: 40037, but: { template_id: 'x'.repeat(43) } },
    { when: 'there is no template', errcode: 40037, but: { template_id: undefined } },
    { when: 'the scene is too large', errcode: 40129, but: { scene: 10_001 } },
    { when: 'there is no title', errcode: 45003, but: { title: '' } },
    { when: 'the title is too long', errcode: 45003, but: { title: '一'.repeat(16) } },
    { when: 'it says nothing', errcode: 44004, but: { data: {} } },
    {
      when: 'it says too much',
      errcode: 45002,
      but: { data: { content: { value: '字'.repeat(201) } } },
    },
  ])('is refused with $errcode when $when, and keeps its consent', async ({ errcode, but }) => {
    const { client, touser, answers, fixed, world } = await start()
    const template_id = await fixed()
    await answers(template_id, true, { scene: 7 })
    const before = await tablesOf(world)
    const good = {
      touser,
      template_id,
      scene: 7,
      title: '面试',
      data: { content: { value: '请' } },
    }
    expect(errcodeOf(await client.post(once, { ...good, ...but }))).toBe(errcode)
    expect(await tablesOf(world)).toEqual(before)
  })
})

const add = { tid: '1101', kidList: [1, 2] }
const miniprogram = { appid: 'x' }

// biome-ignore format: one way a line
const rows: readonly { when: string; errcode: number; path: string; body: object }[] = [
  { when: 'the tid is unknown', errcode: 200014, path: 'addtemplate', body: { ...add, tid: '99' } },
  { when: 'there is one keyword', errcode: 200020, path: 'addtemplate', body: { ...add, kidList: [1] } },
  { when: 'there are six', errcode: 200020, path: 'addtemplate', body: { ...add, kidList: [1, 2, 3, 4, 5, 1] } },
  { when: 'one comes twice', errcode: 200020, path: 'addtemplate', body: { ...add, kidList: [1, 1] } },
  { when: 'one is unknown', errcode: 200020, path: 'addtemplate', body: { ...add, kidList: [1, 9] } },
  { when: 'the keywords are a text', errcode: 200020, path: 'addtemplate', body: { ...add, kidList: '1,2' } },
  { when: 'the scene is too long', errcode: 200021, path: 'addtemplate', body: { ...add, sceneDesc: '一'.repeat(16) } },
  { when: 'none is named', errcode: 20002, path: 'deltemplate', body: {} },
  { when: 'there is no receiver', errcode: 40003, path: bizsend, body: { touser: undefined, template_id: 7 } },
  { when: 'the receiver is nobody', errcode: 40003, path: bizsend, body: { touser: nobody } },
  { when: 'the template is missing', errcode: 40037, path: bizsend, body: { template_id: undefined } },
  { when: 'the template is one of template messages', errcode: 40037, path: bizsend, body: { template_id: 'acme' } },
  { when: 'the mini program is none', errcode: 40013, path: bizsend, body: { miniprogram } },
  { when: 'a value is missing', errcode: 47003, path: bizsend, body: { data: { thing1: data.thing1 } } },
  { when: 'a value does not fit', errcode: 47003, path: bizsend, body: { data: { ...data, time2: { value: '下周' } } } },
]

it.each(rows)('is refused with $errcode when $when ($path)', async ({ path, body, errcode }) => {
  const { adds, answers, client, touser, acme, world } = await start()
  const template_id = await adds()
  await answers(template_id, true)
  const before = await tablesOf(world)
  const isSend = path === bizsend
  const whole = isSend ? { touser, template_id, data, ...body } : body
  if ('template_id' in whole && whole.template_id === 'acme')
    whole.template_id = acme.info.template_id ?? ''
  const answer = await client.post(isSend ? path : `/wxaapi/newtmpl/${path}`, whole)
  expect(errcodeOf(answer)).toBe(errcode)
  expect(await tablesOf(world)).toEqual(before)
})

it.each([
  { query: { start: '0', limit: '30' }, errcode: 200018 },
  { query: { ids: '9', start: '0', limit: '30' }, errcode: 200019 },
  { query: { ids: 'x', start: '0', limit: '30' }, errcode: 200019 },
  { query: { ids: '307', start: '-1', limit: '30' }, errcode: 200016 },
  { query: { ids: '307', start: '0', limit: '31' }, errcode: 200017 },
])('titles are refused with $errcode for $query', async ({ query, errcode }) => {
  const { client } = await start()
  const answer = await client.get('/wxaapi/newtmpl/getpubtemplatetitles', query)
  expect(errcodeOf(answer)).toBe(errcode)
})

it('an amount has ten digits at most, and fifty templates are enough', async () => {
  const { adds, answers, sends, newtmpl } = await start()
  const template_id = await adds(1105, [1, 2])
  await answers(template_id, true)
  const pays = (value: string) =>
    sends(template_id, { data: { thing1: { value: '一月' }, amount2: { value } } })
  expect(errcodeOf(await pays('12345678901'))).toBe(47003)
  expect(errcodeOf(await pays('1234567890.00元'))).toBe(0)
  for (let n = 1; n < 50; n++) await adds()
  expect(errcodeOf(await newtmpl('addtemplate', add))).toBe(200012)
})

it('is for verified service accounts, and refused to whoever is on the blacklist', async () => {
  const { adds, answers, sends, client, touser, world, acme } = await start()
  const template_id = await adds()
  await answers(template_id, true)
  const openid_list = [touser]
  await client.post('/cgi-bin/tags/members/batchblacklist', { openid_list })
  expect(errcodeOf(await sends(template_id))).toBe(43019)
  await world.call('official_account.update', { appid: acme.appid, kind: 'sandbox' })
  expect(errcodeOf(await sends(template_id))).toBe(48001)
})

it('a stranger’s template cannot be answered', async () => {
  const { answers } = await start()
  await expect(answers('x'.repeat(43), true)).rejects.toMatchObject({
    problem: { field: 'template_id' },
  })
})

it('the account’s server is pushed what the person answered, and what became of the notification', async () => {
  const { server, settle, ...sim } = await startPushed()
  const client = await acmesClient(sim)
  const added = await client.post('/wxaapi/newtmpl/addtemplate', { tid: '1101', kidList: [1, 2] })
  const template_id = String(bodyOf(added)['priTmplId'])
  const asked = { person: 'li', account: 'acme', template_id, accept: true }
  await sim.world.call('phone.subscribe', asked)
  await client.post(bizsend, { touser: sim.li.openidAt(sim.acme), template_id, data })
  await settle('PT2S')
  const bodies = (event: string) =>
    server.got.filter((one) => textIn(one, 'Event') === event).map(({ body }) => body)
  const item = `<List><TemplateId><![CDATA[${template_id}]]></TemplateId>\n`
  expect(bodies('subscribe_msg_popup_event')).toEqual([
    expect.stringContaining(
      `<SubscribeMsgPopupEvent>${item}<SubscribeStatusString><![CDATA[accept]]></SubscribeStatusString>\n<PopupScene>1</PopupScene>\n</List>\n</SubscribeMsgPopupEvent>`,
    ),
  ])
  expect(bodies('subscribe_msg_sent_event')).toEqual([
    expect.stringMatching(
      /<MsgID>\d{19}<\/MsgID>\n<ErrorCode>0<\/ErrorCode>\n<ErrorStatus><!\[CDATA\[success\]\]><\/ErrorStatus>/,
    ),
  ])
})
