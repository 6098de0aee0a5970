import { describe, expect, it } from 'vitest'
import { type Sim, startSim } from '../sim.ts'
import { acmesClient } from '../wechat/client.ts'

const people = '/_sim/v1/worlds/test/people'

const button = [
  { type: 'click', name: '帮助', key: 'HELP' },
  {
    name: '服务',
    sub_button: [
      { type: 'view', name: '手册', url: 'https://hr.example.com/book?a=1#top' },
      { type: 'scancode_push', name: '签到', key: 'SIGN' },
      { type: 'location_select', name: '位置', key: 'WHERE' },
      { type: 'pic_weixin', name: '照片', key: 'PHOTO' },
      { type: 'media_id', name: '地图', media_id: 'm'.repeat(64) },
    ],
  },
]

async function startWithMenu(): Promise<Sim> {
  const sim = await startSim()
  const client = await acmesClient(sim)
  expect((await client.post('/cgi-bin/menu/create', { button })).json).toMatchObject({ errcode: 0 })
  return sim
}

describe('phone.tap', () => {
  it.each([
    {
      name: '帮助',
      position: '0',
      is: { type: 'click', url: null, pushed: { event: 'CLICK', event_key: 'HELP' }, needs: null },
    },
    {
      name: '手册',
      position: '1.0',
      is: {
        type: 'view',
        url: 'https://hr.example.com/book?a=1#top',
        pushed: { event: 'VIEW', event_key: 'https://hr.example.com/book?a=1#top' },
        needs: null,
      },
    },
    {
      name: '签到',
      position: '1.1',
      is: {
        url: 'https://hr.example.com/',
        pushed: { event: 'scancode_push', event_key: 'SIGN' },
        needs: null,
      },
    },
    { name: '位置', position: '1.2', is: { pushed: { event_key: 'WHERE' }, needs: null } },
    { name: '照片', position: '1.3', is: { pushed: { event: 'pic_weixin' }, needs: null } },
    { name: '地图', position: '1.4', is: { type: 'media_id', pushed: null, needs: 'material' } },
  ])('on $name or $position answers what it does', async ({ name, position, is }) => {
    const { li, acme } = await startWithMenu()
    const byName = await li.taps(acme, name)
    expect(byName).toMatchObject({ button: name, position, buttons: [], ...is })
    const { messages, ...same } = byName
    const byPosition = await li.taps(acme, position)
    expect(byPosition).toMatchObject(same)
    expect(byPosition.messages).toHaveLength(messages.length)
  })

  it('on a parent lists the buttons below it, and does nothing else', async () => {
    const { li, acme } = await startWithMenu()
    const answer = await li.taps(acme, '服务')
    expect(answer).toMatchObject({ type: null, url: null, pushed: null, needs: null })
    expect(answer.buttons).toHaveLength(5)
    expect(answer.buttons[1]).toEqual({ position: '1.1', name: '签到' })
  })

  it('opens pages of ours as the person sees them, wherever the call came to', async () => {
    const { world, acme, http, li } = await startSim()
    const headers = { host: 'sim.test:9999' }
    const { json } = await http('POST', `/w/test${people}/li/tap`, { button: '0' }, headers)
    const page = `/register/${acme.eid}`
    expect(json).toMatchObject({ url: `http://sim.test:9999/w/test/as/${li.id}${page}` })
    expect((await li.taps(acme, '0')).url).toBe(`${world.baseUrl}/as/${li.id}${page}`)
  })

  it('keeps what was pushed as a step of the decision', async () => {
    const { li, acme, http, world } = await startWithMenu()
    await li.taps(acme, '帮助')
    const { json } = await http('GET', `/_sim/v1/worlds/${world.name}/exchanges`)
    const items = json['items'] as unknown as { endpoint: string; decision: unknown[] }[]
    expect(items.find(({ endpoint }) => endpoint === 'phone.tap')?.decision).toContainEqual({
      rule: 'menu.pushed',
      row: { event: 'CLICK', event_key: 'HELP' },
    })
  })

  it('names the buttons that there are when there is no such one', async () => {
    const { http } = await startWithMenu()
    for (const wanted of ['7', '1.7', '0.0', '', '救命']) {
      const { json } = await http('POST', `${people}/li/tap`, { button: wanted })
      expect(json).toMatchObject({
        status: 422,
        field: 'button',
        fix: 'use one of: 帮助, 服务, 手册, 签到, 位置, 照片, 地图',
      })
    }
  })

  it.each([
    { who: 'han', body: { button: '0' }, status: 409, field: 'person', fix: 'follow first' },
    { who: 'nobody', body: { button: '0' }, status: 404, field: 'person' },
    { who: 'li', body: { button: '0', account: 'x' }, status: 422, field: 'account' },
    { who: 'li', body: { button: '0', account: 'globex' }, status: 409, field: 'account' },
    { who: 'li', body: {}, status: 422, field: 'button' },
    { who: 'li', body: { button: 0 }, status: 422, field: 'button' },
  ])('is refused to $who with $body', async ({ who, body, ...no }) => {
    const { http } = await startWithMenu()
    expect((await http('POST', `${people}/${who}/tap`, body)).json).toMatchObject(no)
  })

  it('is refused where there is no menu, and who left', async () => {
    const sim = await startWithMenu()
    const { http, li, acme } = sim
    await li.unfollows(acme)
    const tap = () => http('POST', `${people}/li/tap`, { button: '0' })
    expect((await tap()).json).toMatchObject({ status: 409, field: 'person' })
    await li.follows(acme)
    const client = await acmesClient(sim)
    await client.get('/cgi-bin/menu/delete')
    expect((await tap()).json).toMatchObject({ status: 409, field: 'button' })
  })
})
