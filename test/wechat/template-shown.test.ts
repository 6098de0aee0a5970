import { expect, it } from 'vitest'
import { Applicant } from '../control/application.ts'
import { startSim } from '../sim.ts'
import { acmesClient, msgidOf } from './client.ts'

const content =
  '部门：{{keyword1.DATA}}\n请于{{keyword2.DATA}}前回复\n如有疑问请联系人事\n{{keyword3.DATA}}'

/** Li got a message by a template of that text. */
async function start() {
  const sim = await startSim()
  const { acme, li, world } = sim
  const { appid } = acme
  const made = await world.call('template.create', { appid, title: '回复提醒', content })
  const client = await acmesClient(sim)
  const { template_id } = made as { template_id: string }
  const data = {
    keyword1: { value: '研发部' },
    keyword2: { value: '周五' },
    keyword3: { value: '<b>{{keyword1.DATA}}</b>' },
  }
  msgidOf(await client.sends({ touser: li.openidAt(acme), template_id, data }))
  return sim
}

const below = [
  { label: '', value: '请于周五前回复' },
  { label: '', value: '如有疑问请联系人事' },
  { label: '', value: '<b>{{keyword1.DATA}}</b>' },
]

it('the conversation and its page show the text of the template with the values in it', async () => {
  const { acme, li, http } = await start()
  expect((await li.chat(acme)).messages).toMatchObject([{ line: '部门：研发部', keywords: below }])
  const { text } = await http('GET', `/w/test/phone/li/chat/${acme.appid}`)
  expect(text).toContain('<p class="ph-card-line">部门：研发部</p>')
  expect(text).toContain('<dd>请于周五前回复</dd>')
  expect(text).toContain('<dd>如有疑问请联系人事</dd>')
  expect(text).toContain('<dd>&lt;b&gt;{{keyword1.DATA}}&lt;/b&gt;</dd>')
})

it('so do the operator’s preview, the list of messages and the trace of one that TUPU sent, until it is erased', async () => {
  const sim = await start()
  const { acme, wang, http, world, platform } = sim
  const { text } = await http('GET', '/w/test/accounts/acme?tab=templates')
  expect(text).toContain('部门：{keyword1}')
  expect(text).toContain('<dd>请于{keyword2}前回复</dd>')
  const template_id = acme.info.template_id ?? ''
  await world.call('template.disable', { appid: acme.appid, template_id })
  const applicant = new Applicant(sim, acme)
  await applicant.isReviewed('immediate')
  await applicant.applies({ title: '回复提醒', content })
  const message = { mobile: wang.mobile, message: '人事部', keywords: { keyword2: '周一' } }
  expect(await platform.sends(acme, message)).toMatchObject({ errcode: 0 })
  const [sent] = await wang.inbox()
  expect(sent).toMatchObject({ line: '部门：人事部', keywords: { keyword2: '周一' } })
  const { items } = (await world.call('trace.get', { trace: sent?.trace })) as { items: object[] }
  expect(items).toContainEqual(
    expect.objectContaining({ kind: 'phone', line: '部门：人事部', keywords: sent?.keywords }),
  )
  await world.call('association.withdraw', { mobile: wang.mobile })
  const erased = { label: '', value: '***' }
  expect((await wang.chat(acme)).messages).toMatchObject([
    { title: '回复提醒', line: '***', keywords: [erased, erased, erased] },
  ])
})
