import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identitiesOf } from '../../src/auth/browser-identity.ts'
import { isSignedIn, signedInValue } from '../../src/auth/control-token.ts'
import { RecentGuesses } from '../../src/auth/guesses.ts'
import type { Engine, Settings } from '../../src/core/engine.ts'
import { ownPath } from '../../src/core/locate.ts'
import { en } from '../../views/words/en.ts'
import { zh } from '../../views/words/zh.ts'
import { tagsOf, textOf } from '../page.ts'
import { type StartOptions, startSim } from '../sim.ts'

const controlToken = 'the-operators-token'
const asPerson = { accept: 'text/html,application/xhtml+xml', 'sec-fetch-mode': 'navigate' }

/** An exposed simulator, and a browser that keeps the one cookie. */
async function exposed(options: StartOptions = {}) {
  const { http } = await startSim({ exposed: true, controlToken, ...options })
  let cookie = ''
  const send = async (method: string, path: string, body?: string, headers = {}) => {
    const answer = await http(method, path, body, {
      ...asPerson,
      ...(cookie ? { cookie } : {}),
      ...headers,
    })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return answer
  }
  const open = (path: string, headers = {}) => send('GET', path, undefined, headers)
  const signIn = (form: Record<string, string>, headers = {}) =>
    send('POST', '/sign-in', new URLSearchParams(form).toString(), headers)
  return { http, open, send, signIn, cookie: () => cookie }
}

describe('a person who opens a page of an exposed server', () => {
  it.each([
    '/',
    '/docs',
    '/openapi.json',
    '/metrics',
    '/_sim/v1/worlds',
    '/w/test/docs?x=%E4%B8%AD&y=1',
  ])('is asked for the control token instead of %s, and comes there by it', async (path) => {
    const { open, signIn } = await exposed()
    const asked = await open(path)
    expect(asked.status).toBe(401)
    expect(asked.headers.get('www-authenticate')).toContain('Bearer')
    expect(asked.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(asked.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(asked.headers.get('cache-control')).toBe('no-store')
    const fields = tagsOf(asked.text).filter(({ name }) => name === 'input')
    const next = fields.find(({ attributes }) => attributes['name'] === 'next')?.attributes['value']
    expect(next).toBe(path)
    const { status, headers } = await signIn({ token: controlToken, next: next ?? '' })
    expect({ status, location: headers.get('location') }).toEqual({ status: 303, location: path })
    expect((await open(path)).status).toBe(200)
  })

  it.each([
    { what: 'a program', headers: { accept: '*/*', 'sec-fetch-mode': '' } },
    { what: 'a script of a page', headers: { 'sec-fetch-mode': 'cors' } },
    { what: 'a program that takes JSON', headers: { accept: 'application/json' } },
  ])('is no $what: that gets a problem', async ({ headers }) => {
    const { open } = await exposed()
    const answer = await open('/_sim/v1/worlds', headers)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.json).toMatchObject({ status: 401, fix: expect.stringContaining('/sign-in') })
  })

  it('may use a browser that tells nothing of its intentions', async () => {
    const { http } = await exposed()
    const answer = await http('GET', '/docs', undefined, { accept: 'text/html' })
    expect(answer.status).toBe(401)
    expect(textOf(answer.text)).toContain(en.signIn.needed)
  })

  it.each([
    { lang: 'en', words: en },
    { lang: 'zh', words: zh },
  ])('reads everything in $lang', async ({ lang, words: { tag, signIn: words } }) => {
    const { open, send, signIn } = await exposed()
    const accept = { 'accept-language': lang }
    const needed = await open('/docs?lang=xx', accept)
    expect(needed.text).toContain(`<html lang="${tag}">`)
    expect(textOf(needed.text)).toContain(words.needed)
    expect(textOf((await open(`/sign-in?lang=${lang}`)).text)).toContain(words.asked)
    const form = new URLSearchParams({ token: 'wrong', next: '/docs' }).toString()
    const wrong = await send('POST', `/sign-in?lang=${lang}`, form)
    expect(textOf(wrong.text)).toContain(words.wrong)
    await signIn({ token: controlToken })
    expect(textOf((await open('/sign-in', accept)).text)).toContain(words.signedIn)
  })

  it('keeps what was asked for when the language is changed', async () => {
    const { open } = await exposed()
    const links = tagsOf((await open('/w/test/?a=1&b=2')).text)
    const [chinese] = links.filter(({ attributes }) => attributes['hreflang'] === 'zh-CN')
    const { text } = await open(chinese?.attributes['href'] ?? '')
    expect(text).toContain('<html lang="zh-CN">')
    const next = tagsOf(text).find(({ attributes }) => attributes['name'] === 'next')
    expect(next?.attributes['value']).toBe('/w/test/?a=1&b=2')
  })
})

describe('signing in', () => {
  it('gives a cookie that no script and no other site sees, and that is not the token', async () => {
    const { signIn } = await exposed()
    const { headers } = await signIn({ token: ` ${controlToken} `, next: '/' })
    const cookie = headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=604800$/u)
    expect(cookie).not.toContain(controlToken)
    const https = await exposed({ publicUrl: 'https://sim.example.com' })
    const origin = { origin: 'https://sim.example.com' }
    const answer = await https.signIn({ token: controlToken, next: '/' }, origin)
    expect(answer.headers.get('set-cookie')).toMatch(/; Secure$/u)
  })

  it.each(['', 'wrong', controlToken.slice(1), `${controlToken}x`, controlToken.toUpperCase()])(
    'with "%s" is refused in one sentence at the field, and gives no cookie',
    async (token) => {
      const { open, signIn } = await exposed()
      const { status, headers, text } = await signIn({ token, next: '/docs' })
      expect(status).toBe(422)
      expect(headers.get('set-cookie')).toBeNull()
      const field = tagsOf(text).find(({ attributes }) => attributes['name'] === 'token')
      expect(field?.attributes).toMatchObject({ 'aria-invalid': 'true' })
      expect(field?.attributes['value']).toBeUndefined()
      const [fault] = field?.attributes['aria-describedby']?.split(' ') ?? []
      expect(text).toContain(`<p class="fault" id="${fault}">${en.signIn.wrong}</p>`)
      expect((await open('/docs')).status).toBe(401)
    },
  )

  it.each([
    { headers: { origin: 'https://evil.example' } },
    { headers: { origin: 'null' } },
    { headers: { 'sec-fetch-site': 'cross-site' } },
    { headers: { 'sec-fetch-site': 'same-site' } },
  ])('and out is refused from a page of another origin ($headers)', async ({ headers }) => {
    const { send, signIn } = await exposed()
    const refused = await signIn({ token: controlToken }, headers)
    expect(refused).toMatchObject({ status: 403, json: { field: 'origin' } })
    await signIn({ token: controlToken })
    const out = await send('POST', '/sign-out', '', headers)
    expect(out.status).toBe(403)
    expect(out.headers.get('set-cookie')).toBeNull()
  })

  it('ends by signing out', async () => {
    const { open, send, signIn, cookie } = await exposed()
    await signIn({ token: controlToken })
    expect(textOf((await open('/?lang=en')).text)).toContain(en.signIn.leave)
    const { status, headers } = await send('POST', '/sign-out')
    expect({ status, location: headers.get('location') }).toEqual({
      status: 303,
      location: '/sign-in',
    })
    expect(headers.get('set-cookie')).toMatch(/; Max-Age=0$/u)
    expect(cookie()).toBe('sim_operator=')
    expect((await open('/')).status).toBe(401)
  })

  it('leaves nothing in a journal and nothing in the log that could be used', async () => {
    const lines: string[] = []
    const log = (...line: unknown[]) => lines.push(JSON.stringify(line))
    const { http, signIn } = await exposed({ log })
    await signIn({ token: 'nearly-the-token', next: '/' })
    const headers = { authorization: `Bearer ${controlToken}` }
    for (const world of ['test', 'default', '_unattributed']) {
      const path = `/_sim/v1/worlds/${world}/exchanges`
      const { text } = await http('GET', path, undefined, headers)
      expect(text).toContain('"items"')
      expect(text).not.toContain('sign-in')
    }
    expect(lines.join()).toContain('sign_in.refused')
    expect(lines.join()).not.toContain('nearly-the-token')
  })

  it('is not asked of anybody where no token is needed', async () => {
    const { http } = await startSim()
    for (const method of ['GET', 'POST']) {
      const body = method === 'POST' ? 'token=x&next=/docs' : undefined
      const { status, headers } = await http(method, '/sign-in?next=/docs', body)
      expect({ status, location: headers.get('location') }).toEqual({
        status: 303,
        location: '/docs',
      })
    }
  })

  it('takes a body of any length for what it is', async () => {
    const { send, open } = await exposed()
    const long = await send('POST', '/sign-in', `token=${controlToken}&x=${'x'.repeat(1_100_000)}`)
    expect(long.status).toBe(422)
    expect((await open('/')).status).toBe(401)
  })
})

describe('a browser that is signed in', () => {
  it.each([
    { headers: { origin: 'https://evil.example' } },
    { headers: { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' } },
    { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } },
  ])('does nothing for a page of another origin ($headers)', async ({ headers }) => {
    const { open, send, signIn, http } = await exposed()
    await signIn({ token: controlToken })
    expect((await open('/_sim/v1/worlds', headers)).status).toBe(403)
    expect((await send('POST', '/_sim/v1/worlds/test/reset', '{}', headers)).status).toBe(403)
    const operator = { authorization: `Bearer ${controlToken}` }
    const world = await http('GET', '/_sim/v1/worlds/test', undefined, operator)
    expect(world.json).toMatchObject({ resets: 0 })
  })

  it('calls the control API from pages of the server itself', async () => {
    const { send, signIn } = await exposed()
    await signIn({ token: controlToken })
    const own = { origin: 'http://sim.localhost', 'sec-fetch-site': 'same-origin' }
    expect((await send('POST', '/_sim/v1/worlds/test/reset', '{}', own)).json).toMatchObject({
      resets: 1,
    })
  })

  it('may reach the server by any name, which its cookie was made for', async () => {
    const { open, signIn } = await exposed()
    const host = { host: 'sim.example.com:8878' }
    await signIn({ token: controlToken, next: '/' }, host)
    expect((await open('/docs', host)).status).toBe(200)
  })

  it('still sends no wrong token beside its cookie', async () => {
    const { open, signIn } = await exposed()
    await signIn({ token: controlToken })
    expect((await open('/docs', { authorization: 'Bearer wrong' })).status).toBe(401)
  })

  it('names who is looking by header and query, as the operator may', () => {
    const real_now = Date.UTC(2026, 0, 5)
    const namedWith = (cookie: string) => {
      const headers = { cookie, 'x-sim-person': 'wang' }
      const request = { method: 'GET', url: '/x?sim_person=li', body: Buffer.alloc(0), ip: '' }
      const at = { ...request, origin: 'http://sim.localhost', headers }
      const settings = { exposed: true, controlToken } as Settings
      const engine = { settings, guesses: new RecentGuesses() } as unknown as Engine
      const draw = (_: string, random: () => string) => random()
      const named = identitiesOf({ request: at, engine, real_now, draw }, { person: undefined })
      return named.map(({ person }) => person)
    }
    const value = signedInValue({ controlToken, real_now })
    expect(namedWith(`sim_operator=${value}`)).toEqual(['wang', 'li'])
    expect(namedWith(`sim_operator=${value}x`)).toEqual([])
    expect(namedWith('')).toEqual([])
  })
})

describe('the cookie of a browser that is signed in', () => {
  const real_now = Date.UTC(2026, 0, 5)
  const headers = (value: string) => ({ headers: { cookie: `a=b; sim_operator=${value}; c=d` } })
  const value = signedInValue({ controlToken, real_now })
  const week_ms = 7 * 24 * 3_600_000

  it('is the same on every replica, and lasts a week of real time', () => {
    expect(signedInValue({ controlToken, real_now })).toBe(value)
    for (const [later_ms, lasts] of [
      [0, true],
      [week_ms - 1, true],
      [week_ms, false],
    ] as const) {
      const proof = { controlToken, real_now: real_now + later_ms }
      expect(isSignedIn(headers(value), proof)).toBe(lasts)
    }
  })

  it.each([
    { what: 'another token has', cookie: signedInValue({ controlToken: 'other', real_now }) },
    { what: 'is prolonged by hand', cookie: value.replace(/^\d+/u, (s) => String(+s + 3600)) },
    { what: 'is cut', cookie: value.slice(0, -1) },
    { what: 'has no end', cookie: value.replace(/^\d+\./u, '') },
    { what: 'is the token', cookie: controlToken },
    { what: 'is empty', cookie: '' },
  ])('is none when it is one that $what', ({ cookie }) => {
    expect(isSignedIn(headers(cookie), { controlToken, real_now })).toBe(false)
  })

  it.each([undefined, ''])('opens nothing where the control token is %j', (none) => {
    const forged = signedInValue({ controlToken: none, real_now })
    expect(isSignedIn(headers(forged), { controlToken: none, real_now })).toBe(false)
  })
})

describe('where signing in leads', () => {
  it.each(['/', '/phone', '/w/test/phone/li?x=1&y=%E4%B8%AD#now', '/docs?lang=zh'])(
    'may be %s',
    (path) => {
      expect(ownPath(path)).toBe(path)
    },
  )

  it.each([
    undefined,
    '',
    'docs',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/x/..//evil.example',
    'javascript:alert(1)',
  ])('is the first page instead of %j', (path) => {
    expect(ownPath(path)).toBe('/')
  })

  it('is never another origin, whatever is wished', () => {
    const text = fc.string({ unit: fc.constantFrom(...'/\\.:@?#%\t\n ahttp5'), maxLength: 24 })
    fc.assert(
      fc.property(text, (wished) => {
        const path = ownPath(wished)
        expect(path.startsWith('/')).toBe(true)
        expect(new URL(path, 'http://sim.localhost').origin).toBe('http://sim.localhost')
      }),
      { numRuns: 2000 },
    )
  })
})
