import { once } from 'node:events'
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text as streamText } from 'node:stream/consumers'
import openapiTypes, { astToString } from 'openapi-typescript'
import { FetchingJSONSchemaStore, InputData, JSONSchemaInput, quicktype } from 'quicktype-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleProfile } from '../../src/docs/profile.ts'
import { createSimulator, type Simulator, type WorldHandle } from '../../src/simulator.ts'
import { shipped_profiles } from '../../src/tupu/profile/shipped.ts'
import { has } from '../docs/runtime.ts'
import { fetchOpenApi } from '../openapi.ts'
import { environmentForChildren, startChild } from '../process.ts'

const modules = resolve(import.meta.dirname, '../../node_modules')
const folder = mkdtempSync(join(tmpdir(), 'generators-'))
const { resolve: find } = createRequire(import.meta.url)

/** Runs a program in the folder, and returns what it prints. Throws with that when it does not end well. */
async function run(program: string, ...args: readonly string[]): Promise<string> {
  const here = {
    NO_PROXY: 'localhost',
    no_proxy: 'localhost',
    REDOCLY_TELEMETRY: 'off',
    CI: 'true',
  }
  const env = { ...environmentForChildren(), ...here }
  const child = startChild(program, args, { cwd: folder, env })
  const [exit, stdout, stderr] = await Promise.all([
    once(child, 'exit'),
    streamText(child.stdout),
    streamText(child.stderr),
  ])
  if (exit[0] !== 0) throw new Error(`${args[0]}: ${stdout}${stderr}`)
  return stdout
}

const node = process.execPath
const save = (name: string, text: string) => writeFileSync(join(folder, name), text)

/** A platform that has no types but those of the document. */
const typescript = `
import createClient from 'openapi-fetch'
import type { components, paths } from './api.ts'

const [baseUrl = '', world = '', eid = '', appid = '', secret = ''] = process.argv.slice(2)
const { GET, POST } = createClient<paths>({ baseUrl })

const mobile = '13800138000'
const body = { eid, mobile, message: '欢迎加入' }
const { data: sent } = await POST('/tupu/v1/messages', { body })
if (!sent || !('msgid_str' in sent)) throw new Error(JSON.stringify(sent))

const query = { grant_type: 'client_credential', appid, secret } as const
const { data: token } = await GET('/cgi-bin/token', { params: { query } })
if (!token || !('access_token' in token)) throw new Error(JSON.stringify(token))
const { access_token }: components['schemas']['AccessToken'] = token
const { data: list } = await GET('/cgi-bin/template/get_all_private_template', {
  params: { query: { access_token } },
})
if (!list || !('template_list' in list)) throw new Error(JSON.stringify(list))

const { data: kept } = await GET('/_sim/v1/worlds/{world}/messages', {
  params: { path: { world } },
})
const [message]: components['schemas']['MessageInfo'][] = kept?.items ?? []
const isSame = message?.msgid_str === sent.msgid_str
console.log(JSON.stringify([message?.line, isSame, list.template_list.length]))

/** What the compiler must refuse. */
export function mistakes() {
  // @ts-expect-error: the mobile is missing
  POST('/tupu/v1/messages', { body: { eid, message: '' } })
  // @ts-expect-error: there is no such path
  POST('/tupu/v1/message', { body })
  // @ts-expect-error: a msgid is no text
  return sent.msgid.length
}
`

/** The same in Python, as far as a send goes. */
const python = `
import json, sys, urllib.request
from api import MessageSendAnswer, MessageSendRequest, Refusal

url, eid = sys.argv[1:]

def send(mobile):
    body = MessageSendRequest(eid=eid, mobile=mobile, message='欢迎加入').to_dict()
    headers = {'Content-Type': 'application/json'}
    request = urllib.request.Request(url + '/tupu/v1/messages', json.dumps(body).encode(), headers)
    return json.load(urllib.request.urlopen(request))

sent = MessageSendAnswer.from_dict(send('13800138000'))
refused = Refusal.from_dict(send('13900139000'))
print(json.dumps([str(sent.msgid) == sent.msgid_str, refused.errcode]))
`

const compiler_options = {
  strict: true,
  noEmit: true,
  target: 'esnext',
  module: 'nodenext',
  allowImportingTsExtensions: true,
  types: ['node'],
}

/** A schema of the document with all that it refers to. */
function schemaText({ components }: { components: { schemas: object } }, name: string): string {
  const $defs = components.schemas
  const text = JSON.stringify({ $ref: `#/$defs/${name}`, $defs })
  return text.replaceAll('#/components/schemas/', '#/$defs/')
}

describe('what machines make of /openapi.json', () => {
  let sim: Simulator
  let world: WorldHandle
  let text = ''
  beforeAll(async () => {
    sim = await createSimulator()
    const { url } = await sim.listen({ port: 0 })
    world = await sim.world({ accounts: [{ key: 'acme' }] })
    await world.register('13800138000')
    text = await (await fetch(`${url}/openapi.json`)).text()
  })
  afterAll(() => sim.close())

  it('Redocly has no word against it, whatever partners there are', async () => {
    const profiles = [exampleProfile, ...shipped_profiles]
    const options = { profiles, publicUrl: 'http://localhost:4570' }
    save('openapi.json', await fetchOpenApi(options))
    const said = await run(
      node,
      find('@redocly/cli/bin/cli.js'),
      'lint',
      'openapi.json',
      '--format=json',
    )
    expect(JSON.parse(said)).toMatchObject({ totals: { errors: 0, warnings: 0, ignored: 0 } })
  })

  it('openapi-typescript makes types that compile, by which a client sends a message', async () => {
    save('api.ts', astToString(await openapiTypes(JSON.parse(text))))
    save('client.ts', typescript)
    save('package.json', '{"type":"module"}')
    save(
      'tsconfig.json',
      JSON.stringify({ compilerOptions: compiler_options, files: ['client.ts'] }),
    )
    symlinkSync(modules, join(folder, 'node_modules'), 'junction')
    await run(node, join(modules, 'typescript/bin/tsc'), '-p', folder)
    const [acme] = world.accounts
    const who = [world.name, acme?.eid, acme?.appid, acme?.app_secret].map(String)
    const said = await run(node, join(folder, 'client.ts'), world.baseUrl, ...who)
    expect(JSON.parse(said)).toEqual(['欢迎加入', true, 1])
  })

  it.runIf(has('python3 --version'))('quicktype makes Python that sends a message', async () => {
    const input = new JSONSchemaInput(new FetchingJSONSchemaStore())
    for (const name of ['MessageSendRequest', 'MessageSendAnswer', 'Refusal'])
      await input.addSource({ name, schema: schemaText(JSON.parse(text), name) })
    const inputData = new InputData()
    inputData.addInput(input)
    const { lines } = await quicktype({ inputData, lang: 'python' })
    save('api.py', lines.join('\n'))
    save('client.py', python)
    const said = await run('python3', 'client.py', world.baseUrl, String(world.accounts[0]?.eid))
    expect(JSON.parse(said)).toEqual([true, 100011])
  })
})
