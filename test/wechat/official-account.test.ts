import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { initechsClient } from './client.ts'

it('an official account and its followers are known by ids of WeChat’s forms', async () => {
  const { acme, li, wang } = await startSim()
  expect(acme.appid).toMatch(/^wx[0-9a-f]{16}$/)
  expect(acme.info.app_secret).toMatch(/^[0-9a-f]{32}$/)
  expect(acme.info.template_id).toMatch(/^[\w-]{43}$/)
  for (const person of [li, wang]) expect(person.openidAt(acme)).toMatch(/^o[\w-]{27}$/)
})

it('ids and secrets are the same on any server, for worlds of one name and seed', async () => {
  const [one, two] = [await startSim(), await startSim()]
  expect(two.acme.info).toEqual(one.acme.info)
  expect(two.li.openidAt(two.acme)).toBe(one.li.openidAt(one.acme))
})

it('no two accounts, people or worlds share an id', async () => {
  const sim = await startSim()
  const other = await sim.sim.world({ name: 'other', seed: 'test' })
  const initech = await initechsClient(sim)
  const { acme, li, wang } = sim
  const ids = [
    acme.appid,
    initech.client.account.appid,
    other.accounts[0]?.appid,
    acme.info.app_secret,
    initech.client.account.info.app_secret,
    other.accounts[0]?.app_secret,
    li.openidAt(acme),
    wang.openidAt(acme),
    initech.openid,
    ...other.people.map(({ openids }) => openids['acme']).filter((openid) => openid !== undefined),
  ]
  expect(ids.length).toBe(11)
  expect(new Set(ids).size).toBe(ids.length)
})
