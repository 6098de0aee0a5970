import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checks } from '../../src/contract/checks/checks.ts'
import { readXml } from '../../src/core/xml.ts'
import { startSim } from '../sim.ts'
import { folderWith, runHere } from './in-process.ts'

describe('tupu-sim contract run', () => {
  it('prints what holds as lines, as JSON and as JUnit’s XML, and ends with 0', async () => {
    const { sim, acme } = await startSim({ listen: true })
    const args = [
      'contract',
      'run',
      '--target',
      sim.url ?? '',
      '--eid',
      acme.eid,
      '--mobile',
      '13800138002',
    ]
    const text = await runHere([...args, '--send', '--unbound', '13900139000'])
    expect({ code: text.code, stderr: text.stderr }).toEqual({ code: 0, stderr: '' })
    const lines = text.stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(checks.length + 1)
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^ok {4}send\.accepted {15}a send to a registered mobile .* \(\d+ ms\)$/,
      ),
    )
    expect(lines).toContainEqual(
      expect.stringMatching(/^- {5}proof\.none .*: not tried, no secret was given$/),
    )
    expect(lines.at(-1)).toBe(`28 hold, 0 differ, 5 not tried at ${sim.url}`)

    const json = await runHere([...args, '--format', 'json'])
    const report = JSON.parse(json.stdout)
    expect(report).toMatchObject({ target: sim.url, profile: 'default', differs: 0 })
    expect(report.holds + report.not_tried).toBe(checks.length)

    const { stdout } = await runHere([...args, '--format', 'junit'])
    const root = readXml(stdout.slice(stdout.indexOf('<testsuites')))
    expect(root).toMatchObject({ name: 'testsuites' })
    expect(stdout.match(/<testcase /g)).toHaveLength(checks.length)
    expect(stdout.match(/<skipped /g)).toHaveLength(report.not_tried)
  })

  it('names what differs, and ends with 1; the secret comes by a file and is not shown', async () => {
    const accounts = [
      { key: 'acme', eid: 'acme-e1', profile: 'bird', partner_secret: 'generated' as const },
    ]
    const { sim, acme } = await startSim({ listen: true, profiles: ['bird'], world: { accounts } })
    const secret = acme.info.partner_secret ?? ''
    const file = join(folderWith({ secret: `${secret}\n` }), 'secret')
    const args = ['contract', 'run', '--target', sim.url ?? '', '--eid', 'acme-e1', '--send']
    const asked = [...args, '--mobile', '13800138002', '--partner-secret-file', file]
    expect(await runHere([...asked, '--profile', 'bird'])).toMatchObject({ code: 0 })
    const { code, stdout } = await runHere(asked)
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /^DIFF {2}send\.accepted .*; expected errcode 0, .*; came 200 \{"errcode":100001/m,
    )
    expect(stdout).not.toContain(secret)
    const junit = await runHere([...asked, '--format', 'junit'])
    expect(junit.stdout).toContain('<failure message="expected errcode 0')
  })

  const good = ['contract', 'run', '--target', 'http://127.0.0.1:1']
  it.each([
    { args: ['contract'], says: 'It is no call of tupu-sim contract.' },
    { args: ['contract', 'runs'], says: '"runs" is no call' },
    { args: ['contract', 'run'], says: 'There is no partner to ask. Give it with --target.' },
    { args: [...good], says: 'There is no EID.' },
    {
      args: [...good, '--eid', 'x', '--format', 'pem'],
      says: 'Flag --format is "pem". Give text, json or junit.',
    },
    { args: [...good, '--eid', 'x', '--profile', 'brd'], says: 'brd cannot be read' },
    { args: ['contract', 'run', '--target', 'ftp://x'], says: 'Give an http or https address.' },
    {
      args: [...good, '--eid', 'x', '--mobile', '13800138002,abc'],
      says: 'Flag --mobile has "abc", which is not a mobile.',
    },
    {
      args: [...good, '--eid', 'x', '--mobile', '13800138002', '--unbound', '+86 138 0013 8002'],
      says: 'Flag --unbound names +86 138 0013 8002, which --mobile also names.',
    },
    { args: ['contract', 'export'], says: 'There is no folder to write to.' },
  ])('says what it lacks: $args', async ({ args, says }) => {
    expect(await runHere(args)).toMatchObject({ code: 1, stderr: expect.stringContaining(says) })
  })
})

const Pact = z.object({
  consumer: z.object({ name: z.string() }),
  provider: z.object({ name: z.string() }),
  interactions: z
    .array(
      z.object({
        description: z.string(),
        providerStates: z.array(z.object({ name: z.string() })),
        request: z.object({ method: z.string(), path: z.string().startsWith('/') }),
        response: z.object({ status: z.int(), matchingRules: z.unknown().optional() }),
      }),
    )
    .min(15),
  metadata: z.object({ pactSpecification: z.object({ version: z.literal('3.0.0') }) }),
})

describe('tupu-sim contract export', () => {
  it.each(['default', 'ezr'])('writes the contract of %s for other tools', async (profile) => {
    const out = folderWith({})
    const args = ['contract', 'export', '--out', out, '--profile', profile]
    expect(await runHere(args)).toMatchObject({ code: 0, stderr: '' })
    const read = (name: string) => JSON.parse(readFileSync(join(out, name), 'utf8'))
    const pact = read('pact.json')
    const sent = pact.interactions.find(({ description }: { description: string }) =>
      description.startsWith('send.accepted'),
    )
    if (profile === 'default') {
      Pact.parse(pact)
      expect(sent).toMatchObject({
        request: { method: 'POST', path: '/tupu/v1/messages', body: { mobile: '13800138000' } },
        response: {
          status: 200,
          body: { errcode: 0, errmsg: 'ok' },
          matchingRules: {
            header: {
              'Content-Type': { matchers: [{ match: 'regex', regex: 'application/json(;.*)?' }] },
            },
            body: { '$.msgid_str': { matchers: [{ match: 'type' }] } },
          },
        },
      })
      expect(readdirSync(join(out, 'schemas'))).toContain('message.send.answer.json')
      expect(read('examples/message.send.json').answer).toMatchObject({
        status: 200,
        body: { errcode: 0 },
      })
    } else {
      expect(sent.request).toMatchObject({
        path: '/ezr/api/WXMessage/SendByTemp',
        body: { Messages: [{ OldCode: '13800138000' }] },
      })
      expect(sent.response.body).toMatchObject({ Status: true, Result: 1 })
    }
    expect(read('openapi.json')).toMatchObject({ openapi: '3.1.0' })
    expect(read('schemas/message.send.request.json')).toMatchObject({ type: 'object' })
    expect(read('checks.json')).toHaveLength(checks.length)
  })
})
