import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import { Account } from '../platform.ts'
import { startSim } from '../sim.ts'
import { tablesOf } from '../wechat/client.ts'
import { Applicant, startReviewed } from './application.ts'

const accounts = '/_sim/v1/worlds/test/accounts'

/** Globex with an official account of its own, both industries set, and Han registered there; no template yet. */
async function startConnected(review: unknown, database: DatabaseName) {
  const sim = await startSim({ database })
  const { http, world, globex, han, platform } = sim
  await http('POST', `${accounts}/globex/official-account`, { review })
  const info = (await http('PATCH', `${accounts}/globex`, {})).json
  const account = new Account(info as never)
  await world.call('industry.set', { appid: account.appid, primary: 2, secondary: 34 })
  await han.registers(globex)
  const sends = () => platform.sends(globex, { mobile: han.mobile })
  const shown = async () => (await http('PATCH', `${accounts}/globex`, {})).json
  return { ...sim, sends, shown, applicant: new Applicant(sim, account) }
}

onEither('a platform whose account waits for its template', (database) => {
  it('is told what is missing for up to two weeks, and sends from the approval on', async () => {
    const { sends, shown, applicant, han } = await startConnected('time', database)
    const missing = {
      errcode: 100002,
      errmsg: 'account is not live, missing: template_approved',
    }
    expect(await sends()).toEqual(missing)
    const { application } = await applicant.applies()
    await applicant.advances({ by: 'P6D' })
    expect(await sends()).toEqual(missing)
    const { ran } = await applicant.advances({ by: 'P8D' })
    expect(ran).toMatchObject([{ kind: 'template_review', outcome: 'approved' }])
    const { template_id } = await applicant.sees({ application })
    expect(await shown()).toMatchObject({ template_id })
    expect(await sends()).toMatchObject({ errcode: 0 })
    expect(await han.inbox()).toMatchObject([
      { title: '入职通知', line: '欢迎加入', keywords: { keyword1: '韩梅梅' } },
    ])
  })

  it('sends at once when reviews are immediate, and not at all after a rejection', async () => {
    const { sends, applicant } = await startConnected('manual', database)
    const { application } = await applicant.applies()
    await applicant.to('POST', application, '/reject', { reason: '一' })
    expect(await sends()).toMatchObject({ errcode: 100002 })
    await applicant.isReviewed('immediate')
    await applicant.submits({ application })
    expect(await sends()).toMatchObject({ errcode: 0 })
  })
})

onEither('a template that WeChat disables', (database) => {
  it('is refused with 40037 from then on, until another one is approved', async () => {
    const { acmes, acme, wang, platform, http } = await startReviewed('time', { database })
    const sends = async () => (await platform.sends(acme, { mobile: wang.mobile })).errcode
    const looks = async () => (await platform.get(`/accounts/${acme.eid}`)).json
    const { template_id } = acme.info
    const { application } = await acmes.applies()
    expect(await sends()).toBe(0)
    const disabled = await acmes.at('POST', `/templates/${template_id}/disable`)
    expect(disabled).toMatchObject({
      status: 200,
      json: { template_id, title: '入职通知', state: 'disabled' },
    })
    expect(await acmes.at('POST', `/templates/${template_id}/disable`)).toMatchObject({
      json: disabled.json,
    })
    expect(await sends()).toBe(40037)
    expect(await looks()).toMatchObject({ live: true, missing: [] })
    expect(await wang.inbox()).toHaveLength(1)
    await acmes.advances({ by: 'P14D' })
    expect(await sends()).toBe(0)
    const { json } = await http('PATCH', `${accounts}/acme`, {})
    const approved = await acmes.sees({ application })
    expect(json).toMatchObject({ template_id: approved.template_id })
    expect(approved.template_id).not.toBe(template_id)
  })

  it('is 404 for the template of another account, for none, and for a key that is no text', async () => {
    const { acmes, world, acme } = await startReviewed('time', { database })
    const made = (await world.call('account.create', { key: 'initech' })) as { template_id: string }
    const before = await tablesOf(world)
    for (const id of [made.template_id, 'none']) {
      const { json } = await acmes.at('POST', `/templates/${id}/disable`)
      expect(json).toMatchObject({ status: 404, field: 'template_id' })
    }
    expect(await acmes.at('POST', '/templates/%00/disable')).toMatchObject({ status: 422 })
    const nowhere = new Applicant({ ...(await startSim({ database })) }, { appid: 'wx1' })
    const { json } = await nowhere.at('POST', `/templates/${acme.info.template_id}/disable`)
    expect(json).toMatchObject({ status: 404, field: 'appid' })
    expect(await tablesOf(world)).toEqual(before)
  })
})

describe('an account that has its template', () => {
  it('keeps it when another one is approved', async () => {
    const { acmes, acme, http } = await startReviewed('immediate')
    await acmes.applies({ title: '面试邀请通知', content: '{{first.DATA}}' })
    const { json } = await http('PATCH', `${accounts}/acme`, {})
    expect(json).toMatchObject({ template_id: acme.info.template_id })
  })

  it('gets the next one also while it goes to another WeChat, for when it comes back', async () => {
    const { acmes, acme, http, platform, wang } = await startReviewed('immediate')
    const changes = (gateway: object) => http('PATCH', `${accounts}/acme`, { gateway })
    await acmes.at('POST', `/templates/${acme.info.template_id}/disable`)
    const elsewhere = { base_url: 'http://127.0.0.1:9', appid: 'wx1', app_secret: 's' }
    await changes({ kind: 'remote', ...elsewhere })
    const { template_id } = await acmes.applies()
    expect((await changes({ kind: 'local' })).json).toMatchObject({ template_id })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
  })
})
