import { afterEach, describe, expect, it, vi } from 'vitest'
import { RecentGuesses } from '../../src/auth/guesses.ts'
import { en } from '../../views/words/en.ts'
import { textOf } from '../page.ts'
import { type StartOptions, startSim } from '../sim.ts'
import { authorizePath } from '../wechat/oauth/visitor.ts'

const controlToken = 'the-operators-token'
const control = '/_sim/v1/worlds'

afterEach(() => void vi.useRealTimers())

/** Only what the machine says of the time is moved; timers go on. */
function later(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 })
}

/** An exposed server, and calls to it with a token from an address. */
async function exposed(options: StartOptions = {}) {
  const sim = await startSim({ exposed: true, controlToken, trustProxy: true, ...options })
  const { http } = sim
  const ask = (token: string, address = '203.0.113.9') =>
    http('GET', control, undefined, {
      authorization: `Bearer ${token}`,
      'x-forwarded-for': `10.0.0.1, ${address}`,
    })
  const guess = async (times: number, address?: string) => {
    const statuses: number[] = []
    for (let n = 0; n < times; n++) statuses.push((await ask(`guess-${n}`, address)).status)
    return statuses
  }
  return { ...sim, ask, guess }
}

describe('wrong control tokens from one address', () => {
  it('are ten a minute: then none is looked at, be it right or wrong, until the minute is over', async () => {
    const { ask, guess } = await exposed()
    expect(await guess(12)).toEqual([...Array(10).fill(401), 429, 429])
    const slowed = await ask(controlToken)
    expect(slowed.status).toBe(429)
    expect(slowed.headers.get('retry-after')).toBe('60')
    expect(slowed.headers.get('content-type')).toBe('application/problem+json')
    expect(slowed.json).toMatchObject({
      field: 'authorization',
      fix: expect.stringMatching('60 s'),
    })
    later(59)
    expect((await ask(controlToken)).status).toBe(429)
    later(2)
    expect((await ask(controlToken)).status).toBe(200)
  })

  it('slow nobody at another address down', async () => {
    const { ask, guess } = await exposed()
    await guess(11)
    expect((await ask(controlToken, '203.0.113.10')).status).toBe(200)
    expect((await ask('wrong', '203.0.113.10')).status).toBe(401)
  })

  it('are those of a whole IPv6 network, of which a caller has as many addresses as it likes', async () => {
    const { ask, guess } = await exposed()
    await guess(11, '2001:db8:1:2::1')
    expect((await ask(controlToken, '2001:db8:1:2:ffff::9')).status).toBe(429)
    expect((await ask(controlToken, '2001:db8:1:3::1')).status).toBe(200)
  })

  it('are no new guesses when they are the same: a program with an old token locks nobody out', async () => {
    const { ask } = await exposed()
    for (let n = 0; n < 30; n++) await ask(`old-${n % 3}`)
    expect((await ask(controlToken)).status).toBe(200)
  })

  it('count in the form and in cookies as in headers', async () => {
    const { ask, http } = await exposed()
    const from = { 'x-forwarded-for': '203.0.113.9' }
    const form = (token: string) => http('POST', '/sign-in?lang=en', `token=${token}`, from)
    for (let n = 0; n < 5; n++) expect((await form(`guess-${n}`)).status).toBe(422)
    for (let n = 0; n < 5; n++) {
      const cookie = `sim_operator=9999999999.guess-${n}`
      expect((await http('GET', '/docs', undefined, { ...from, cookie })).status).toBe(401)
    }
    expect((await ask(controlToken)).status).toBe(429)
    const slowed = await form(controlToken)
    expect(slowed.status).toBe(429)
    expect(slowed.headers.get('set-cookie')).toBeNull()
    expect(textOf(slowed.text)).toContain(en.signIn.slowed)
  })

  it('count where they would make somebody a person', async () => {
    const { ask, http, acme } = await exposed()
    for (let n = 0; n < 10; n++) {
      await http('GET', authorizePath(acme), undefined, {
        authorization: `Bearer guess-${n}`,
        'x-forwarded-for': '203.0.113.9',
        'x-sim-person': 'wang',
      })
    }
    expect((await ask(controlToken)).status).toBe(429)
  })

  it('are not what platforms send to prove something else', async () => {
    const { ask, http, acme } = await exposed({ exposed: false })
    for (let n = 0; n < 20; n++) {
      const authorization = `Bearer partner-key-${n}`
      const from = { authorization, 'x-forwarded-for': '203.0.113.9' }
      expect((await http('GET', `/tupu/v1/accounts/${acme.eid}`, undefined, from)).status).toBe(200)
    }
    expect((await ask(controlToken)).status).toBe(200)
  })
})

it('the memory of guesses is bounded: of thousands of addresses those that came first are forgotten', () => {
  const guesses = new RecentGuesses()
  const tryAll = (address: string) => {
    for (let n = 0; n < 10; n++) guesses.note(address, `guess-${n}`, 0)
  }
  tryAll('first')
  expect(guesses.mayTry('first', 0)).toBe(false)
  for (let n = 0; n < 1000; n++) tryAll(`address-${n}`)
  expect(guesses.mayTry('first', 0)).toBe(true)
  expect(guesses.mayTry('address-0', 0)).toBe(false)
})

it.each(['', 'short', 'fifteen-letters'])(
  'a control token of fewer than 16 characters is refused at the start: "%s"',
  async (token) => {
    await expect(startSim({ controlToken: token })).rejects.toMatchObject({
      name: 'StartError',
      field: 'control_token',
      fix: expect.stringContaining('at least 16 characters'),
    })
    await expect(startSim({ controlToken: 'sixteen-letters-' })).resolves.toBeDefined()
  },
)
