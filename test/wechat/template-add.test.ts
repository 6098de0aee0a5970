import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { acmesClient, bodyOf, errcodeOf, type Json, refusalOf, tablesOf } from './client.ts'

const path = '/cgi-bin/template/api_add_template'
const texts: Readonly<Record<number, string>> = {
  40037: 'invalid template_id',
  40246: 'keyword name invalid',
  40247:
    '历史模板库已升级为类目模板。历史模板库内模板不再支持添加。 如有相关消息需求，可使用类目模板库ID添加对应模板',
  43002: 'require POST method',
  44002: 'empty post data',
  45026: 'template num exceeds limit',
  45027: 'template conflict with industry',
  47001: 'data format error',
  48001: 'api unauthorized',
}
const interview = ['公司名称', '面试职位', '面试时间', '面试地点', '联系电话']

/** Acme under a set of rules, with the industries 2 and 34. */
async function start(rules: '2014' | '2023' = '2014', database: DatabaseName = 'sqlite') {
  const sim = await startSim({ database })
  const { acme, world } = sim
  await world.call('official_account.update', { appid: acme.appid, rules })
  const client = await acmesClient(sim)
  const adds = (body: unknown) => client.post(path, body)
  const listed = async () =>
    bodyOf(await client.get('/cgi-bin/template/get_all_private_template'))[
      'template_list'
    ] as Json[]
  return { ...sim, client, adds, listed }
}

const old = (template_id_short: unknown) => ({ template_id_short })
const taken = (template_id_short: string, keyword_name_list: unknown) => ({
  template_id_short,
  keyword_name_list,
})

// biome-ignore format: one way a line
const refused = [
  { rules: '2014', when: 'there is no body', errcode: 44002, body: '' },
  { rules: '2014', when: 'the body is no JSON', errcode: 47001, body: 'template_id_short=TM00301' },
  { rules: '2014', when: 'there is no number', errcode: 40037, body: {} },
  { rules: '2014', when: 'the number is empty', errcode: 40037, body: old('') },
  { rules: '2014', when: 'the number is no text', errcode: 40037, body: old(50101) },
  { rules: '2014', when: 'the number is unknown', errcode: 40037, body: old('TM00000') },
  { rules: '2014', when: 'the number is an object’s own', errcode: 40037, body: old('toString') },
  { rules: '2014', when: 'the number holds a NUL', errcode: 40037, body: old('TM00301\0') },
  { rules: '2014', when: 'the number is of a class template', errcode: 40037, body: taken('50101', ['员工姓名']) },
  { rules: '2014', when: 'the template is of another industry', errcode: 45027, body: old('OPENTM410000103') },
  { rules: '2023', when: 'the number is of the old library', errcode: 40247, body: old('OPENTM410000101') },
  { rules: '2023', when: 'the number looks like the old library’s', errcode: 40247, body: old('TM00000') },
  { rules: '2023', when: 'the number is unknown', errcode: 40037, body: taken('50999', interview) },
  { rules: '2023', when: 'there is no list of keywords', errcode: 40246, body: old('50102') },
  { rules: '2023', when: 'the list is null', errcode: 40246, body: taken('50102', null) },
  { rules: '2023', when: 'the list is empty', errcode: 40246, body: taken('50102', []) },
  { rules: '2023', when: 'the list is a JSON text', errcode: 40246, body: taken('50102', '["面试时间"]') },
  { rules: '2023', when: 'a keyword is not in the template', errcode: 40246, body: taken('50102', ['面试时间', '薪资']) },
  { rules: '2023', when: 'a keyword is given by its key', errcode: 40246, body: taken('50102', ['time5']) },
  { rules: '2023', when: 'a keyword comes twice', errcode: 40246, body: taken('50102', ['面试时间', '面试时间']) },
  { rules: '2023', when: 'a keyword is a list', errcode: 40246, body: taken('50102', [['面试时间', '公司名称']]) },
] as const

describe(`POST ${path}`, () => {
  it.each(refused)('under $rules answers $errcode when $when', async ({ rules, errcode, body }) => {
    const { adds, world } = await start(rules)
    const before = await tablesOf(world)
    expect(refusalOf(await adds(body))).toEqual({ errcode, errmsg: texts[errcode] })
    expect(await tablesOf(world)).toEqual(before)
  })

  it('answers 43002 to a GET', async () => {
    const { client } = await start()
    expect(refusalOf(await client.get(path, { template_id_short: 'TM00301' }))).toMatchObject({
      errcode: 43002,
    })
  })

  it.each([{ kind: 'sandbox' }, { kind: 'subscription' }, { verified: false }])(
    'answers 48001 to an account with %o, which has no library',
    async (change) => {
      const { adds, world, acme } = await start()
      await world.call('official_account.update', { appid: acme.appid, ...change })
      expect(refusalOf(await adds(old('TM00301')))).toMatchObject({ errcode: 48001 })
    },
  )
})

onEither('a template of the old library', (database) => {
  it('is taken whole, filed under its industry, and can be sent at once', async () => {
    const { adds, listed, client, li, acme, world } = await start('2014', database)
    const answer = await adds(taken('TM00302', []))
    expect(answer.text).toMatch(/^\{"errcode":0,"errmsg":"ok","template_id":"[\w-]{43}"\}$/)
    const { template_id } = bodyOf(answer)
    expect((await listed()).at(-1)).toEqual({
      template_id,
      title: '入职体检预约通知',
      primary_industry: '商业服务',
      deputy_industry: '中介服务',
      content:
        '{{first.DATA}}\n姓名：{{name.DATA}}\n体检时间：{{time.DATA}}\n体检地点：{{address.DATA}}\n{{remark.DATA}}',
      example:
        '您的入职体检已经约好\n姓名：韩梅梅\n体检时间：2026年1月13日 08:30\n体检地点：康宁体检中心\n体检前请空腹',
    })
    const data = { first: { value: '已约好' }, address: { value: '康宁体检中心' } }
    expect(errcodeOf(await client.sends({ touser: li.openidAt(acme), template_id, data }))).toBe(0)
    const { template_message } = await tablesOf(world)
    expect(JSON.parse(String(template_message?.[0]?.['shown']))).toMatchObject({ line: '已约好' })
  })

  it('taken twice is two templates, up to 25 in all; then 45026, until one is deleted', async () => {
    const { adds, listed, client } = await start('2014', database)
    const ids = []
    for (let i = 1; i < 25; i++) ids.push(bodyOf(await adds(old('TM00301')))['template_id'])
    expect(new Set(ids).size).toBe(24)
    expect(refusalOf(await adds(old('TM00301')))).toEqual({ errcode: 45026, errmsg: texts[45026] })
    expect(await listed()).toHaveLength(25)
    await client.post('/cgi-bin/template/del_private_template', { template_id: ids[3] })
    const { template_id } = bodyOf(await adds(old('TM00302')))
    expect(ids).not.toContain(template_id)
    expect(await listed()).toHaveLength(25)
  })
})

describe('a class template', () => {
  it('has the keywords that were chosen, in their order and by their own numbers', async () => {
    const { adds, listed } = await start('2023')
    const { template_id } = bodyOf(await adds(taken('50102', ['面试时间', '公司名称'])))
    expect((await listed()).at(-1)).toEqual({
      template_id,
      title: '面试邀请通知',
      primary_industry: '商业服务',
      deputy_industry: '人力资源服务',
      content: '面试时间:{{time5.DATA}}\n公司名称:{{thing1.DATA}}\n',
      example: '面试时间:2026年1月8日 10:00~11:00\n公司名称:晨光科技\n',
    })
  })

  it.each([
    { value: '已入职', errcode: 0 },
    { value: '', errcode: 0 },
    { value: '在路上', errcode: 47003 },
  ])('takes of a const approved values only: "$value" is $errcode', async ({ value, errcode }) => {
    const { adds, client, li, acme } = await start('2023')
    const { template_id } = bodyOf(await adds(taken('50101', ['员工姓名', '办理状态'])))
    const data = { thing1: { value: '李雷' }, const4: { value } }
    const answer = await client.sends({ touser: li.openidAt(acme), template_id, data })
    expect(errcodeOf(answer)).toBe(errcode)
    if (errcode)
      expect(refusalOf(answer).errmsg).toBe('argument invalid! data.const4.value invalid')
  })
})
