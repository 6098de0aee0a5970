import { expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'

onEither('a candidate and a phone', (database) => {
  it('follows, taps, registers, receives, reads, opens, and goes away again', async () => {
    const { acme, han, platform, http, world } = await startSim({ database })
    const notify = () =>
      platform.notifies(acme, { mobile: han.mobile, url: 'https://hr.example/1' })

    // Han has never heard of Acme: the platform falls back to SMS.
    expect((await han.phone()).chats).toMatchObject([{ account: 'acme', state: 'never' }])
    expect(await notify()).toBe('sms')

    // Han finds the account, follows it, and taps the first button of its menu.
    await han.follows(acme)
    const { menu } = await han.chat(acme)
    expect(menu?.[0]).toMatchObject({ name: '入职登记', type: 'view' })
    const { url, pushed } = await han.taps(acme, '入职登记')
    expect(url).toBe(`${world.baseUrl}/as/${han.id}/register/${acme.eid}`)
    expect(pushed).toEqual({ event: 'VIEW', event_key: acme.info.register_url })
    expect((await http('GET', String(url))).status).toBeLessThan(400)

    // Following is not being registered.
    expect(await notify()).toBe('sms')
    await han.registers(acme)
    expect(await notify()).toBe('wechat')

    // The message stands on the phone, unread, and its link can be opened.
    expect(await han.phone()).toMatchObject({
      unread: 1,
      chats: [{ account: 'acme', state: 'following', unread: 1, last: { line: '欢迎加入' } }],
    })
    const [message] = (await han.chat(acme)).messages
    expect(message).toMatchObject({
      title: '入职通知',
      line: '欢迎加入',
      keywords: [
        { label: '姓名', value: '韩梅梅' },
        { label: '公司', value: '晨光科技' },
        { label: '时间', value: '2026年1月5日 09:00' },
      ],
    })
    await han.reads(acme)
    expect((await han.phone()).unread).toBe(0)
    expect(await han.opens({ msgid: message?.msgid_str ?? '' })).toBe('https://hr.example/1')

    // Blocked, a message is accepted and never arrives; muted or unfollowed, it is refused.
    await han.blocks(acme)
    expect(await notify()).toBe('wechat')
    await han.unblocks(acme)
    await han.mutes(acme)
    expect(await notify()).toBe('sms')
    await han.unfollows(acme)
    expect(await notify()).toBe('sms')
    expect((await han.chat(acme)).messages).toHaveLength(1)

    // Coming back is enough: nobody registers twice.
    await han.follows(acme)
    expect(await notify()).toBe('wechat')
    expect((await han.chat(acme)).messages).toHaveLength(2)
  })
})
