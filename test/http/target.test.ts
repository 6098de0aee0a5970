import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { targeted } from './targeted.ts'

it('a path with a backslash is refused, also before an exact one', async () => {
  const { sim } = await startSim({ listen: true })
  const answer = await targeted(String(sim.url), '/w/a\\b/cgi-bin/token')
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
})

it('a target in absolute form is served like its path, by the host that it names', async () => {
  const { sim, acme } = await startSim({ listen: true })
  const url = String(sim.url)
  const { host, port } = new URL(url)
  const account = await targeted(url, `http://${host}/tupu/v1/accounts/${acme.eid}`)
  expect(account).toMatch(/^HTTP\/1\.1 200 [\s\S]*"errcode":0/)
  const exact = await targeted(url, `HTTP://${host}/cgi-bin/token?grant_type=x`)
  expect(exact).toMatch(/^HTTP\/1\.1 200 [\s\S]*"errcode":41002/)
  const page = await targeted(url, `HTTP://${host}?lang=en`)
  expect(page).toMatch(/^HTTP\/1\.1 200 [\s\S]*<html lang="en"/)
  const world = await targeted(url, `http://sim.test:${port}/_sim/v1/worlds/test`)
  expect(world).toContain(`"base_url":"http://sim.test:${port}/w/test"`)
  expect(await targeted(url, 'http://evil.example/_sim/v1/worlds')).toMatch(/^HTTP\/1\.1 421 /)
})
