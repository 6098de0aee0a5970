import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createProbe } from '../../../src/http/probe.ts'
import { startSim } from '../../sim.ts'
import { acmesClient, refusalOf } from '../client.ts'
import { startPushed } from './server.ts'

const path = '/cgi-bin/callback/check'
const realNow = () => performance.now()

/** A port at which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('POST /cgi-bin/callback/check', () => {
  it('looks the server up and connects to it, without a request to it', async () => {
    const sim = await startPushed()
    const client = await acmesClient(sim)
    const answer = await client.post(path, { action: 'all', check_operator: 'DEFAULT' })
    expect(answer.json).toEqual({
      dns: [{ ip: '127.0.0.1', real_operator: 'CAP' }],
      ping: [
        {
          ip: '127.0.0.1',
          from_operator: 'CAP',
          package_loss: '0%',
          time: expect.stringMatching(/^\d+\.\d{3}ms$/),
        },
      ],
    })
    expect(sim.server.got).toEqual([])
  })

  it.each([
    { action: 'dns', lists: ['dns'] },
    { action: 'ping', lists: ['ping'] },
    { action: 'all', lists: ['dns', 'ping'] },
  ])(
    'answers $lists to $action, for the operator that was asked for',
    async ({ action, lists }) => {
      const client = await acmesClient(await startPushed())
      const { json } = await client.post(path, { action, check_operator: 'UNICOM' })
      expect(Object.keys(json)).toEqual(lists)
      expect(JSON.stringify(json)).toContain('_operator":"UNICOM"')
    },
  )

  it('says that everything is lost where nobody listens, and why in the journal', async () => {
    const sim = await startSim()
    const url = `http://127.0.0.1:${await freePort()}/wx`
    const made = await sim.world.call('account.create', {
      key: 'initech',
      company: '首创软件',
      server: { url },
    })
    const { appid, app_secret: secret } = made as { appid: string; app_secret: string }
    const grant = { grant_type: 'client_credential', appid, secret }
    const { access_token } = (await sim.http('POST', '/cgi-bin/stable_token', grant)).json
    const body = { action: 'ping', check_operator: 'CHINANET' }
    const answer = await sim.http('POST', `${path}?access_token=${access_token}`, body)
    const lost = { ip: '127.0.0.1', from_operator: 'CHINANET', package_loss: '100%' }
    expect(answer.json).toEqual({ ping: [{ ...lost, time: '0.000ms' }] })
    const listed = await sim.world.call('exchange.list', { endpoint: 'network.check' })
    expect((listed as { items: { decision: unknown[] }[] }).items.at(-1)?.decision).toContainEqual({
      rule: 'server.reached',
      row: { url },
      actual: expect.stringContaining('ECONNREFUSED'),
      expected: 'a connection',
    })
  })

  it('is refused where the account has no server', async () => {
    const client = await acmesClient(await startSim())
    const answer = await client.post(path, { action: 'all', check_operator: 'CAP' })
    expect(refusalOf(answer)).toMatchObject({ errcode: 40201, errmsg: 'invalid check url' })
  })
})

describe('a look at a host', () => {
  const look = (resolve: (name: string) => Promise<string[]>) =>
    createProbe({ realNow, resolve })({ url: 'http://hr.test:9/', timeoutMs: 5000 })

  it('connects to no address that is never called', async () => {
    const probed = await look(async () => ['127.0.0.1', '169.254.169.254'])
    expect(probed).toEqual({ addresses: [], fault: expect.stringContaining('link-local') })
    const literal = createProbe({ realNow })({ url: 'http://169.254.1.1/', timeoutMs: 5000 })
    expect(await literal).toMatchObject({
      addresses: [{ ip: '169.254.1.1', elapsedMs: undefined }],
    })
  })

  it('finds nothing where the name does not resolve', async () => {
    const probed = await look(() => Promise.reject(new Error('ENOTFOUND')))
    expect(probed).toEqual({ addresses: [], fault: expect.stringContaining('does not resolve') })
  })
})
