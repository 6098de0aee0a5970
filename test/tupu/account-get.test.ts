import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'

const steps = ['official_account_connected', 'industries_set', 'template_approved']

describe('GET /tupu/v1/accounts/{eid}', () => {
  it('says that a live account misses nothing, and since when', async () => {
    const { acme, http, world } = await startSim()
    await world.advance('P1D')
    expect((await http('GET', `/tupu/v1/accounts/${acme.eid}`)).json).toEqual({
      errcode: 0,
      errmsg: 'ok',
      eid: acme.eid,
      live: true,
      missing: [],
      checklist: steps.map((step) => ({ step, done: true, at: '2026-01-05T01:00:00.000Z' })),
    })
  })

  it('names everything that a new account misses', async () => {
    const { globex, http } = await startSim()
    expect((await http('GET', `/tupu/v1/accounts/${globex.eid}`)).json).toEqual({
      errcode: 0,
      errmsg: 'ok',
      eid: globex.eid,
      live: false,
      missing: steps,
      checklist: steps.map((step) => ({ step, done: false, at: null })),
    })
  })

  it.each(['nobody', 'acme', '%00', '%F0%9F%98%80'])('answers 100001 for %s', async (eid) => {
    const { http } = await startSim()
    const { json } = await http('GET', `/tupu/v1/accounts/${eid}`)
    expect(json).toEqual({ errcode: 100001, errmsg: 'unknown eid' })
  })

  it('goes by the EID of its path, not by one in the query', async () => {
    const { acme, globex, http } = await startSim()
    const { json } = await http('GET', `/tupu/v1/accounts/${acme.eid}?eid=${globex.eid}`)
    expect(json).toMatchObject({ eid: acme.eid, live: true })
  })

  it('leaves no message', async () => {
    const { http, world } = await startSim()
    await http('GET', '/tupu/v1/accounts/nobody')
    expect(await world.messages()).toEqual([])
  })
})
