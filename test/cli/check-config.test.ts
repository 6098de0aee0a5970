import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { jsonSchemaOf } from '../../src/apidoc/json-schema.ts'
import { settings } from '../../src/config.ts'
import { createInput } from '../../src/control/world/body.ts'
import { readText } from '../file.ts'
import { startSim } from '../sim.ts'
import { checkText, folderWith, runHere } from './in-process.ts'
import { buildProgram, emptyDirectory, start } from './program.ts'

const demo = readText('src/demo.config.yaml')

describe('tupu-sim check-config', () => {
  let program: Awaited<ReturnType<typeof buildProgram>>
  let cwd: string
  const check = (...args: string[]) => start([program.main, 'check-config', ...args], { cwd }).ended

  beforeAll(async () => {
    program = await buildProgram()
  })
  afterAll(() => program.remove())
  beforeEach(() => {
    cwd = emptyDirectory()
  })
  afterEach(() => rmSync(cwd, { recursive: true }))

  it('ends with 0 for the demo that the release has beside it, in whose place any file may stand', async () => {
    const released = join(program.main, '../demo.config.yaml')
    const stdout = `${released} can be used\n`
    expect(await check(released)).toEqual({ code: 0, stdout, stderr: '' })
    writeFileSync(join(cwd, 'tupu-sim.config.yaml'), demo)
    const found = { code: 0, stdout: 'tupu-sim.config.yaml can be used\n', stderr: '' }
    expect(await check()).toEqual(found)
  })

  it('ends with 1 and one line per fault', async () => {
    writeFileSync(join(cwd, 'tupu-sim.config.json'), '{\n"prot": 1,\n"worlds": [{}]\n}')
    expect(await check()).toEqual({
      code: 1,
      stdout: '',
      stderr: [
        'tupu-sim.config.json:2 prot: there is no such field; did you mean port?\n',
        'tupu-sim.config.json:3 worlds.0.name: it is missing; give it\n',
      ].join(''),
    })
  })

  it.each([
    {
      args: [],
      says: 'There is no configuration file here. Name one: tupu-sim check-config FILE.',
    },
    { args: ['none.yaml'], says: 'Flag --config names none.yaml, which cannot be read: ENOENT' },
    { args: ['--port', '1'], says: 'Flag --port is not for tupu-sim check-config.' },
    { args: ['a.yaml', 'b.yaml'], says: '"b.yaml" was not expected.' },
    { args: ['--schema=maybe'], says: 'Flag --schema is "maybe". Give true or false.' },
  ])('says of $args: $says', async ({ args, says }) => {
    const { code, stderr } = await runHere(['check-config', ...args])
    expect(stderr).toContain(`tupu-sim: ${says}`)
    expect(code).toBe(1)
  })

  it('makes nothing', async () => {
    writeFileSync(join(cwd, 'tupu-sim.config.yaml'), `data: a/b.db\nready_file: r.json\n${demo}`)
    expect((await check()).code).toBe(0)
    rmSync(join(cwd, 'tupu-sim.config.yaml'))
    expect(await check('--schema')).toMatchObject({ code: 0 })
    expect((await check()).stderr).toContain('There is no configuration file')
  })
})

describe('the configuration file', () => {
  it('may hold every field that world.create takes, in YAML and in JSON', async () => {
    const shown = pathsOf(jsonSchemaOf(createInput, 'input'))
    expect(new Set(fieldsOf(everything))).toEqual(new Set(shown))
    const text = JSON.stringify({ worlds: [everything], profiles: [{ name: 'mine', base: '/x' }] })
    expect(await checkText(text, 'sim.json')).toEqual([])
    expect(await checkText(text)).toEqual([])
  })

  it('may be as README shows it', async () => {
    const samples = [...readText('README.md').matchAll(/^```yaml\n([\s\S]*?)^```$/gmu)]
    expect(samples).toHaveLength(1)
    for (const [, text = ''] of samples) expect(await checkText(text)).toEqual([])
  })
})

describe('the JSON Schema of configuration files', () => {
  const printed = async () => JSON.parse((await runHere(['check-config', '--schema'])).stdout)

  it('is served as it is printed', async () => {
    const { http } = await startSim()
    const { status, headers, json } = await http('GET', '/config.schema.json')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/schema+json')
    expect(json).toEqual(await printed())
    expect(demo).toMatch(/^# yaml-language-server: \$schema=\S+:8878\/config\.schema\.json\n/u)
  })

  it('is for those alone who may see pages', async () => {
    const { http } = await startSim({ exposed: true, controlToken: 'the-operators-token' })
    expect((await http('GET', '/config.schema.json')).status).toBe(401)
    const headers = { authorization: 'Bearer the-operators-token' }
    const { status } = await http('GET', '/config.schema.json', undefined, headers)
    expect(status).toBe(200)
  })

  it('is printed although there is a file that cannot be used', async () => {
    const folder = folderWith({ 'bad.yaml': 'prot: 1' })
    const { code } = await runHere(['check-config', join(folder, 'bad.yaml'), '--schema'])
    expect(code).toBe(0)
  })

  it('knows every setting of the file by its meaning, and nothing else', async () => {
    const { properties, additionalProperties } = await printed()
    const inFile = settings.filter((one) => one.inFile)
    expect(Object.keys(properties)).toEqual(['$schema', ...inFile.map(({ name }) => name)])
    for (const { name, meaning } of inFile) expect(properties[name].description).toBe(meaning)
    expect(additionalProperties).toBe(false)
  })

  it.each([
    { file: {}, fits: true },
    { file: { $schema: 'x', port: 0, demo: false, seed: 'x', allowed_hosts: ['a'] }, fits: true },
    { file: { worlds: [{ name: 'ci', people: [{ mobile: '13800138001' }] }] }, fits: true },
    { file: { profiles: [{ name: 'x', base: '/x' }] }, fits: true },
    { file: { port: 'x' }, fits: false },
    { file: { prot: 1 }, fits: false },
    { file: { worlds: [{}] }, fits: false },
    { file: { worlds: [{ name: 'ci', magic: 'maybe' }] }, fits: false },
    { file: { worlds: [{ name: 'ci', if_exists: 'replace' }] }, fits: false },
    { file: { worlds: [{ name: 'ci', rules: [] }] }, fits: false },
    { file: { worlds: [{ name: 'ci', accounts: [{ key: 'a', compny: 'x' }] }] }, fits: false },
    { file: { profiles: [{ name: 'x' }] }, fits: false },
  ])('says of $file: $fits, as the program does', async ({ file, fits }) => {
    const schema = z.fromJSONSchema(await printed())
    expect(schema.safeParse(file).success).toBe(fits)
    expect((await checkText(JSON.stringify(file), 'sim.json')).length === 0).toBe(fits)
  })
})

/** A world that says something of everything. */
const everything = {
  name: 'all',
  if_exists: 'reuse',
  seed: '42',
  idle_ttl: 'PT3H',
  clock: { mode: 'frozen', now: '2026-01-05T01:00:00Z' },
  magic: 'off',
  faults: [
    {
      name: 'busy',
      surface: 'wechat',
      endpoint: 'template.send',
      account: 'acme',
      person: 'wang',
      mobile: '13800138002',
      after: 1,
      times: 2,
      probability: 0.5,
      until: 'P1D',
      errcode: -1,
      errmsg: 'system error',
      delay: 'PT1S',
      stage: 'after',
    },
    { answer: { status: 502, headers: {}, body: 'x' } },
    { transport: 'reset' },
    { surface: 'callback', delivery: 'twice' },
    {
      surface: 'callback',
      sequence: [
        { answer: { status: 502, headers: {}, body: 'x' } },
        { transport: 'reset' },
        { delivery: 'drop' },
        { pass: true },
        { delay: 'PT1S' },
      ],
    },
    { surface: 'wechat', sequence: [{ errcode: -1, errmsg: 'x', stage: 'after' }] },
  ],
  accounts: [
    {
      key: 'acme',
      company: '晨光科技',
      stage: 'live',
      eid: 'my-eid',
      appid: 'wx0123456789abcdef',
      rules: '2023',
      delivery: 'PT2S',
      review: { after_reads: 3 },
      quotas: 'documented',
      profile: 'mine',
      partner_secret: 'generated',
      minute_limit: 60,
      rebind: 'replace',
      oauth_scope: 'snsapi_userinfo',
      callback: { url: 'http://localhost:1/x', secret: 'x' },
      retention_days: 30,
      app_secret: '0123456789abcdef0123456789abcdef',
      token: 'hrToken7',
      aes_key: 'a'.repeat(43),
      miniprograms: ['wx0123456789abcdef'],
      report_location: 'on',
      server: {
        url: 'https://hr.example.com/wechat',
        token: 'hrToken7',
        aes_key: 'a'.repeat(43),
        mode: 'compat',
      },
      gateway_timeout: 'PT2S',
    },
  ],
  people: [
    {
      key: 'wang',
      name: '王小雨',
      mobile: '13800138002',
      unionid: `o${'a'.repeat(27)}`,
      follows: ['acme'],
      registered_with: ['acme'],
      source: 'form',
      platform: 'android',
      double_redirect: 'same_code',
    },
  ],
  website_apps: [
    {
      key: 'portal',
      name: '招聘网站',
      appid: 'wxfedcba9876543210',
      app_secret: '0123456789abcdef0123456789abcdef',
      domain: 'hr.example.com',
    },
  ],
}

/** The paths of all fields of data; lists are transparent. */
function fieldsOf(data: unknown, path = ''): string[] {
  if (Array.isArray(data)) return data.flatMap((one) => fieldsOf(one, path))
  if (typeof data !== 'object' || data === null) return []
  return Object.entries(data).flatMap(([name, value]) => {
    const below = `${path}.${name}`
    return [below, ...fieldsOf(value, below)]
  })
}

interface Schema {
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
}

/** The same of a schema. */
function pathsOf({ properties = {}, items, anyOf = [] }: Schema, path = ''): string[] {
  const here = Object.entries(properties).flatMap(([name, schema]) => {
    const below = `${path}.${name}`
    return [below, ...pathsOf(schema, below)]
  })
  const inside = [...(items ? [items] : []), ...anyOf]
  return [...here, ...inside.flatMap((schema) => pathsOf(schema, path))]
}
