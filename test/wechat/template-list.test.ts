import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { startChanged } from './at-rest.ts'
import { acmesClient, bodyOf, type Json, refusalOf } from './client.ts'

const path = '/cgi-bin/template/get_all_private_template'
const interview = {
  title: '面试邀请通知',
  content: '职位:{{thing1.DATA}}\n时间:{{time2.DATA}}\n',
  example: '职位:产品经理\n时间:2026年1月5日 09:00\n',
}

async function start() {
  const sim = await startSim()
  const client = await acmesClient(sim)
  const { appid } = sim.acme
  const adds = async (template: Json) => {
    const made = await sim.world.call('template.create', { appid, ...template })
    return (made as { template_id: string }).template_id
  }
  return { ...sim, client, appid, adds }
}

describe(path, () => {
  it('answers a list and no errcode, each row spelled as WeChat spells it', async () => {
    const { client, acme } = await start()
    const answer = await client.get(path)
    expect(answer.headers.get('content-type')).toBe('application/json; encoding=utf-8')
    const content =
      '{{first.DATA}}\n姓名：{{keyword1.DATA}}\n公司：{{keyword2.DATA}}\n时间：{{keyword3.DATA}}\n{{remark.DATA}}'
    const { template_list, ...rest } = bodyOf(answer)
    expect(rest).toEqual({})
    const [row] = template_list as Json[]
    expect(row).toMatchObject({
      template_id: acme.info.template_id,
      title: '入职通知',
      primary_industry: 'IT科技',
      deputy_industry: 'IT软件与服务',
      content,
    })
    expect(Object.keys(row ?? {})).toEqual([
      'template_id',
      'title',
      'primary_industry',
      'deputy_industry',
      'content',
      'example',
    ])
    expect(acme.info.template_id).toMatch(/^[\w-]{43}$/)
    expect(answer.text).not.toMatch(/[\n\r]/)
  })

  it('answers a POST likewise, with an object, nothing or anything else as its body', async () => {
    const { client } = await start()
    const { text } = await client.get(path)
    for (const body of [{}, '', '{', '[]']) {
      expect((await client.post(path, body)).text).toBe(text)
    }
  })

  it('lists templates of both styles in the order in which the account got them', async () => {
    const { client, acme, adds } = await start()
    const ids = [acme.info.template_id, await adds(interview), await adds(interview)]
    const { template_list } = bodyOf(await client.get(path))
    expect((template_list as Json[]).map(({ template_id }) => template_id)).toEqual(ids)
    expect(new Set(ids).size).toBe(3)
    expect((template_list as Json[])[1]).toMatchObject(interview)
  })

  it('lists the account’s own templates and no other’s', async () => {
    const { client, world } = await start()
    await world.call('account.create', { key: 'initech' })
    expect(bodyOf(await client.get(path))['template_list']).toHaveLength(1)
  })

  it('leaves industries and examples empty in the sandbox', async () => {
    const { client, world, appid, adds } = await start()
    await world.call('official_account.update', { appid, kind: 'sandbox' })
    await adds(interview)
    const { template_list } = bodyOf(await client.get(path))
    const empty = { primary_industry: '', deputy_industry: '', example: '' }
    expect(template_list).toMatchObject([empty, { ...interview, ...empty }])
  })

  it('does not list a disabled template, and sends to it answer 40037', async () => {
    const sim = await startChanged(() => "update template set state = 'disabled'")
    const client = await acmesClient(sim)
    expect(bodyOf(await client.get(path))).toEqual({ template_list: [] })
    const { li, acme } = sim
    const message = { touser: li.openidAt(acme), template_id: acme.info.template_id }
    expect(refusalOf(await client.sends(message))).toMatchObject({ errcode: 40037 })
  })
})
