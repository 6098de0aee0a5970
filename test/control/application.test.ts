import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { type Json, tablesOf } from '../wechat/client.ts'
import { listedTitles, startReviewed } from './application.ts'

const interview = {
  title: '面试邀请通知',
  content: '{{first.DATA}}\n职位：{{keyword1.DATA}}\n{{remark.DATA}}',
  example: '您好\n职位：产品经理\n请准时到场',
}
const beginning = '2026-01-05T01:00:00.000Z'

onEither('an application for a template', (database) => {
  it('is drafted, handed in, rejected, changed, handed in again and approved', async () => {
    const { acmes, acme, world, http } = await startReviewed('manual', { database })
    const created = await acmes.at('POST', '/applications', interview)
    const draft = {
      application: expect.stringMatching(/^[2-9a-z]{12}$/),
      appid: acme.appid,
      ...interview,
      state: 'draft',
      reason: null,
      submitted_at: null,
      due_at: null,
      decided_at: null,
      reads_left: null,
      template_id: null,
      created_at: beginning,
    }
    expect(created).toMatchObject({ status: 201, json: draft })
    const { application } = created.json as unknown as { application: string }
    const to = async (path: string, body?: Json) =>
      (await acmes.to('POST', application, path, body)).json
    expect(await to('/submit')).toEqual({ ...draft, state: 'pending', submitted_at: beginning })
    await world.advance('P3D')
    const reason = '标题过于宽泛'
    expect(await to('/reject', { reason })).toMatchObject({
      state: 'rejected',
      reason,
      decided_at: '2026-01-08T01:00:00.000Z',
      template_id: null,
    })
    const change = { title: '技术岗位面试邀请通知' }
    const changed = await acmes.to('PATCH', application, '', change)
    expect(changed.json).toMatchObject({ ...interview, ...change, state: 'rejected', reason })
    expect(await to('/submit')).toMatchObject({
      state: 'pending',
      reason: null,
      submitted_at: '2026-01-08T01:00:00.000Z',
      decided_at: null,
    })
    expect(await listedTitles({ http }, acme)).toEqual(['入职通知'])
    await world.advance('P1D')
    const approved = await to('/approve')
    expect(approved).toMatchObject({
      state: 'approved',
      decided_at: '2026-01-09T01:00:00.000Z',
      template_id: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect((await acmes.to('GET', application)).json).toEqual(approved)
    expect((await acmes.at('GET', '/applications')).json).toEqual({ items: [approved] })
    expect(await listedTitles({ http }, acme)).toEqual(['入职通知', change.title])
  })

  it('is for the hiring template of the account’s rules, unless it says what for', async () => {
    const { acmes, acme, world } = await startReviewed('manual', { database })
    const old = await acmes.drafts()
    expect(old).toMatchObject({ title: '入职通知', content: expect.stringMatching(/^\{\{first/) })
    await world.call('official_account.update', { appid: acme.appid, rules: '2023' })
    expect(await acmes.drafts({ example: 'x' })).toMatchObject({
      title: '入职通知',
      content: expect.stringMatching(/^通知内容:\{\{thing1/),
    })
    const { items } = (await acmes.at('GET', '/applications')).json
    expect(items).toHaveLength(2)
  })
})

/** What a call finds, by the state that the application is in. */
const wrong = [
  { state: 'draft', call: 'approve' },
  { state: 'draft', call: 'reject', body: { reason: 'x' } },
  { state: 'pending', call: 'submit' },
  { state: 'pending', call: 'PATCH', body: { title: 'x' } },
  { state: 'approved', call: 'submit' },
  { state: 'approved', call: 'approve' },
  { state: 'approved', call: 'reject', body: { reason: 'x' } },
  { state: 'approved', call: 'PATCH', body: { title: 'x' } },
  { state: 'rejected', call: 'approve' },
  { state: 'rejected', call: 'reject', body: { reason: 'x' } },
]

describe('an application', () => {
  it.each(wrong)('is not open to $call when it is $state: 409', async ({ state, call, body }) => {
    const { acmes, world } = await startReviewed('manual')
    const { application } = await acmes.drafts(interview)
    if (state !== 'draft') await acmes.submits({ application })
    if (state === 'approved') await acmes.to('POST', application, '/approve')
    if (state === 'rejected') await acmes.to('POST', application, '/reject', { reason: '一' })
    const before = await tablesOf(world)
    const answer =
      call === 'PATCH'
        ? await acmes.to('PATCH', application, '', body)
        : await acmes.to('POST', application, `/${call}`, body)
    expect(answer).toMatchObject({
      status: 409,
      json: { type: 'conflict', field: 'application', reason: `it is ${state}` },
    })
    expect(await tablesOf(world)).toEqual(before)
  })

  it.each([
    { body: { title: 't' }, field: 'content' },
    { body: { content: '{{a.DATA}}' }, field: 'title' },
    { body: { ...interview, title: '' }, field: 'title' },
    { body: { ...interview, content: '没有占位符' }, field: 'content' },
    { body: { ...interview, content: '{{a.DATA}}\0' }, field: 'content' },
    { body: { ...interview, example: '\ud800' }, field: 'example' },
    { body: { ...interview, industry: 2 }, field: 'industry' },
  ])('is not drafted from $body: 422 by $field', async ({ body, field }) => {
    const { acmes, world } = await startReviewed('manual')
    const before = await tablesOf(world)
    expect((await acmes.at('POST', '/applications', body)).json).toMatchObject({
      status: 422,
      field,
    })
    expect(await tablesOf(world)).toEqual(before)
  })

  it.each([{ body: {} }, { body: { reason: '' } }, { body: { reason: 7 } }])(
    'is not rejected by $body: WeChat gives a reason',
    async ({ body }) => {
      const { acmes } = await startReviewed('manual')
      const { application } = await acmes.applies()
      const { json } = await acmes.to('POST', application, '/reject', body)
      expect(json).toMatchObject({ status: 422, field: 'reason' })
      expect(await acmes.sees({ application })).toMatchObject({ state: 'pending' })
    },
  )

  it('is 404 where there is none', async () => {
    const { acmes, http } = await startReviewed('manual')
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['POST', '/submit'],
      ['POST', '/approve'],
    ] as const) {
      const { json } = await acmes.to(method, 'nothing', path, method === 'GET' ? undefined : {})
      expect(json).toMatchObject({ status: 404, field: 'application' })
    }
    const official = '/_sim/v1/worlds/test/official-accounts/wx0000000000000000/applications'
    for (const method of ['GET', 'POST']) {
      const { json } = await http(method, official, method === 'GET' ? undefined : {})
      expect(json).toMatchObject({ status: 404, field: 'appid' })
    }
  })

  it.each([
    { change: { kind: 'sandbox' } },
    { change: { kind: 'subscription' } },
    { change: { verified: false } },
  ])('of an account with $change is not taken, as WeChat asks for more', async ({ change }) => {
    const { acmes, acme, world } = await startReviewed('immediate')
    const { application } = await acmes.drafts()
    await world.call('official_account.update', { appid: acme.appid, ...change })
    const { json } = await acmes.to('POST', application, '/submit')
    expect(json).toMatchObject({ status: 409, fix: expect.stringContaining('official_account') })
    expect(await acmes.sees({ application })).toMatchObject({ state: 'draft' })
  })

  it('is taken by accounts that have both industries only', async () => {
    const { acmes, world, globex, http } = await startReviewed('immediate')
    expect(globex.appid).toBe('')
    const path = '/_sim/v1/worlds/test/accounts/globex/official-account'
    const { json } = await http('POST', path, { review: 'immediate' })
    const appid = String(json['appid'])
    const { application } = (await world.call('application.create', { appid })) as {
      application: string
    }
    const refused = await acmes.to('POST', application, '/submit')
    expect(refused.json).toMatchObject({ status: 409, fix: 'call industry.set first' })
    await world.call('industry.set', { appid, primary: 2, secondary: 34 })
    const taken = await acmes.to('POST', application, '/submit')
    expect(taken.json).toMatchObject({ state: 'approved' })
  })
})
