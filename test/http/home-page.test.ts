import { describe, expect, it } from 'vitest'
import type { WorldInput } from '../../src/world-handle.ts'
import { type CurlCall, commandsOf, curlsIn, textOf } from '../page.ts'
import { type Http, type StartOptions, startSim } from '../sim.ts'

/** What the environment page of a test's world gives to paste. */
async function openHome(world: WorldInput, options: StartOptions = {}) {
  const sim = await startSim({ ...options, world: { ...world, name: 'home' } })
  const { text } = await sim.http('GET', '/w/home/environment?lang=en')
  return { ...sim, html: text, calls: commandsOf(text).flatMap((command) => curlsIn(command)) }
}

function run(http: Http, { method, url, headers, body }: CurlCall) {
  return http(method, new URL(url).pathname, body, headers)
}

describe('the command on the page of the environment', () => {
  it('sends to somebody who is registered, and the message stands on the phone', async () => {
    const { http, calls, wang } = await openHome({})
    const [call, ...others] = calls
    expect(others).toEqual([])
    if (!call) throw new Error('there is no command')
    expect(call.url).toBe('http://sim.localhost/w/home/tupu/v1/messages')
    expect((await run(http, call)).json).toMatchObject({ errcode: 0, errmsg: 'ok' })
    const { message } = JSON.parse(call.body ?? '')
    expect(await wang.inbox()).toMatchObject([{ line: message }])
  })

  it('needs no world in its address in the default world', async () => {
    const { http } = await startSim({ demo: true })
    const { text } = await http('GET', '/environment')
    const [call] = commandsOf(text).flatMap((command) => curlsIn(command))
    expect(call?.url).toBe('http://sim.localhost/tupu/v1/messages')
    if (call) expect((await run(http, call)).json).toMatchObject({ errcode: 0 })
  })

  it('registers a mobile first where nobody is registered', async () => {
    const { http, calls } = await openHome({ people: [] })
    expect(calls).toHaveLength(2)
    const answers = []
    for (const call of calls) answers.push((await run(http, call)).json)
    expect(answers).toMatchObject([{ state: 'following' }, { errcode: 0 }])
  })

  it('makes a world with an account where no account can send', async () => {
    const accounts = [{ key: 'globex', stage: 'new' as const }]
    const { http, calls, html } = await openHome({ accounts, people: [] })
    expect(textOf(html)).toContain('no account that can send yet')
    expect(calls).toHaveLength(1)
    const made = calls[0] && (await run(http, calls[0]))
    expect(made).toMatchObject({ status: 201, json: { env: { TUPU_EID: expect.any(String) } } })
  })

  it('is not there where calls must be signed; the documentation is named instead', async () => {
    const accounts = [{ key: 'acme', partner_secret: 'generated' as const }]
    const { calls, html } = await openHome({ accounts, people: [] })
    expect(calls).toEqual([])
    expect(textOf(html)).toContain('must be signed')
    expect(html).toContain('/docs/signature"')
  })

  it('goes to the public address, where there is one', async () => {
    const { calls } = await openHome({}, { publicUrl: 'https://sim.example.com' })
    expect(calls[0]?.url).toBe('https://sim.example.com/w/home/tupu/v1/messages')
  })
})

describe('the page of the environment', () => {
  it('shows a name that somebody chose as text', async () => {
    const company = '<b>"晨光" & Söhne</b>'
    const { html } = await openHome({ accounts: [{ key: 'acme', company }], people: [] })
    expect(html).not.toContain('<b>')
    expect(textOf(html)).toContain(company)
  })

  it('of a world that does not exist leads to the default one', async () => {
    const { http } = await startSim()
    const { status, headers, text } = await http('GET', '/w/nowhere/?lang=en')
    expect(status).toBe(404)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(textOf(text)).toContain('This world does not exist')
    expect(text).toContain('href="/"')
  })

  it('of the documentation of such a world is a problem that names it', async () => {
    const { http } = await startSim()
    const { status, json } = await http('GET', '/w/nowhere/docs')
    expect({ status, json }).toMatchObject({
      status: 404,
      json: {
        type: 'not_found',
        field: 'world',
        reason: 'there is no world nowhere',
        fix: 'make it with world.create, or use one of: default, test',
      },
    })
  })

  it.each(['/', '/docs', '/openapi.json'])(
    'and %s want the token of an exposed server',
    async (path) => {
      const { http } = await startSim({ exposed: true, controlToken: 'the-operators-token' })
      expect((await http('GET', path)).status).toBe(401)
      const headers = { authorization: 'Bearer the-operators-token' }
      expect((await http('GET', path, undefined, headers)).status).toBe(200)
    },
  )
})
