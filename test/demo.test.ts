import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chapters } from '../scripts/story/chapters.ts'
import { buildProgram, type Ended, start } from './cli/program.ts'

const demo = resolve(fileURLToPath(import.meta.url), '../../scripts/demo.ts')

let folder = ''
let built: Awaited<ReturnType<typeof buildProgram>>
let played: Ended

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tupu-sim-demo-'))
  built = await buildProgram()
  played = await play(program())
})
afterAll(() => {
  built.remove()
  rmSync(folder, { recursive: true, force: true })
})

const program = () => resolve(built.main, '../index.js')
const play = (from: string, ...more: string[]) =>
  start([demo, '--from', from, ...more], { cwd: folder }).ended

/** A program whose simulator answers each request by the code given; `sim` is a real one behind it. */
function programThat(answers: string): string {
  const file = join(folder, 'program.mjs')
  writeFileSync(
    file,
    `import { createServer } from 'node:http'
     import { buffer } from 'node:stream/consumers'
     import { createSimulator as create } from ${JSON.stringify(pathToFileURL(program()).href)}
     export async function createSimulator() {
       const sim = await create()
       const answer = async (request) => { ${answers} }
       const server = createServer(async (incoming, outgoing) => {
         const { method, url } = incoming
         const body = method === 'GET' ? undefined : await buffer(incoming)
         const answered = await answer(new Request('http://sim.localhost' + url, { method, body }))
         outgoing.writeHead(answered.status, Object.fromEntries(answered.headers))
         outgoing.end(await answered.text())
       })
       await new Promise((done) => server.listen(0, '127.0.0.1', done))
       return {
         listen: async () => ({ url: 'http://127.0.0.1:' + server.address().port }),
         close: () => {
           server.close()
           server.closeAllConnections()
           return sim.close()
         },
       }
     }`,
  )
  return file
}

describe('npm run demo', () => {
  it('plays the main job from the registration to the phone, and everything is as told', () => {
    const { code, stdout, stderr } = played
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).not.toContain('✗')
    const inOrder = [
      '→ POST /_sim/v1/worlds/demo/associations',
      '← 201',
      '→ POST /w/demo/tupu/v1/messages',
      '{"errcode":0,"errmsg":"ok","msgid":',
      'TUPU → WeChat',
      'TUPU ← WeChat',
      '│ 欢迎加入，请完成入职登记',
      '{"errcode":100011,"errmsg":"no openid for this mobile"}',
      'decided by association.known',
      '✓ the platform sends to 13900139000 by SMS',
      '{"errcode":43101,"errmsg":"user refuse to accept the msg rid: ',
      '{"errcode":43004,"errmsg":"require subscribe rid: ',
      '✓ the phone still shows the one message that WeChat accepted',
      'All as told.',
    ]
    const places = inOrder.map((text) => stdout.indexOf(text))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  it('shows one msgid to the platform and in what WeChat answered, digit by digit', () => {
    const [, msgid] = /"msgid_str":"(\d{19})"/.exec(played.stdout) ?? []
    expect(played.stdout).toContain(`"msgid":${msgid},"msgid_str":"${msgid}"}`)
    expect(played.stdout).toContain(`{"errcode":0,"errmsg":"ok","msgid":"${msgid}"}`)
  })

  it('writes no colours where nobody looks', () => {
    expect(played.stdout).not.toContain('\u001b[')
  })

  it('ends with 1 when one thing is not as told', async () => {
    const registersEverybody = `
      const answered = await sim.fetch(request)
      if (request.url.endsWith('/_sim/v1/worlds'))
        await sim.call('association.create', { world: 'demo', mobile: '13900139000' })
      return answered`
    const { code, stdout } = await play(programThat(registersEverybody))
    expect(stdout).toContain('✗ not so: refused with 100011')
    expect(stdout).toContain('✗ not so: the platform sends to 13900139000 by WeChat')
    expect(stdout).toContain('✓ the phone still shows the one message that WeChat accepted')
    expect(stdout).toContain('\n2 not as told.\n')
    expect(code).toBe(1)
  })

  it('ends with 1, and says where, when the answers are none of a simulator', async () => {
    const { code, stdout } = await play(programThat(`return new Response('hello')`))
    expect(stdout).toContain('✗ not so: the story goes on')
    expect(stdout).toContain('\n1 not as told.\n')
    expect(code).toBe(1)
  })

  it('explains itself', async () => {
    const { code, stdout } = await start([demo, '--help'], { cwd: folder }).ended
    expect(code).toBe(0)
    expect(stdout).toMatch(/npm run demo[\s\S]*--story[\s\S]*--from FILE[\s\S]*--help/)
  })
})

/** A program whose simulator, over its port and in process, never says that somebody has unfollowed. */
function programThatHides43004(): string {
  const file = join(folder, 'hides.mjs')
  writeFileSync(
    file,
    `import { createSimulator as create } from ${JSON.stringify(pathToFileURL(program()).href)}
     export async function createSimulator(options) {
       const sim = await create(options)
       const fetch = async (request) => {
         const answered = await sim.fetch(request)
         const text = (await answered.text()).replace('"errcode":43004', '"errcode":0')
         return new Response(text, { status: answered.status, headers: answered.headers })
       }
       return {
         get url() { return sim.url },
         listen: (at) => sim.listen(at),
         world: (input) => sim.world(input),
         close: () => sim.close(),
         fetch,
       }
     }`,
  )
  return file
}

describe('npm run demo -- --story', () => {
  it('tells eight weeks of two accounts, each day by its date, and everything is as told', async () => {
    const { code, stdout, stderr } = await play(program(), '--story')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).not.toContain('✗')
    for (const { title, days } of chapters) {
      expect(stdout).toContain(`. ${title}\n`)
      for (const { tells } of days.flatMap(({ steps }) => steps))
        expect(stdout).toContain(`✓ ${tells}`)
    }
    const dates = ['Mon, 5 Jan 2026', 'Fri, 23 Jan 2026', 'Tue, 3 Feb 2026', 'Mon, 2 Mar 2026']
    const places = [...dates, 'All as told.'].map((text) => stdout.indexOf(text))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(stdout).toContain('(12 messages by WeChat, 7 by SMS)')
  })

  it('ends with 1 when a step is not as told, and tells the rest all the same', async () => {
    const { code, stdout } = await play(programThatHides43004(), '--story')
    expect(stdout).toContain('✗ not so: Li unfollows')
    expect(stdout).toContain('✓ Li comes back')
    expect(stdout).toContain('\n1 not as told.\n')
    expect(code).toBe(1)
  })
})
