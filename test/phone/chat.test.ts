import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { acmesClient } from '../wechat/client.ts'
import { leaveToAnotherWechat } from './orphan.ts'
import { send } from './send.ts'

const people = '/_sim/v1/worlds/test/people'

describe('a conversation', () => {
  it('draws the keywords in the order of the template, under its labels', async () => {
    const { world, acme, wang, http } = await startSim()
    const made = await world.call('template.create', {
      appid: acme.appid,
      title: '面试通知',
      content: '{{first.DATA}}\n时间：{{2.DATA}}\n{{1.DATA}}\n地点:{{place.DATA}}\n{{remark.DATA}}',
      example: '',
    })
    const { template_id } = made as { template_id: string }
    await world.call('official_account.update', { appid: acme.appid, rules: '2014' })
    const client = await acmesClient({ http, acme })
    const value = (text: string) => ({ value: text })
    await client.sends({
      touser: wang.openidAt(acme),
      template_id,
      data: { first: value('您好'), 1: value('请准时'), 2: value('周一'), place: value('总部') },
    })
    const [message] = (await wang.chat(acme)).messages
    expect(message).toMatchObject({
      title: '面试通知',
      line: '您好',
      keywords: [
        { label: '时间', value: '周一' },
        { label: '', value: '请准时' },
        { label: '地点', value: '总部' },
      ],
      url: null,
      at: '2026-01-05T01:00:00.000Z',
    })
  })

  it('shows the menu with the position of every button', async () => {
    const { li, acme, world } = await startSim()
    const url = (path: string) => `${world.baseUrl}/${path}/${acme.eid}`
    const view = { type: 'view', key: null }
    expect((await li.chat(acme)).menu).toEqual([
      { ...view, position: '0', name: '入职登记', url: url('register'), buttons: [] },
      {
        position: '1',
        name: '加入我们',
        type: null,
        key: null,
        url: null,
        buttons: [
          { ...view, position: '1.0', name: '申请职位', url: url('apply') },
          { ...view, position: '1.1', name: '入职登记', url: url('register') },
        ],
      },
    ])
  })

  it('is there with an official account that TUPU does not run', async () => {
    const sim = await startSim()
    await send(sim, 1)
    const appid = await leaveToAnotherWechat(sim)
    const { json } = await sim.http('GET', `${people}/wang/chats/${appid}`)
    expect(json).toMatchObject({ account: null, appid, messages: [{ line: '第 1 条' }] })
    expect((await sim.wang.phone()).chats).toMatchObject([{ account: null, appid, unread: 1 }])
  })

  it('is empty with an account whose WeChat is elsewhere', async () => {
    const sim = await startSim()
    await leaveToAnotherWechat(sim)
    const chat = await sim.li.chat(sim.acme)
    expect(chat).toMatchObject({ account: 'acme', name: '晨光科技', messages: [], menu: null })
    expect(chat).toMatchObject({ appid: 'wx00000000000000aa', state: 'never' })
  })

  it('is empty, and its reading nothing, where the two never met', async () => {
    const { han, acme } = await startSim()
    expect(await han.chat(acme)).toMatchObject({
      openid: null,
      state: 'never',
      consented: false,
      unread: 0,
      messages: [],
      next_cursor: null,
    })
    expect(await han.reads(acme)).toMatchObject({ read_msgid: null, unread: 0 })
  })
})

describe('what cannot be looked at', () => {
  it.each([
    { path: 'nobody/phone', status: 404, field: 'person' },
    { path: 'nobody/chats/acme', status: 404, field: 'person' },
    { path: 'li/chats/x', status: 404, field: 'account' },
    { path: 'li/chats/globex', status: 409, field: 'account' },
    { path: 'li/chats/acme?before=x', status: 422, field: 'before' },
    { path: 'li/chats/acme?after=1', status: 422, field: 'after' },
  ])('is $path', async ({ path, status, field }) => {
    const { http } = await startSim()
    const { json } = await http('GET', `${people}/${path}`)
    expect(json).toMatchObject({ status, field })
  })

  it.each([
    { path: 'nobody/read', body: {}, status: 404, field: 'person' },
    { path: 'li/read', body: { account: 'x' }, status: 422, field: 'account' },
    { path: 'li/read', body: { account: 'globex' }, status: 409, field: 'account' },
    { path: 'li/read', body: { msgid: '1' }, status: 422, field: 'msgid' },
  ])('is $path with $body', async ({ path, body, status, field }) => {
    const { http } = await startSim()
    expect((await http('POST', `${people}/${path}`, body)).json).toMatchObject({ status, field })
  })
})
