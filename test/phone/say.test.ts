import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { dump, revealed, startErasing } from '../journal/erasure.ts'
import { startSim } from '../sim.ts'
import { leaveToAnotherWechat } from './orphan.ts'
import { send } from './send.ts'

describe('what a person writes to an account', () => {
  it('stands at their side of the conversation, in order with template messages, and is read', async () => {
    const sim = await startSim()
    const { world, wang, acme } = sim
    await send(sim, 1)
    await world.call('clock.advance', { by: 'PT1M' })
    const written = await wang.writes(acme, '第一天在几楼？]]> <b>&')
    await send(sim, 2)
    expect((await wang.chat(acme)).messages).toMatchObject([
      { from: 'account', content: null, line: '第 1 条' },
      { from: 'person', content: { type: 'text', content: '第一天在几楼？]]> <b>&' }, title: '' },
      { from: 'account', line: '第 1 条' },
      { from: 'account', line: '第 2 条' },
    ])
    expect(written).toMatchObject({ state: 'following', message: { from: 'person', url: null } })
    expect((await wang.phone()).unread).toBe(2)
  })

  it('may be a picture, of theirs or of ours, which anybody can fetch, and a place', async () => {
    const { world, li, acme, http } = await startSim()
    const say = (verb: string, what: object) =>
      world.call(`phone.${verb}`, { person: 'li', account: 'acme', ...what })
    await say('image', { url: 'https://img.example.com/a.jpg' })
    await say('image', {})
    await say('location', { latitude: 31.231706, longitude: '121.472644', label: '示例路 88 号' })
    const { messages } = await li.chat(acme)
    expect(messages.map(({ content }) => content)).toMatchObject(
      [
        { type: 'image', pic_url: 'https://img.example.com/a.jpg', media_id: /^[\w-]{64}$/ },
        { type: 'image' },
        { type: 'location', latitude: '31.231706', longitude: '121.472644', scale: 16 },
      ].map((content) =>
        'media_id' in content
          ? { ...content, media_id: expect.stringMatching(/^[\w-]{64}$/) }
          : content,
      ),
    )
    const own = messages[1]?.content
    const url = own?.type === 'image' ? String(own.pic_url) : ''
    const picture = await http('GET', url)
    expect(picture.headers.get('content-type')).toBe('image/png')
    expect((await li.phone()).chats[0]).toMatchObject({
      last: { type: 'location', title: '示例路 88 号' },
    })
  })

  it.each([
    { verb: 'text', person: 'han', body: { content: '你好' }, status: 409, field: 'person' },
    { verb: 'text', person: 'li', body: { content: '' }, status: 422, field: 'content' },
    { verb: 'text', person: 'li', body: {}, status: 422, field: 'content' },
    { verb: 'image', person: 'li', body: { url: 'file:///x' }, status: 422, field: 'url' },
    {
      verb: 'location',
      person: 'li',
      body: { latitude: 91, longitude: 0 },
      status: 422,
      field: 'latitude',
    },
    {
      verb: 'text',
      person: 'li',
      body: { account: 'globex', content: 'x' },
      status: 409,
      field: 'account',
    },
  ])('is refused as $verb of $person with $body', async ({ verb, person, body, status, field }) => {
    const { http } = await startSim()
    const path = `/_sim/v1/worlds/test/people/${person}/${verb}`
    expect((await http('POST', path, body)).json).toMatchObject({ status, field })
  })

  it('reaches nobody here where the WeChat of the account is elsewhere', async () => {
    const sim = await startSim()
    await leaveToAnotherWechat(sim)
    const path = '/_sim/v1/worlds/test/people/li/text'
    const { json } = await sim.http('POST', path, { account: 'acme', content: 'x' })
    expect(json).toMatchObject({ status: 409, field: 'account' })
  })
})

onEither('a withdrawal', (database) => {
  it('leaves of what was written that there was something, and in no table and no exchange what', async () => {
    const { world, http, other } = await startErasing(database)
    const { person } = await world.register('13900139000', { name: '陈大文' })
    const at = { person, account: 'acme' }
    await world.call('phone.text', { ...at, content: '我的电话是 13900139000' })
    await world.call('phone.location', { ...at, latitude: 31.25, longitude: 121.5, label: '我家' })
    await world.call('association.withdraw', { mobile: '13900139000' })
    expect(await world.call('phone.chat', at)).toMatchObject({
      messages: [
        { from: 'person', content: { type: 'text', content: '***' } },
        { from: 'person', content: { type: 'location', latitude: '***', label: '***' } },
      ],
    })
    const all = JSON.stringify([await dump(other), await revealed(http)])
    expect(all).not.toMatch(/电话是|我家|31\.25/)
  })

  it('keeps what is written when the world goes back to a snapshot, and in its file', async () => {
    const { world, sim } = await startErasing(database)
    const at = { person: 'li', account: 'acme' }
    await world.call('phone.text', { ...at, content: '你好' })
    await world.call('snapshot.create', { name: 'before' })
    await world.call('phone.text', { ...at, content: '再见' })
    await world.call('snapshot.restore', { name: 'before' })
    const texts = { messages: [{ content: { content: '你好' } }] }
    expect(await world.call('phone.chat', at)).toMatchObject(texts)
    const file = (await world.call('snapshot.get', { name: 'before', secrets: 'true' })) as object
    await world.call('world.delete')
    await sim.call('world.create', { name: 'test', snapshot: file })
    expect(await sim.call('phone.chat', { world: 'test', ...at })).toMatchObject(texts)
  })
})
