import { describe, expect, it } from 'vitest'
import { startHandler } from '../wechat/push/broken-handler.ts'
import { aes_key, token } from '../wechat/push/server.ts'
import { runHere } from './in-process.ts'

const appid = 'wx0123456789abcdef'

describe('tupu-sim check-push', () => {
  it('ends with 0 and a line per check where nothing failed', async () => {
    const { code, stdout, stderr } = await runHere([
      'check-push',
      '--token',
      token,
      await startHandler({ ageless: true }),
    ])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toMatch(
      /^ok {4}verify {13}sent the URL verification \(GET\), correctly signed; expected 200 and only the echostr; came 200 "the echostr" \(\d+ ms\)$/,
    )
    expect(lines).toContainEqual(
      expect.stringMatching(/^warn {2}replay .*; came it is answered as if/),
    )
    expect(lines.at(-1)).toBe('11 ok, 0 FAIL, 1 warn')
    expect(stdout).not.toContain(token)
  })

  it('ends with 1 and a document for machines where something failed', async () => {
    const url = await startHandler({ trusts: true })
    const { code, stdout } = await runHere(['check-push', url, '--token', token, '--json'])
    expect(code).toBe(1)
    const report = JSON.parse(stdout)
    expect(report).toMatchObject({
      url,
      mode: 'plain',
      ok: 10,
      failed: 2,
      warned: 0,
      not_tried: [],
    })
    expect(report.checks).toContainEqual({
      check: 'forged',
      verdict: 'FAIL',
      sent: 'a text message with a wrong signature',
      expected: 'a status of 400 or more, or an empty or fail answer',
      came: 'it was processed: 200 with a reply: {"type":"text","content":"收到：你好"}',
      ms: expect.any(Number),
    })
  })

  const url = 'http://127.0.0.1:1/'
  it.each([
    { args: [], says: 'There is no handler to check. Name one: tupu-sim check-push http' },
    { args: ['ftp://x/'], says: '"ftp://x/" is no http or https address. Name one' },
    { args: [url, 'b', '--token', token], says: '"b" was not expected.' },
    {
      args: [url],
      says: 'There is no token. Give the one of the server configuration with --token',
    },
    { args: [url, '--token', token, '--mode', 'aes'], says: 'There is no key for mode aes.' },
    {
      args: [url, '--token', token, '--aes-key', aes_key],
      says: 'There is no appid for mode aes. Give the one of the server configuration with --appid, or in TUPU_SIM_APPID.',
    },
    {
      args: [url, '--token', token, '--aes-key', 'short', '--appid', appid],
      says: 'Flag --aes-key is no key. Give 43 letters and digits.',
    },
    {
      args: [url, '--token', token, '--mode', 'safe'],
      says: 'Flag --mode is "safe". Give plain, compat or aes.',
    },
    {
      args: [url, '--port', '1'],
      says: 'Flag --port is not for tupu-sim check-push.',
    },
  ])('says of $args: $says', async ({ args, says }) => {
    const { code, stdout, stderr } = await runHere(['check-push', ...args])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(`tupu-sim: ${says}`)
  })
})
