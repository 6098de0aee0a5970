import { expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { tablesOf } from '../wechat/client.ts'
import { send } from './send.ts'

onEither('a phone', (database) => {
  it('lists the official accounts of the world, with what came last and what is unread', async () => {
    const sim = await startSim({ database })
    const { world, wang, acme } = sim
    await world.call('account.create', { key: 'initech', company: '首创软件' })
    await send(sim, 2)
    expect(await wang.phone()).toEqual({
      person: wang.id,
      key: 'wang',
      name: '王小雨',
      mobile: '+8613800138002',
      unionid: expect.stringMatching(/^o[\w-]{27}$/),
      snapshot: false,
      phone_url: `${world.baseUrl}/phone/${wang.id}`,
      unread: 2,
      chats: [
        {
          account: 'acme',
          appid: acme.appid,
          name: '晨光科技',
          openid: wang.openidAt(acme),
          state: 'following',
          unread: 2,
          last: {
            type: 'template',
            title: '入职通知',
            line: '第 2 条',
            at: '2026-01-05T01:00:00.000Z',
          },
        },
        {
          account: 'initech',
          appid: expect.stringMatching(/^wx/),
          name: '首创软件',
          openid: null,
          state: 'never',
          unread: 0,
          last: null,
        },
      ],
    })
  })

  it('shows the account that wrote last first', async () => {
    const sim = await startSim({ database })
    const { world, platform } = sim
    const made = await world.call('account.create', { key: 'initech' })
    const { eid } = made as { eid: string }
    await world.register(sim.wang.mobile, { account: 'initech' })
    await send(sim, 1)
    await world.advance('PT1S')
    await platform.post('/messages', { eid, mobile: sim.wang.mobile, message: 'later' })
    const order = async () => (await sim.wang.phone()).chats.map(({ account }) => account)
    expect(await order()).toEqual(['initech', 'acme'])
    await world.advance('PT1S')
    await send(sim, 1)
    expect(await order()).toEqual(['acme', 'initech'])
  })

  it('counts as unread what came after the last look, and nothing that never arrived', async () => {
    const sim = await startSim({ database })
    const { wang, acme } = sim
    const unread = async () => (await wang.phone()).unread
    await send(sim, 3)
    expect(await unread()).toBe(3)
    expect(await wang.reads(acme)).toMatchObject({ account: 'acme', unread: 0 })
    expect(await unread()).toBe(0)
    await wang.blocks(acme)
    await send(sim, 1)
    expect(await unread()).toBe(0)
    await wang.unblocks(acme)
    await send(sim, 1)
    expect(await unread()).toBe(1)
    expect((await wang.chat(acme)).messages).toHaveLength(4)
  })

  it('counts no further than a badge does', async () => {
    const sim = await startSim({ database })
    await send(sim, 101)
    expect((await sim.wang.phone()).unread).toBe(100)
  })

  it('shows a conversation by pages, each oldest first, each message once', async () => {
    const sim = await startSim({ database })
    const { wang, acme } = sim
    await send(sim, 45)
    const seen: (string | null)[] = []
    let before: string | undefined
    const sizes: number[] = []
    for (;;) {
      const { messages, next_cursor } = await wang.chat(acme, before)
      sizes.push(messages.length)
      seen.unshift(...messages.map(({ line }) => line))
      if (next_cursor === null) break
      before = next_cursor
    }
    expect(sizes).toEqual([20, 20, 5])
    expect(seen).toEqual(Array.from({ length: 45 }, (_, i) => `第 ${i + 1} 条`))
  })

  it('marks a conversation as read for one person only, and again changes nothing', async () => {
    const sim = await startSim({ database })
    const { wang, fang, acme, platform } = sim
    await send(sim, 1)
    await platform.sends(acme, { mobile: fang.mobile })
    const first = await wang.reads(acme)
    expect(first).toMatchObject({ read_msgid: expect.stringMatching(/^\d{19}$/) })
    const tables = await tablesOf(sim.world)
    expect(await wang.reads(acme)).toEqual(first)
    expect(await tablesOf(sim.world)).toEqual(tables)
    expect((await fang.phone()).unread).toBe(1)
  })
})
