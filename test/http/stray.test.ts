import { describe, expect, it } from 'vitest'
import { type Sim, startSim } from '../sim.ts'
import { acmesClient } from '../wechat/client.ts'

interface Decided {
  readonly surface: string
  readonly endpoint: string
  readonly method: string
  readonly url: string
  readonly decision: readonly unknown[]
}

/** The newest exchange of a world. */
async function latest({ sim }: Pick<Sim, 'sim'>, world: string): Promise<Decided | undefined> {
  const { items } = (await sim.call('exchange.list', { world })) as { items: Decided[] }
  return items[0]
}

const send = { endpoint: 'message.send', method: 'POST', path: '/tupu/v1/messages' }

describe('a call to no endpoint', () => {
  it.each([
    { sent: 'POST /tupu/v1/message', near: send, differs: ['path'] },
    { sent: 'POST /tupu/v2/messages', near: send, differs: ['prefix'] },
    { sent: 'POST /tupu/v1/messages/', near: send, differs: ['path'] },
    { sent: 'POST /messages', near: send, differs: ['prefix'] },
    { sent: 'POST /api/messages', near: send, differs: ['prefix'] },
    { sent: 'POST /partner/tupu/v1/messages', near: send, differs: ['prefix'] },
    { sent: 'PUT /tupu/v1/messages', near: send, differs: ['method'] },
    { sent: 'PUT /tupu/v1/mesages', near: send, differs: ['method', 'path'] },
    {
      sent: 'POST /cgi-bin/message/templates/send',
      near: { ...send, endpoint: 'template.send', path: '/cgi-bin/message/template/send' },
      differs: ['path'],
    },
    {
      sent: 'POST /message/template/send',
      near: { ...send, endpoint: 'template.send', path: '/cgi-bin/message/template/send' },
      differs: ['prefix'],
    },
    {
      sent: 'PUT /_sim/v1/worlds/test/messages',
      near: { endpoint: 'message.list', method: 'GET', path: '/_sim/v1/worlds/{world}/messages' },
      differs: ['method'],
    },
  ])('$sent is kept with the endpoint that was meant', async ({ sent, near, differs }) => {
    const sim = await startSim()
    const [method = '', path = ''] = sent.split(' ')
    await sim.http(method, `/w/test${path}`, '{}')
    const found = await latest(sim, 'test')
    expect(found).toMatchObject({ method, url: `/w/test${path}` })
    const step = found?.decision.at(-1) as { nearest: unknown[] }
    expect(step.nearest[0]).toEqual({ ...near, differs })
    expect(step.nearest.length).toBeLessThanOrEqual(3)
  })

  it('belongs to nobody’s world, unless its path or a credential names one', async () => {
    const sim = await startSim()
    const { acme, http } = sim
    const { token } = await acmesClient(sim)
    const body = { eid: acme.eid, mobile: '13800138002' }
    for (const [path, sent, world] of [
      ['/nowhere', {}, '_unattributed'],
      ['/nowhere', { eid: 'nobody-1' }, '_unattributed'],
      ['/w/nowhere/nowhere', body, '_unattributed'],
      ['/nowhere', body, 'test'],
      [`/nowhere?access_token=${token}`, {}, 'test'],
      [`/nowhere?appid=${acme.appid}`, {}, 'test'],
      ['/w/test/nowhere', {}, 'test'],
    ] as const) {
      const answer = await http('POST', path, sent)
      expect(answer.status).toBe(404)
      expect(answer.json).toMatchObject({
        type: 'unknown_path',
        fix: 'see / for the available paths',
      })
      const [url = ''] = path.split('?')
      expect((await latest(sim, world))?.url).toContain(url)
    }
  })

  it('says that the world is another one, where the path names none that is there', async () => {
    const sim = await startSim()
    await sim.http('POST', '/w/tset/tupu/v1/messages', { eid: sim.acme.eid })
    const found = await latest(sim, '_unattributed')
    const step = found?.decision.at(-1) as { nearest: unknown[] }
    expect(step.nearest[0]).toEqual({ ...send, differs: ['world'] })
  })

  it('far from every endpoint names none, and a very long path is not compared', async () => {
    const sim = await startSim()
    for (const path of ['/xyz', `/tupu/v1/messages${'s'.repeat(5000)}`]) {
      await sim.http('POST', `/w/test${path}`, '{}')
      expect((await latest(sim, 'test'))?.decision.at(-1)).toMatchObject({ nearest: [] })
    }
  })

  it('is masked like every other', async () => {
    const sim = await startSim()
    await sim.http('POST', '/w/test/send?mobile=13800138002&access_token=secret1', {
      mobile: '13800138002',
    })
    const text = JSON.stringify(await latest(sim, 'test'))
    expect(text).toContain('138****8002')
    expect(text).not.toMatch(/13800138002|secret1/)
  })

  it('is not kept when a browser asks by itself', async () => {
    const sim = await startSim()
    for (const path of ['/favicon.ico', '/robots.txt', '/.well-known/x.json', '/assets/x.css'])
      expect((await sim.http('GET', path)).status).toBe(404)
    expect(await latest(sim, '_unattributed')).toBeUndefined()
  })
})
