import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import {
  acceptedIn,
  acmesClient,
  errcodeOf,
  type Json,
  linksMiniprogram,
  msgidOf,
  refusalOf,
  type WechatClient,
} from './client.ts'

/** Li follows Acme, which has a template of this content. */
async function start(content: string, change: Json = {}) {
  const sim = await startSim()
  const { world, acme } = sim
  const { appid } = acme
  const made = await world.call('template.create', { appid, title: '通知', content })
  await world.call('official_account.update', { appid, ...change })
  await linksMiniprogram(sim)
  const client: WechatClient = await acmesClient(sim)
  const message = {
    touser: sim.li.openidAt(acme),
    template_id: (made as { template_id: string }).template_id,
  }
  const sends = (more: Json) => client.sends({ ...message, ...more })
  /** What the phone shows of the newest message. */
  const shown = async () => JSON.parse(String((await acceptedIn(world)).at(-1)?.['shown']))
  return { ...sim, client, sends, shown }
}

const old_style =
  '{{first.DATA}}\n姓名：{{keyword1.DATA}}\n公司：{{keyword2.DATA}}\n{{remark.DATA}}'
const class_style = '职位:{{thing1.DATA}}\n时间:{{time2.DATA}}\n'
const texts = {
  first: { value: '第一行' },
  keyword1: { value: '王小雨' },
  keyword2: { value: '一二三四五六七八九十一二三四五六七八九十一' },
  remark: { value: '备注' },
}

describe('a value', () => {
  it.each([
    { name: 'thing1', fits: '字'.repeat(20), not: '字'.repeat(21) },
    { name: 'short_thing1', fits: '请假A', not: '请假请假请假' },
    { name: 'character_string1', fits: 'HR-20261201-007', not: '编号7' },
    { name: 'time1', fits: '2026年1月5日 09:00', not: '2024-07-24 08~12' },
    { name: 'date1', fits: '2026-01-05', not: '09:00' },
    { name: 'amount1', fits: '￥123456789012.50', not: '1234567890123' },
    { name: 'phone_number1', fits: '+86-0766-66888866', not: '021-55550123-88888' },
    { name: 'car_number1', fits: '粤A8Z888挂', not: '粤A8Z8888挂' },
    { name: 'const1', fits: '', not: '字'.repeat(21) },
    { name: 'phrase1', fits: '配送中', not: '配送中A' },
    { name: 'name1', fits: '王小雨', not: '一二三四五六七八九十一' },
    { name: 'number1', fits: '12.5', not: 'twelve' },
    { name: 'letter1', fits: 'abc', not: 'abc1' },
    { name: 'symbol1', fits: '+-', not: '+-+-+-' },
  ])('of $name is judged by its type', async ({ name, fits, not }) => {
    const { sends } = await start(`标签:{{${name}.DATA}}\n`)
    msgidOf(await sends({ data: { [name]: { value: fits } } }))
    expect(refusalOf(await sends({ data: { [name]: { value: not } } }))).toEqual({
      errcode: 47003,
      errmsg: `argument invalid! data.${name}.value invalid`,
    })
  })

  it('of a remark keyword is refused whatever it is', async () => {
    const { sends } = await start('职位:{{thing1.DATA}}\n备注:{{remark5.DATA}}\n')
    const data = { thing1: { value: '产品' }, remark5: { value: '好' } }
    expect(refusalOf(await sends({ data }))).toEqual({
      errcode: 47003,
      errmsg: 'argument invalid! data.remark5.value invalid',
    })
  })

  it.each([
    { what: 'given under a key with .DATA', data: { 'thing1.DATA': { value: '产品' } } },
    { what: 'empty', data: { thing1: { value: '' } } },
    { what: 'nothing but characters that WeChat drops', data: { thing1: { value: '①' } } },
    { what: 'no object with a value', data: { thing1: '产品' } },
    { what: 'null', data: { thing1: { value: null } } },
    { what: 'an object', data: { thing1: { value: {} } } },
    { what: 'in data that is a text', data: '{"thing1":{"value":"产品"}}' },
    { what: 'in data that is a list', data: [{ name: 'thing1', value: '产品' }] },
    { what: 'in data that is null', data: null },
    { what: 'left out with all data', data: undefined },
  ])('is empty when it is $what', async ({ data }) => {
    const { sends } = await start(class_style)
    expect(refusalOf(await sends({ data }))).toEqual({
      errcode: 47003,
      errmsg: 'argument invalid! data.thing1.value is empty',
    })
  })

  it('is named when it is the first of the template that is wrong, whatever the order sent', async () => {
    const { sends } = await start(class_style)
    const wrong = { time2: { value: 'x' }, thing1: { value: '字'.repeat(21) } }
    expect(refusalOf(await sends({ data: wrong })).errmsg).toContain('thing1')
  })

  it('may be a number, and stands beside keys that the template has not', async () => {
    const { sends, shown } = await start('数量:{{number1.DATA}}\n')
    msgidOf(await sends({ data: { x: { value: '?' }, number1: { value: 12.5, color: null } } }))
    expect(await shown()).toEqual({ line: '12.5', keywords: {} })
  })

  it('of whatever kind passes in the sandbox', async () => {
    const { sends } = await start(class_style, { kind: 'sandbox' })
    msgidOf(await sends({ data: { thing1: { value: '字'.repeat(40) } } }))
  })
})

describe('what the phone shows', () => {
  it('is everything under the rules of 2014', async () => {
    const { sends, shown } = await start(old_style, { rules: '2014' })
    msgidOf(await sends({ data: texts }))
    expect(await shown()).toEqual({
      line: '第一行',
      keywords: { keyword1: '王小雨', keyword2: texts.keyword2.value, remark: '备注' },
    })
  })

  it('is without first and remark, and folded, under the rules of 2023, though all is accepted', async () => {
    const { sends, shown } = await start(old_style, { rules: '2023' })
    msgidOf(await sends({ data: texts }))
    expect(await shown()).toEqual({
      line: null,
      keywords: { keyword1: '王小雨', keyword2: `${texts.keyword2.value.slice(0, 20)}…` },
    })
  })

  it('is what is there when an old template is sent with some values or none', async () => {
    const { sends, shown } = await start(old_style)
    msgidOf(await sends({ data: { first: { value: '只有一行' }, keyword9: { value: '?' } } }))
    expect(await shown()).toEqual({
      line: '只有一行',
      keywords: { keyword1: '', keyword2: '' },
    })
    msgidOf(await sends({}))
    expect(await shown()).toMatchObject({ line: '' })
  })

  it('survives values that no database can hold', async () => {
    const { sends, shown } = await start(old_style)
    msgidOf(await sends({ data: { first: { value: 'a\0b\ud800' } }, url: 'x\0' }))
    expect(await shown()).toMatchObject({ line: 'a\0b\ud800' })
  })
})

describe('miniprogram', () => {
  const appid = 'wx0123456789abcdef'
  it.each([
    undefined,
    null,
    '',
    [],
    {},
    { appid: '', pagepath: '' },
    { appid: null },
    { appid, pagepath: 'pages/index/index' },
    { appid, pagepath: 'pages/x?y=1' },
    { appid, path: 'pages/index/index' },
    { appid, pagepath: '', path: 'pages/index/index' },
  ])('may be %j', async (miniprogram) => {
    const { sends } = await start(old_style)
    msgidOf(await sends({ miniprogram }))
  })

  it.each([
    { miniprogram: { appid: 'x', pagepath: 'pages/x' }, errcode: 40013 },
    { miniprogram: { appid: 7 }, errcode: 40013 },
    { miniprogram: { appid: 'wx0123456789ABCDEF' }, errcode: 40013 },
    { miniprogram: { appid: 'wx1111111111111111', pagepath: 'pages/x' }, errcode: 40013 },
    { miniprogram: { appid }, errcode: 40165 },
    { miniprogram: { appid, pagepath: '' }, errcode: 40165 },
    { miniprogram: { appid, pagepath: 'index' }, errcode: 40165 },
    { miniprogram: { appid, pagepath: 'index?a=1' }, errcode: 40165 },
    { miniprogram: { appid, pagepath: 7 }, errcode: 40165 },
  ])('is refused with $errcode when it is $miniprogram', async ({ miniprogram, errcode }) => {
    const { sends } = await start(old_style)
    expect(errcodeOf(await sends({ miniprogram }))).toBe(errcode)
  })
})

describe('a value that comes as a number', () => {
  const numbers = ['12345678901234567890', '1.10', '-0', '1e3', '0.1000', '7', '9007199254740993']

  it.each(numbers)('%s stands on the phone with the digits that were sent', async (number) => {
    const { client, world, acme, li } = await start(old_style)
    const { template_id } = acme.info
    const head = { touser: li.openidAt(acme), template_id, url: 'https://hr.example.com/1.10' }
    const data = `{"first":{"value":"1.10 "},"keyword1":{"value": ${number} ,"color":"#173177"}}`
    const body = `${JSON.stringify(head).slice(0, -1)},"data":${data}}`
    msgidOf(await client.sends(body))
    const shown = JSON.parse(String((await acceptedIn(world)).at(-1)?.['shown']))
    expect(shown).toMatchObject({ keywords: { keyword1: number } })
  })

  it('is judged as the text that it is', async () => {
    const { client, world, acme, li } = await start(old_style)
    const made = await world.call('template.create', {
      appid: acme.appid,
      title: '通知',
      content: '编号:{{character_string1.DATA}}\n',
    })
    const { template_id } = made as { template_id: string }
    const touser = li.openidAt(acme)
    const sent = (number: string) =>
      client.sends(
        `{"touser":"${touser}","template_id":"${template_id}","data":{"character_string1":{"value":${number}}}}`,
      )
    msgidOf(await sent('1'.repeat(32)))
    expect(errcodeOf(await sent('1'.repeat(33)))).toBe(47003)
  })
})
