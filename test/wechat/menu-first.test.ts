import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { acmesClient, bodyOf, initechsClient, tablesOf } from './client.ts'

const get = '/cgi-bin/menu/get'

it('a live account is born with a menu whose links lead to its own pages', async () => {
  const sim = await startSim()
  for (const client of [await acmesClient(sim), (await initechsClient(sim)).client]) {
    const base = sim.world.baseUrl
    const { eid } = client.account
    const register = {
      type: 'view',
      name: '入职登记',
      url: `${base}/register/${eid}`,
      sub_button: [],
    }
    const apply = { ...register, name: '申请职位', url: `${base}/apply/${eid}` }
    expect(bodyOf(await client.get(get))).toEqual({
      menu: { button: [register, { name: '加入我们', sub_button: [apply, register] }] },
    })
    expect(register.url).toBe(client.account.info.register_url)
  }
})

it('its menu could have been made by a call', async () => {
  const sim = await startSim()
  const client = await acmesClient(sim)
  const { menu } = bodyOf(await client.get(get))
  expect((await client.post('/cgi-bin/menu/create', menu)).text).toBe('{"errcode":0,"errmsg":"ok"}')
})

it('an account of stage new has neither official account nor menu', async () => {
  const { world, acme } = await startSim()
  const { menu } = await tablesOf(world)
  expect(menu?.map(({ appid }) => appid)).toEqual([acme.appid])
})
