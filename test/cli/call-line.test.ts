import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callLine } from '../../src/call-line.ts'
import { callsTo } from '../../src/cli/terminal.ts'
import { wantsColor } from '../../src/config.ts'
import type { SeenCall } from '../../src/core/seen-call.ts'
import { startReceiver } from '../callback-receiver.ts'
import { type StartOptions, startSim } from '../sim.ts'
import { authorizePath } from '../wechat/oauth/visitor.ts'

/** A terminal that keeps what it is shown. */
function terminal({ isTTY = true, columns = 100 } = {}) {
  const lines: string[] = []
  const out = { isTTY, columns, write: (text: string) => lines.push(text) }
  return { lines, stdout: out, stderr: out }
}

/** A world, and somebody who reads along. */
async function startWatched(options: StartOptions = {}) {
  const { lines, ...streams } = terminal()
  const sim = await startSim({
    ...options,
    onCall: callsTo(streams, { quiet: false, color: false }),
  })
  const shown = () => lines.splice(0).map((line) => line.replace(/\d+ ms\n$/, '3 ms'))
  return { ...sim, shown }
}

const seen: SeenCall = {
  surface: 'tupu',
  method: 'POST',
  url: '/tupu/v1/messages',
  outcome: 100011,
  isGood: false,
  reason: 'association.known',
  who: { mobile: '13900139000' },
  ms: 3,
}

const plain = { columns: 100, color: false }

describe('a call on a terminal', () => {
  it('is one line: what was asked, what came of it, by which rule, for whom, how long', () => {
    expect(callLine(seen, plain)).toBe(
      'POST /tupu/v1/messages → 100011 association.known 139****9000 3 ms',
    )
  })

  it('is red when it was refused, green else, where colours are wanted', () => {
    expect(callLine(seen, { ...plain, color: true })).toBe(
      'POST /tupu/v1/messages → \u001b[31m100011\u001b[0m \u001b[2massociation.known 139****9000 3 ms\u001b[0m',
    )
    const good = { ...seen, outcome: 0, isGood: true, reason: undefined, who: {} }
    expect(callLine(good, { ...plain, color: true })).toContain('\u001b[32mok\u001b[0m')
    expect(wantsColor({})).toBe(true)
    expect(wantsColor({ NO_COLOR: '1' })).toBe(false)
    expect(wantsColor({ TERM: 'dumb' })).toBe(false)
  })

  it('shows no sign that moves, turns or hides anything on the terminal', () => {
    const hidden = '\u202e\u2066\u200b\u009b\u2028'
    const url = `/tupu/v1/${encodeURIComponent(hidden)}`
    const line = callLine({ ...seen, url, reason: hidden, who: { openid: '\u202eab' } }, plain)
    expect(line).toMatch(/^POST [ -~…]+ → 100011 [ -~…]+ 3 ms$/)
    expect(line).toContain('\\u202e')
  })

  it('shows a Chinese path as it is read, without its query, and shortened in the middle', () => {
    const url = `/w/${encodeURIComponent('春招')}/tupu/v1/messages/4795131072512000064?eid=acme`
    expect(callLine({ ...seen, url }, plain)).toContain(
      '/w/春招/tupu/v1/messages/4795131072512000064 →',
    )
    expect(callLine({ ...seen, url }, { ...plain, columns: 70 })).toBe(
      'POST /w/春招/tup…512000064 → 100011 association.known 139****9000 3 ms',
    )
  })

  it('is no wider than the terminal, whatever the path is, and moves no cursor', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        const line = callLine({ ...seen, url: `/${text}` }, { columns: 80, color: false })
        expect([...line].length).toBeLessThanOrEqual(80)
        expect(line).not.toMatch(/\p{Cc}/u)
      }),
      { numRuns: 30 },
    )
  })

  it('hides a mobile in the path, and shows but the ends of an openid', () => {
    const line = callLine(
      { ...seen, url: '/x/13900139000', who: { openid: 'oAbcdefghijklmnopqrstuvwxyz1' } },
      plain,
    )
    expect(line).toBe('POST /x/139****9000 → 100011 association.known oAbcd…xyz1 3 ms')
  })

  it('is shown on a terminal alone, and not with --quiet', () => {
    expect(callsTo(terminal(), { quiet: false })).toBeDefined()
    expect(callsTo(terminal(), { quiet: true })).toBeUndefined()
    expect(callsTo(terminal({ isTTY: false }), { quiet: false })).toBeUndefined()
  })
})

describe('whoever reads along', () => {
  it('sees what a platform gets, with the rule that decided, WeChat’s where it was WeChat', async () => {
    const { platform, acme, wang, shown } = await startWatched()
    await platform.sends(acme, { mobile: '13900139000' })
    await platform.sends(acme, { mobile: wang.mobile })
    await wang.mutes(acme)
    await platform.sends(acme, { mobile: wang.mobile })
    await platform.get(`/nothing?eid=${acme.eid}`)
    expect(shown()).toEqual([
      'POST /w/test/tupu/v1/messages → 100011 association.known 139****9000 3 ms',
      'POST /w/test/tupu/v1/messages → ok 138****8002 3 ms',
      'POST /w/test/tupu/v1/messages → 43101 follower.unmuted 138****8002 3 ms',
      'GET /w/test/tupu/v1/nothing → 100019 request.unknown_path 3 ms',
    ])
  })

  it('sees WeChat’s calls and pages, but neither the control API nor the pages of the simulator', async () => {
    const { http, acme, shown } = await startWatched()
    await http('GET', '/cgi-bin/user/get?access_token=x')
    await http('GET', `/as/li${authorizePath(acme)}`)
    await http('GET', '/_sim/v1/worlds')
    await http('GET', '/phone')
    await http('GET', '/accounts')
    expect(shown()).toEqual([
      'GET /cgi-bin/user/get → 40001 access_token.known 3 ms',
      'GET /as/li/connect/oauth2/authorize → 302 3 ms',
    ])
  })

  it('sees callbacks that went out, and how the platform took them', async () => {
    const { world, platform, acme, shown } = await startWatched()
    const receiver = await startReceiver(500)
    await world.call('account.update', { eid: acme.eid, callback: { url: receiver.url } })
    await platform.sends(acme, { mobile: '19900000000' })
    await world.advance('PT0S')
    await receiver.leaves()
    await world.advance('PT10S')
    expect(
      shown()
        .slice(1)
        .map((line) => line.replace(/127\.0\.0\.1:\d+/, 'hr')),
    ).toEqual([
      'callback POST http://hr/hook → 500 message.delivered 3 ms',
      'callback POST http://hr/hook → connect message.delivered 3 ms',
    ])
  })
})
