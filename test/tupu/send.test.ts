import { expect, it } from 'vitest'
import { onBoth } from '../database.ts'
import { startSim } from '../sim.ts'

onBoth('POST /tupu/v1/messages', (database) => {
  it('reaches the phone of whoever registered that mobile, however it is written', async () => {
    const { acme, li, platform } = await startSim({ database })
    await li.registers(acme, { mobile: '+8613800138000' })
    const answer = await platform.sends(acme, { mobile: '138 0013 8000', message: 'Welcome' })
    expect(answer).toMatchObject({
      errcode: 0,
      errmsg: 'ok',
      msgid_str: expect.stringMatching(/^\d{19}$/),
    })
    expect(await li.inbox('13800138000')).toMatchObject([
      {
        line: 'Welcome',
        state: 'delivered',
        title: '入职通知',
        keywords: { keyword2: '晨光科技', keyword3: '2026年1月5日 09:00' },
      },
    ])
  })

  it('answers 100011 for a mobile that nobody registered, so that the platform falls back', async () => {
    const { acme, platform, world } = await startSim({ database })
    expect(await platform.sends(acme, { mobile: '13900139000' })).toEqual({
      errcode: 100011,
      errmsg: 'no openid for this mobile',
    })
    expect(await platform.notifies(acme, { mobile: '13900139000' })).toBe('sms')
    expect(await world.messages({ mobile: '13900139000' })).toMatchObject([
      { state: 'refused' },
      { state: 'refused' },
    ])
  })
})
