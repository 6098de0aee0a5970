import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { acmesClient, bodyOf, initechsClient, refusalOf, tablesOf } from './client.ts'

const path = '/cgi-bin/template/del_private_template'

async function start(database: DatabaseName = 'sqlite') {
  const sim = await startSim({ database })
  return { ...sim, client: await acmesClient(sim), template_id: sim.acme.info.template_id }
}

onEither(`POST ${path}`, (database) => {
  it('deletes a template, and a send by it gets 40037, by which the platform falls back', async () => {
    const { client, template_id, platform, acme, wang } = await start(database)
    expect((await client.post(path, { template_id })).json).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(bodyOf(await client.get('/cgi-bin/template/get_all_private_template'))).toEqual({
      template_list: [],
    })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 40037 })
    expect(await platform.notifies(acme, { mobile: wang.mobile })).toBe('sms')
    expect(await wang.inbox()).toEqual([])
  })

  it('leaves what stands on phones as it is', async () => {
    const { client, template_id, platform, acme, wang } = await start(database)
    await platform.sends(acme, { mobile: wang.mobile })
    const before = await wang.inbox()
    await client.post(path, { template_id })
    expect(await wang.inbox()).toEqual(before)
    expect(before).toMatchObject([{ title: '入职通知', line: '欢迎加入' }])
  })

  it('answers 40037 for what is no template of the account, and nothing else happens', async () => {
    const sim = await start(database)
    const { client, world, template_id } = sim
    const other = await initechsClient(sim)
    const before = await tablesOf(world)
    const wrong = [undefined, null, '', 7, [template_id], 'TM00301', 'x'.repeat(43), '\0', '\ud800']
    for (const id of wrong) {
      const answer = await client.post(path, { template_id: id })
      expect(refusalOf(answer), String(id)).toEqual({
        errcode: 40037,
        errmsg: 'invalid template_id',
      })
    }
    expect(refusalOf(await other.client.post(path, { template_id }))).toMatchObject({
      errcode: 40037,
    })
    expect(await tablesOf(world)).toEqual(before)
  })
})

describe('a deleted template', () => {
  it('is not deleted twice', async () => {
    const { client, template_id } = await start()
    await client.post(path, { template_id })
    expect(refusalOf(await client.post(path, { template_id }))).toMatchObject({ errcode: 40037 })
  })

  it.each([
    { when: 'it is a GET', errcode: 43002, send: 'get' as const, body: undefined },
    { when: 'there is no body', errcode: 44002, send: 'post' as const, body: '' },
    { when: 'the body is no JSON', errcode: 47001, send: 'post' as const, body: 'template_id=1' },
  ])('is not asked for when $when: $errcode', async ({ errcode, send, body }) => {
    const { client } = await start()
    const answer = await (send === 'get' ? client.get(path) : client.post(path, body))
    expect(refusalOf(answer)).toMatchObject({ errcode })
  })

  it('may be one of the sandbox too', async () => {
    const { client, world, acme, template_id } = await start()
    await world.call('official_account.update', { appid: acme.appid, kind: 'sandbox' })
    expect((await client.post(path, { template_id })).json).toMatchObject({ errcode: 0 })
  })
})
