import { expect, it } from 'vitest'
import { onEither } from '../../database.ts'
import { history, registered, startStory, verbsOf } from './story.ts'

onEither('one mobile, one openid', (database) => {
  it('keeps the same mobile in two accounts apart: withdrawn at one, it is reached at the other', async () => {
    const story = await startStory(database)
    const { acme, initech, mobile, world, platform, openidOf, fillsIn } = story
    await fillsIn('he')
    await fillsIn('he', {}, { account: initech })
    expect(openidOf('he', 'initech')).not.toBe(openidOf('he'))
    for (const account of [acme, initech])
      expect(await platform.sends(account, { mobile })).toMatchObject({ errcode: 0 })
    await world.call('association.withdraw', { mobile })
    expect(await platform.sends(acme, { mobile })).toMatchObject({ errcode: 100011 })
    expect(await platform.sends(initech, { mobile })).toMatchObject({ errcode: 0 })
    expect(await registered(story, initech)).toMatchObject([
      { mobile: `+86${mobile}`, name: '陈大文', email: 'he@example.com' },
    ])
    expect(await history(world, { account: 'initech' })).toMatchObject([
      { verb: 'registered', openid: openidOf('he', 'initech'), account: 'initech' },
    ])
    expect(await history(world, { account: 'acme' })).toMatchObject([
      { verb: 'registered', openid: null },
      { verb: 'withdrawn', openid: null },
    ])
  })

  it('refuses the second of a couple with one mobile, and keeps nothing of the attempt', async () => {
    const story = await startStory(database)
    const { acme, mobile, platform, world, openidOf, fillsIn } = story
    await fillsIn('he')
    const before = await registered(story, acme)
    const page = await fillsIn('she')
    expect(page.status).toBe(422)
    expect(page.text).not.toMatch(/陈大文|he@example/)
    expect(await registered(story, acme)).toEqual(before)
    expect(await verbsOf(world, openidOf('she'))).toEqual([])
    expect(await verbsOf(world, openidOf('he'))).toEqual(['registered candidate form'])
    expect(await platform.sends(acme, { mobile, message: '给他' })).toMatchObject({ errcode: 0 })
    expect(await world.message()).toMatchObject({ line: '给他', keywords: { keyword1: '陈大文' } })
  })

  it('lets the second of a couple take the place of the first, where the account wants that', async () => {
    const story = await startStory(database, 'replace')
    const { acme, mobile, platform, world, openidOf, fillsIn } = story
    await fillsIn('he')
    expect(await fillsIn('she')).toMatchObject({ status: 200 })
    expect(await registered(story, acme)).toMatchObject([{ openid: openidOf('she') }])
    expect(await verbsOf(world, openidOf('he'))).toEqual([
      'registered candidate form',
      'replaced candidate form',
    ])
    expect(await verbsOf(world, openidOf('she'))).toEqual(['registered candidate form'])
    await platform.sends(acme, { mobile })
    expect(await world.message()).toMatchObject({ keywords: { keyword1: '陈小美' } })
  })

  it('lets a new owner register a mobile that the operator has released', async () => {
    const story = await startStory(database)
    const { acme, mobile, world, openidOf, fillsIn } = story
    await fillsIn('he')
    expect(await fillsIn('she')).toMatchObject({ status: 422 })
    const released = await world.call('association.release', { mobile: `+86 ${mobile}` })
    expect(released).toEqual({
      mobile: `+86${mobile}`,
      account: 'acme',
      eid: acme.eid,
      appid: acme.appid,
      openid: openidOf('he'),
      source: 'form',
      registered_at: '2026-01-05T01:00:00.000Z',
    })
    expect(await registered(story, acme)).toEqual([])
    expect(await fillsIn('she')).toMatchObject({ status: 200 })
    expect(await registered(story, acme)).toMatchObject([{ openid: openidOf('she') }])
    expect(await verbsOf(world, openidOf('he'))).toEqual([
      'registered candidate form',
      'released operator control',
    ])
  })

  it('knows the same person by a new openid once the old one is released', async () => {
    const story = await startStory(database)
    const { acme, mobile, world, openidOf, fillsIn } = story
    await fillsIn('he')
    // The same person with a new WeChat account: for WeChat, somebody else.
    const again = { name: '陈大文', email: 'he@example.com' }
    expect(await fillsIn('she', again)).toMatchObject({ status: 422 })
    await world.call('association.release', { mobile })
    expect(await fillsIn('she', again)).toMatchObject({ status: 200 })
    expect(await registered(story, acme)).toMatchObject([
      { openid: openidOf('she'), name: '陈大文', mobile: `+86${mobile}` },
    ])
  })

  it('keeps the source of a direct application when the form changes it later', async () => {
    const story = await startStory(database)
    const { acme, world, openidOf, fillsIn } = story
    await fillsIn('he', {}, { page: 'apply' })
    expect(await registered(story, acme)).toMatchObject([{ source: 'direct_application' }])
    await fillsIn('he', { name: '陈大文二' })
    expect(await registered(story, acme)).toMatchObject([
      { source: 'direct_application', name: '陈大文二' },
    ])
    expect(await history(world, { openid: openidOf('he') })).toMatchObject([
      { verb: 'registered', via: 'direct_application' },
      { verb: 'changed', via: 'form', fields: ['name'] },
    ])
  })

  it('lets whoever has withdrawn register again, as somebody new', async () => {
    const story = await startStory(database)
    const { acme, mobile, platform, world, openidOf, fillsIn } = story
    await fillsIn('he')
    await world.call('association.withdraw', { openid: openidOf('he') })
    await world.advance('P1D')
    expect(await fillsIn('he')).toMatchObject({ status: 200 })
    expect(await registered(story, acme)).toMatchObject([
      { name: '陈大文', created_at: Date.parse('2026-01-06T01:00:00.000Z') },
    ])
    expect(await platform.sends(acme, { mobile })).toMatchObject({ errcode: 0 })
    expect(await history(world)).toMatchObject([
      { verb: 'registered', openid: null },
      { verb: 'withdrawn', openid: null, who: 'operator', via: 'control' },
      { verb: 'registered', openid: openidOf('he'), who: 'candidate', via: 'form' },
    ])
  })

  it('lets somebody move to another mobile, which frees the old one', async () => {
    const story = await startStory(database)
    const { mobile, world, openidOf, fillsIn } = story
    await fillsIn('he')
    await fillsIn('he', { mobile: '13800138051' })
    expect(await fillsIn('she')).toMatchObject({ status: 200 })
    expect(await fillsIn('he', { mobile })).toMatchObject({ status: 422 })
    expect(await history(world, { openid: openidOf('he') })).toMatchObject([
      { verb: 'registered', fields: ['name', 'mobile', 'email', 'source', 'notice_version'] },
      { verb: 'changed', fields: ['mobile'] },
    ])
  })
})
