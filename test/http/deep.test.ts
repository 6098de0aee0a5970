import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'

it.each([
  { surface: 'the partner API', path: '/tupu/v1/messages', field: 'eid' },
  { surface: 'WeChat', path: '/cgi-bin/stable_token', field: 'grant_type' },
])(
  'a field nested 100,000 levels deep is refused by $surface, not a mistake of the simulator',
  async ({ path, field }) => {
    const { http, world, acme } = await startSim()
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const body = `{"appid":"${acme.appid}","secret":"x","${field}":${deep}}`
    const answer = await http('POST', `/w/${world.name}${path}`, body)
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({ errcode: expect.any(Number) })
  },
)
