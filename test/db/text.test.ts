import { expect, it } from 'vitest'
import { onBoth } from '../database.ts'
import { startSim } from '../sim.ts'

/** Texts that one database or the other cannot hold. */
const texts = [
  { name: 'NUL', bad: 'a\0b' },
  { name: 'half a surrogate pair', bad: 'a\ud83db' },
]

const sends = [
  { field: 'eid', errcode: 100001 },
  { field: 'mobile', errcode: 100010 },
  { field: 'message', errcode: 100016 },
  { field: 'client_msg_id', errcode: 47001 },
  { field: 'keywords', errcode: 47001 },
  { field: 'name', errcode: 47001 },
  { field: 'email', errcode: 47001 },
  { field: 'url', errcode: 47001 },
]

const controls = [
  { path: '', field: 'name' },
  { path: '', field: 'seed' },
  { path: '/test/associations', field: 'mobile' },
  { path: '/test/associations', field: 'name', more: { mobile: '13800138009' } },
  { path: '/test/associations', field: 'email', more: { mobile: '13800138009' } },
  { path: '/test/people', field: 'key' },
  { path: '/test/people', field: 'name' },
  { path: '/test/accounts', field: 'key' },
  { path: '/test/accounts', field: 'company', more: { key: 'third' } },
]

/** Addresses spell a NUL as %00; half a surrogate pair has no spelling there. */
const addresses = [
  { path: '/tupu/v1/messages/a%00b?eid=EID', answers: [200, 100017] },
  { path: '/tupu/v1/messages?eid=EID&client_msg_id=a%00b', answers: [200, 100017] },
  { path: '/tupu/v1/accounts/a%00b', answers: [200, 100001] },
  { path: '/_sim/v1/worlds/a%00b', answers: [404] },
  { path: '/_sim/v1/worlds/test/messages?mobile=a%00b', answers: [422] },
  { path: '/_sim/v1/worlds/test/messages?account=a%00b', answers: [422] },
  { path: '/_sim/v1/worlds/test/messages?after=a%00b', answers: [422] },
  { path: '/_sim/v1/worlds/test/exchanges?trace=a%00b', answers: [422] },
  { path: '/_sim/v1/worlds/test/exchanges/a%00b', answers: [422] },
  {
    path: '/cgi-bin/token?grant_type=client_credential&appid=a%00b&secret=x',
    answers: [200, 40013],
  },
  { path: '/cgi-bin/user/info?access_token=a%00b&openid=o', answers: [200, 40001] },
  { path: '/w/a%00b/cgi-bin/token', answers: [200, 41002] },
]

onBoth('text that a database cannot hold', (database) => {
  it.each(texts)('is refused in every field before it gets there: $name', async ({ bad }) => {
    const { acme, wang, platform, world, http } = await startSim({ database })
    const rows = await rowsOf(world)
    for (const { field, errcode } of sends) {
      const value = field === 'keywords' ? { keyword1: bad } : bad
      const answer = await platform.sends(acme, { mobile: wang.mobile, [field]: value })
      expect({ field, errcode: answer.errcode }).toEqual({ field, errcode })
    }
    for (const { path, field, more } of controls) {
      const { status, text } = await http('POST', `/_sim/v1/worlds${path}`, {
        ...more,
        [field]: bad,
      })
      const problem = JSON.parse(text) as { field?: string }
      expect({ path, field: problem.field, status }).toEqual({ path, field, status: 422 })
    }
    expect(await rowsOf(world)).toEqual(rows)
    const kept = await world.messages()
    expect(kept.map((message) => message.state)).toEqual(sends.slice(1).map(() => 'refused'))
    expect(kept[1]).toMatchObject({ text: 'a\ufffdb', answer: { errcode: 100016 } })
  })

  it('is refused in every address before it gets there', async () => {
    const { acme, http } = await startSim({ database })
    const answered: unknown[] = []
    for (const { path } of addresses) {
      const { status, text } = await http('GET', path.replace('EID', acme.eid))
      const { errcode } = JSON.parse(text) as { errcode?: number }
      answered.push({ path, answers: errcode === undefined ? [status] : [status, errcode] })
    }
    expect(answered).toEqual(addresses)
  })
})

/** What no refusal may change. */
async function rowsOf(world: { call(id: string): Promise<unknown> }): Promise<unknown> {
  const { tables } = (await world.call('world.export')) as { tables: Record<string, unknown> }
  const { person, follower, account, association, template_message, send_count } = tables
  return { person, follower, account, association, template_message, send_count }
}
