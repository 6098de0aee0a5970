import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { acmesClient } from '../wechat/client.ts'
import { leaveToAnotherWechat } from './orphan.ts'

const people = '/_sim/v1/worlds/test/people'

const ways = [
  ['search', 'ADD_SCENE_SEARCH'],
  ['qr_code', 'ADD_SCENE_QR_CODE'],
  ['profile_card', 'ADD_SCENE_PROFILE_CARD'],
  ['profile_link', 'ADD_SCENE_PROFILE_LINK'],
  ['profile_item', 'ADD_SCENE_PROFILE_ITEM'],
  ['paid', 'ADD_SCENE_PAID'],
  ['advertisement', 'ADD_SCENE_WECHAT_ADVERTISEMENT'],
  ['reprint', 'ADD_SCENE_REPRINT'],
  ['livestream', 'ADD_SCENE_LIVESTREAM'],
  ['channels', 'ADD_SCENE_CHANNELS'],
  ['mini_program', 'ADD_SCENE_WXA'],
  ['migration', 'ADD_SCENE_ACCOUNT_MIGRATION'],
  ['others', 'ADD_SCENE_OTHERS'],
] as const

describe('phone.follow', () => {
  it.each([[undefined, 'ADD_SCENE_SEARCH'] as const, ...ways])(
    'by %s is told to the account as %s',
    async (by, subscribe_scene) => {
      const sim = await startSim()
      const { openid } = (await sim.han.follows(sim.acme, by)) as { openid: string }
      const client = await acmesClient(sim)
      const { json } = await client.get('/cgi-bin/user/info', { openid })
      expect(json).toMatchObject({ subscribe: 1, subscribe_scene })
    },
  )

  it('says how somebody comes back, and nothing new of who follows already', async () => {
    const sim = await startSim()
    const { li, acme } = sim
    const client = await acmesClient(sim)
    const scene = async () => {
      const { json } = await client.get('/cgi-bin/user/info', { openid: li.openidAt(acme) })
      return json['subscribe_scene']
    }
    await li.follows(acme, 'paid')
    expect(await scene()).toBe('ADD_SCENE_SEARCH')
    await li.unfollows(acme)
    await li.follows(acme, 'paid')
    expect(await scene()).toBe('ADD_SCENE_PAID')
  })

  it('knows no other way', async () => {
    const { http } = await startSim()
    const answer = await http('POST', `${people}/han/follow`, { by: 'accident' })
    expect(answer.json).toMatchObject({ status: 422, field: 'by' })
    const { json } = await http('POST', `${people}/li/mute`, { by: 'search' })
    expect(json).toMatchObject({ status: 422, type: 'unknown_field', field: 'by' })
  })
})

describe('an official account that TUPU does not run', () => {
  it('is followed and left by its appid', async () => {
    const sim = await startSim()
    const appid = await leaveToAnotherWechat(sim)
    for (const [verb, state] of [
      ['follow', 'following'],
      ['mute', 'muted'],
      ['unfollow', 'unfollowed'],
    ]) {
      const { json } = await sim.http('POST', `${people}/han/${verb}`, { account: appid })
      expect(json).toMatchObject({ account: null, appid, state })
    }
  })
})
