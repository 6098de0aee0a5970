import { describe, expect, it } from 'vitest'
import { createLog, quietLog } from '../../src/log.ts'

const now = () => Date.UTC(2026, 0, 5, 1, 0, 0)

function record(terminal: boolean) {
  const lines: string[] = []
  const log = createLog({ stream: { write: (text) => lines.push(text) }, terminal, now })
  return { log, lines }
}

/** What one line says about these fields, in JSON. */
function json(fields: Record<string, unknown>): unknown {
  const { log, lines } = record(false)
  log('info', 'happened', fields)
  return JSON.parse(lines.join(''))
}

/** The same for a person, without the time. */
function words(fields: Record<string, unknown>): string {
  const { log, lines } = record(true)
  log('info', 'happened', fields)
  return lines.join('').replace(/^\d\d:00:00 /, '')
}

describe('the log', () => {
  it('writes one JSON line with time, level, event and fields', () => {
    const { log, lines } = record(false)
    log('warn', 'callback failed', { tries: 3, url: 'http://localhost:1/hook' })
    expect(lines).toEqual([
      '{"time":"2026-01-05T01:00:00.000Z","level":"warn","event":"callback failed","tries":3,"url":"http://localhost:1/hook"}\n',
    ])
  })

  it('writes a short line for a person', () => {
    const { log, lines } = record(true)
    log('info', 'listening', { url: 'http://localhost:8878', data: 'my sim.db', port: 8878 })
    log('error', 'callback failed')
    expect(lines[0]).toMatch(
      /^\d\d:00:00 listening url=http:\/\/localhost:8878 data="my sim\.db" port=8878\n$/,
    )
    expect(lines[1]).toMatch(/^\d\d:00:00 ERROR callback failed\n$/)
  })

  it.each([
    { control_token: 'abc' },
    { appSecret: 'abc' },
    { headers: { authorization: 'Bearer abc' } },
    { accounts: [{ aes_key: 'abc' }] },
    { url: 'http://localhost/cgi-bin/user?access_token=abc&openid=o' },
    { data: 'postgres://sim:abc@localhost/sim' },
    { error: new Error('no answer from http://a/?secret=abc') },
    { error: new Error('outer', { cause: new Error('password=abc') }) },
  ])('hides the secret in %o', (fields) => {
    for (const text of [JSON.stringify(json(fields)), words(fields)]) {
      expect(text).toContain('***')
      expect(text).not.toMatch(/\babc\b/)
    }
  })

  it.each([
    { mobile: '13800138000' },
    { mobile: 13800138000 },
    { said: 'no openid for +86 138 0013 8000' },
    { body: '{"mobile":"13800138000"}' },
    { error: new Error('no route to 13800138000') },
  ])('masks the mobile in %o', (fields) => {
    for (const text of [JSON.stringify(json(fields)), words(fields)]) {
      expect(text).toContain('138****8000')
      expect(text.replace(/\D/g, '')).not.toContain('13800138000')
    }
  })

  it('masks the e-mail address', () => {
    expect(json({ email: 'wang@example.com', said: 'to li@example.com' })).toMatchObject({
      email: 'w***@example.com',
      said: 'to l***@example.com',
    })
  })

  it('leaves ids, numbers and where a token is kept readable', () => {
    const fields = {
      msgid_str: '4795131072512000064',
      pid: 4711,
      took_ms: 1.5,
      file: '/srv/control-token',
    }
    expect(json(fields)).toMatchObject(fields)
  })

  it('lets no field pretend to be another event', () => {
    expect(json({ event: 'x', level: 'error', time: 'never' })).toEqual({
      time: '2026-01-05T01:00:00.000Z',
      level: 'info',
      event: 'happened',
    })
  })

  it('lets no value move the cursor of a terminal or begin a line like its own', () => {
    const said = words({ said: 'a\u001b[31m\u009b2J\u202e\r\n09:00:00 ERROR b' })
    expect(said).toBe('happened said=a\\u001b[31m\\u009b2J\\u202e\\u000d\n    09:00:00 ERROR b\n')
  })

  it('survives values that JSON has no form for', () => {
    const circle: Record<string, unknown> = { big: 10n }
    expect(json(circle)).toMatchObject({ big: '10' })
    circle['self'] = circle
    expect(json({ circle, port: 1 })).toMatchObject({ event: 'happened', port: '1' })
  })

  it('says only what is wrong when it is to be quiet', () => {
    const { log, lines } = record(false)
    const quiet = quietLog(log)
    quiet('info', 'listening')
    quiet('warn', 'callback failed')
    expect(lines).toHaveLength(1)
  })
})
