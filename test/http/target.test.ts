import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { startSim } from '../sim.ts'

/** A call whose target is as given, such as a whole address, as proxies get it; all that came back. */
function targeted(url: string, target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port, host } = new URL(url)
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    })
    let text = ''
    socket.setEncoding('utf8').on('data', (part) => {
      text += part
    })
    socket.on('end', () => resolve(text)).on('error', reject)
  })
}

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
