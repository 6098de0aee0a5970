import { beforeAll, describe, expect, it } from 'vitest'
import { createSimulator } from '../../src/simulator.ts'
import { tupuErrors } from '../../src/tupu/errors.ts'
import { startSim } from '../sim.ts'
import { tables } from './journal.ts'

interface Published {
  readonly mobile: string
  readonly errcode: number
  readonly errmsg: string
}

describe('the magic mobiles', () => {
  let published: readonly Published[] = []
  beforeAll(async () => {
    await using sim = await createSimulator()
    const { items } = (await sim.call('magic.list')) as { items: readonly Published[] }
    published = items.filter(({ mobile }) => mobile.startsWith('19900'))
  })

  it('are published, and answer each its own code and text', async () => {
    expect(published.length).toBeGreaterThan(300)
    const { acme, platform } = await startSim()
    for (const { mobile, errcode, errmsg } of published) {
      const answer = await platform.sends(acme, { mobile })
      const text = errmsg.split('{')[0] ?? ''
      expect({ mobile, errcode: answer.errcode }).toEqual({ mobile, errcode })
      expect(answer.errmsg.startsWith(text), answer.errmsg).toBe(true)
      expect(answer.errmsg, 'a part that nobody filled').not.toMatch(/[{}]/)
      if (errcode === 0) continue
      // WeChat's answers carry a rid, TUPU's own do not.
      const hasRid = / rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/.test(answer.errmsg)
      expect({ mobile, hasRid }).toEqual({ mobile, hasRid: !tupuErrors.has(errcode) })
    }
  })

  it('are spelled as 19900 and a six-digit code, and 999999 for -1', () => {
    for (const { mobile, errcode } of published) {
      const code = errcode === -1 ? '999999' : String(errcode).padStart(6, '0')
      expect(mobile).toBe(`19900${code}`)
    }
  })
})

describe('a magic mobile', () => {
  it('that accepts draws a msgid, and stands on no phone', async () => {
    const { acme, platform, world } = await startSim()
    const first = await platform.sends(acme, { mobile: '199 0000 0000' })
    const second = await platform.sends(acme, { mobile: '+8619900000000' })
    expect(first).toMatchObject({ errcode: 0, msgid_str: expect.stringMatching(/^\d{19}$/) })
    expect(BigInt(second.msgid_str ?? 0) > BigInt(first.msgid_str ?? 0)).toBe(true)
    expect(await world.messages()).toMatchObject([
      { state: 'delivered', on_phone: false, line: null, msgid_str: first.msgid_str },
      { state: 'delivered', on_phone: false, line: null, msgid_str: second.msgid_str },
    ])
    expect(await tables(world)).toMatchObject({ template_message: [] })
  })

  it('draws from the same msgids as ordinary sends', async () => {
    const { acme, wang, platform } = await startSim()
    const msgids = new Set<string | undefined>()
    for (const mobile of ['19900000000', wang.mobile, '19900000000', wang.mobile]) {
      msgids.add((await platform.sends(acme, { mobile })).msgid_str)
    }
    expect(msgids.size).toBe(4)
  })

  it.each([
    { mobile: '19900043004', state: 'refused' },
    { mobile: '19900100011', state: 'refused' },
    { mobile: '19900100031', state: 'unknown' },
    { mobile: '19900100032', state: 'unknown' },
    { mobile: '19900999999', state: 'refused' },
  ])('leaves a message that is $state for $mobile', async ({ mobile, state }) => {
    const { acme, platform, world } = await startSim()
    const answer = await platform.sends(acme, { mobile })
    expect(await world.messages()).toMatchObject([{ state, answer, on_phone: false }])
  })

  it('that asks for patience says how long', async () => {
    const { acme, http } = await startSim()
    const body = { eid: acme.eid, mobile: '19900100018', message: 'hi' }
    expect((await http('POST', '/tupu/v1/messages', body)).json).toEqual({
      errcode: 100018,
      errmsg: 'too many requests',
      retry_after_s: 60,
    })
  })

  it.each([
    { what: 'a message', but: { message: '' }, errcode: 100012 },
    { what: 'a client_msg_id', but: { client_msg_id: '' }, errcode: 47001 },
    { what: 'a keyword', but: { keywords: { keyword9: 'x' } }, errcode: 100014 },
    { what: 'a name', but: { name: 1 }, errcode: 47001 },
  ])('stands after validation: $what that is refused comes first', async ({ but, errcode }) => {
    const { acme, platform } = await startSim()
    const answer = await platform.sends(acme, { mobile: '19900000000', ...but })
    expect(answer.errcode).toBe(errcode)
  })

  it('does not make an account live', async () => {
    const { globex, platform } = await startSim()
    expect((await platform.sends(globex, { mobile: '19900000000' })).errcode).toBe(100002)
  })

  it('cannot be registered', async () => {
    const { world } = await startSim()
    await expect(world.register('19900043004')).rejects.toMatchObject({
      status: 422,
      problem: { field: 'mobile' },
    })
  })

  it('of a code of neither table is an ordinary mobile', async () => {
    const { acme, platform, world } = await startSim()
    const mobile = '19900000001'
    expect((await platform.sends(acme, { mobile })).errcode).toBe(100011)
    await world.register(mobile)
    expect((await platform.sends(acme, { mobile })).errcode).toBe(0)
    expect(await world.messages({ state: 'delivered' })).toMatchObject([{ on_phone: true }])
  })

  it('is an ordinary one in a world without magic', async () => {
    const { acme, platform, world } = await startSim({ world: { magic: 'off' } })
    const mobile = '19900043004'
    expect((await platform.sends(acme, { mobile })).errcode).toBe(100011)
    await world.register(mobile)
    expect((await platform.sends(acme, { mobile })).errcode).toBe(0)
  })
})
