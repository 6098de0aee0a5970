import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcomes } from '../../src/docs/outcomes.ts'
import { createSimulator, type Simulator } from '../../src/simulator.ts'
import { topic_names } from '../../views/docs/topics.ts'
import { commandsOf, curlsIn } from '../page.ts'
import { environmentForChildren, startChild } from '../process.ts'
import { type Http, httpOf } from '../sim.ts'
import { documented } from './docs.ts'
import { has } from './runtime.ts'

let sim: Simulator
let http: Http

/** The demo, as a reader has it. */
beforeAll(async () => {
  sim = await createSimulator({ demo: true })
  await sim.listen({ port: 0, httpsPort: 0 })
  http = httpOf(sim)
})
afterAll(() => sim.close())

const order = ['curl', 'TypeScript', 'Python', 'Java']

/** The example of an endpoint in a language, as its page shows it now. */
async function exampleOn(path: string, language: string): Promise<string> {
  const { text: html } = await http('GET', `${path}?lang=en`)
  return commandsOf(html)[order.indexOf(language)] ?? ''
}

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor

/** Runs a TypeScript example here, and returns what it prints. */
async function runHere(code: string): Promise<unknown[]> {
  const said: unknown[] = []
  const print = { log: (...parts: unknown[]) => said.push(...parts) }
  // Nobody sends meanwhile: what the example waits for does not come.
  const plain = code.replaceAll(': any', '').replace('wait=PT5S', 'wait=PT0S')
  await new AsyncFunction('console', plain)(print)
  return said
}

describe('the example of every endpoint', () => {
  it('works as it is pasted: what it needs is called first, and its answer is good', async () => {
    const bad: string[] = []
    for (const { endpoint, path } of documented) {
      const code = await exampleOn(path, 'TypeScript')
      const [status, answer] = await runHere(code).catch((error) => [0, String(error)])
      const isGood = Number(status) >= 200 && Number(status) < 300
      const isRefused = /^\{"errcode":(?!0\b)/u.test(String(answer))
      if (!isGood || isRefused) bad.push(`${endpoint.id}: ${status} ${answer}\n${code}`)
      if (endpoint.methods[0] === 'GET' && !endpoint.example.after) continue
      await sim.call('world.delete', { world: 'ci-7' })
      await sim.call('world.reset', { world: 'default' })
    }
    expect(bad).toEqual([])
  })
})

/** What the examples of an endpoint say when they run. */
const told: Readonly<Record<string, { readonly path: string; readonly says: RegExp }>> = {
  // Chinese in its body, and a call before it.
  'message.send': { path: '/docs/tupu/message.send', says: /"errcode":0,"errmsg":"ok","msgid"/u },
  // Two answers before it, of one a part by a pattern.
  'rid.get': { path: '/docs/wechat/rid.get', says: /"errcode":0/u },
  // A code from the address that redirects end at.
  'oauth.user': { path: '/docs/wechat/oauth.user', says: /"nickname":"/u },
  // A form with Chinese in it.
  'twilio.send_message': {
    path: '/docs/sink/twilio.send_message',
    says: /"body":"欢迎加入，请完成入职登记".*"status":"queued"/u,
  },
}
const all_told = Object.keys(told)

/** How each language is run from a file. Where the program is missing, its tests are passed over. */
const runtimes = [
  {
    language: 'curl',
    file: 'example.sh',
    command: 'sh',
    calls: all_told,
    isHere: has('command -v curl'),
  },
  {
    language: 'TypeScript',
    file: 'example.ts',
    command: process.execPath,
    calls: ['message.send'],
    isHere: true,
  },
  {
    language: 'Python',
    file: 'example.py',
    command: 'python3',
    calls: all_told,
    isHere: has('python3 --version'),
  },
  {
    language: 'Java',
    file: 'Example.java',
    command: 'java',
    calls: ['rid.get'],
    options: ['-Dfile.encoding=UTF-8'],
    isHere: has('javac -version', /\b(1[1-9]|[2-9]\d)\./u),
  },
] as const
describe.each(runtimes)(
  'an example in $language',
  ({ language, isHere, calls, file, command, ...rest }) => {
    const options = 'options' in rest ? rest.options : []
    it.runIf(isHere).each(calls)('calls %s', async (id) => {
      const { path = '', says = /^$/u } = told[id] ?? {}
      const code = await exampleOn(path, language)
      const folder = mkdtempSync(join(tmpdir(), 'example-'))
      writeFileSync(join(folder, file), code)
      const env = { ...environmentForChildren(), NO_PROXY: 'localhost', no_proxy: 'localhost' }
      const child = startChild(command, [...options, file], { cwd: folder, env })
      const [said, wrong] = await Promise.all([text(child.stdout), text(child.stderr)])
      expect(said, `${code}\n${wrong}`).toMatch(says)
    })
  },
)

describe('the outcomes that a platform must handle', () => {
  it('are brought about by their magic mobiles', async () => {
    const { TUPU_EID: eid } = await sim.env()
    const given = outcomes.filter(({ mobile }) => mobile?.startsWith('19900'))
    expect(given.length).toBeGreaterThan(10)
    for (const { mobile, errcode, id } of given) {
      const { json } = await http('POST', '/tupu/v1/messages', { eid, mobile, message: '你好' })
      expect({ id, errcode: json['errcode'] }).toEqual({ id, errcode })
    }
  })

  it('fail later where they say so, and a look-up tells it', async () => {
    const { TUPU_EID: eid } = await sim.env()
    const mobile = outcomes.find(({ id }) => id === 'failed_later')?.mobile
    const message = { eid, mobile, message: '你好', client_msg_id: 'later' }
    expect((await http('POST', '/tupu/v1/messages', message)).json).toMatchObject({ errcode: 0 })
    const { json } = await http('GET', `/tupu/v1/messages?eid=${eid}&client_msg_id=later`)
    expect(json).toMatchObject({ state: 'failed', fall_back: true })
  })

  it('have a fault each where one can be made, for a mobile, and gone after one call', () => {
    for (const { fault } of outcomes) {
      if (fault) expect(fault).toMatchObject({ mobile: '13800138000', times: 1 })
    }
  })
})

describe('the commands of topics', () => {
  it('are answered well, one after another', async () => {
    const bad: string[] = []
    const { TUPU_EID: eid, WECHAT_SECRET = '' } = await sim.env()
    const sent = { eid, mobile: '13800138002', message: '欢迎加入' }
    const { headers } = await http('POST', '/tupu/v1/messages', sent)
    const env = { WECHAT_SECRET, TRACE: headers.get('x-sim-trace') ?? '' }
    for (const name of topic_names) {
      const { text: html } = await http('GET', `/docs/${name}?lang=en`)
      const commands = commandsOf(html).filter((one) => /^(curl (?!-sL)|TRACE=)/u.test(one))
      for (const { method, url, headers, body } of commands.flatMap((one) => curlsIn(one, env))) {
        const { pathname, search } = new URL(url)
        const { status, text: answer } = await http(method, pathname + search, body, headers)
        // Magic that is shown, and a message that only a reader of the topic has sent.
        const isRefused = /^\{"errcode":(?!0\b|43004\b|100017\b)/u.test(answer)
        if (status >= 400 || isRefused) bad.push(`${name}: ${url} ${answer}`)
      }
    }
    expect(bad).toEqual([])
  })

  it('put TUPU before a sandbox as its topic says, here before another simulator', async () => {
    await using wechat = await createSimulator({ demo: true, seed: 'wechat' })
    const { url } = await wechat.listen({ port: 0 })
    const { WECHAT_APPID: APPID = '', WECHAT_SECRET: SECRET = '' } = await wechat.env()
    const { people } = await wechat.call('world.get', { world: 'default' })
    const openid = people.find(({ key }) => key === 'li')?.openids['acme'] ?? ''
    const { text: html } = await http('GET', '/docs/sandbox?lang=en')
    const [connect = '', publish = '', send = ''] = commandsOf(html).filter((one) =>
      /^(APPID|EID)=/u.test(one),
    )
    const run = async (command: string, env: Record<string, string>) => {
      const told: Record<string, unknown>[] = []
      for (const call of curlsIn(command.replace('https://api.weixin.qq.com', url), env)) {
        const { pathname, search } = new URL(call.url)
        told.push((await http(call.method, pathname + search, call.body, call.headers)).json)
      }
      return told
    }
    const [made, shown] = await run(connect, { APPID, SECRET })
    expect(shown).toMatchObject({ appid: APPID, live: true })
    const EID = String(made?.['eid'])
    const here = { world: 'default', account: EID }
    await sim.call('association.create', { ...here, mobile: '13800138000', openid })
    expect(await run(publish, { EID })).toMatchObject([{ eid: EID }])
    expect(await run(send, { EID })).toMatchObject([{ errcode: 0 }])
  })
})

describe('the command that signs a call', () => {
  it.runIf(has('command -v openssl && command -v curl'))(
    'is taken from an account that wants signatures, and from no other secret',
    async () => {
      const accounts = [{ key: 'acme', partner_secret: 'generated' as const }]
      const people = [{ key: 'wang', mobile: '13800138002', registered_with: ['acme'] }]
      const signed = await sim.world({ name: 'signed', accounts, people })
      const { text: html } = await http('GET', '/w/signed/docs/signature')
      const [command = ''] = commandsOf(html)
      const send = async (secret: string) => {
        const env = { ...process.env, TUPU_PARTNER_SECRET: secret }
        return JSON.parse(await text(startChild('sh', ['-c', command], { env }).stdout))
      }
      expect(await send(signed.accounts[0]?.partner_secret ?? '')).toMatchObject({ errcode: 0 })
      expect(await send('another')).toMatchObject({ errcode: 100003 })
    },
  )
})
