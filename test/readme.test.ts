import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Setting, settings } from '../src/config/settings.ts'
import { limits } from '../src/core/limits.ts'
import { createSimulator } from '../src/simulator.ts'
import { httpOf } from './sim.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** The fenced blocks of a language, in the order of the page. */
function blocks(language: string): string[] {
  const fences = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gmu')
  return [...readme.matchAll(fences)].map(([, code = '']) => code)
}

/** One call of a shell block, and the answer that the comment below it promises. */
interface Curl {
  readonly line: string
  readonly method: string
  readonly path: string
  readonly body: string | undefined
  readonly answer: RegExp
}

function readCurls(block: string): Curl[] {
  const eid = /^EID=(\S+)$/mu.exec(block)?.[1] ?? ''
  const call =
    /^(curl -s(?: -X (\w+))? "?\$SIM([^\s"]+)"?(?: -d '(.*)')?)[^\n']*(?:\n# → (.+))?$/gmu
  return [...block.matchAll(call)].map(([, line = '', method, path = '', body, answer]) => ({
    line,
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    path,
    body: body?.replace("'$EID'", eid),
    answer: new RegExp(answer?.split('…').map(literally).join('.*') ?? '', 'u'),
  }))
}

const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')

interface Cast {
  readonly key: string
  readonly person: string
  readonly openids: Record<string, string>
}

/** With which word a person is described. */
const standing: Readonly<Record<string, string>> = {
  form: 'Registered',
  direct_application: 'Applied',
  follows: 'Follows',
  never: 'Never',
}

async function demo() {
  const sim = await createSimulator({ demo: true })
  onTestFinished(() => sim.close())
  return { sim, http: httpOf(sim) }
}

describe('README.md', () => {
  it('plays the main job by curl, and every answer is as it stands there', async () => {
    const { http } = await demo()
    const steps = readCurls(blocks('sh').find((block) => block.includes('EID=')) ?? '')
    expect(steps).toHaveLength(5)
    for (const { method, path, body, answer } of steps) {
      const { text } = await http(method, path, body)
      expect(text).toMatch(answer)
      expect(answer.source).not.toBe('(?:)')
    }
  })

  it('says the limits as they are unless told', () => {
    const {
      worlds_max,
      advance_jobs_max,
      answer_ms_max,
      snapshots_max,
      snapshot_bytes_max,
      ...others
    } = limits
    expect(others).toEqual({})
    expect(readme).toContain(`${snapshots_max} snapshots of ${snapshot_bytes_max / 2 ** 20} MB`)
    expect(readme).toContain(`${worlds_max.toLocaleString('en')} worlds;`)
    expect(readme).toContain(
      `${advance_jobs_max.toLocaleString('en')} pieces of work in one advance;`,
    )
    expect(readme).toMatch(
      new RegExp(`${answer_ms_max / 1000} s for\\s+a remote WeChat or a callback`),
    )
  })

  it('has no curl line that the simulator refuses', async () => {
    const { http } = await demo()
    const lines = blocks('sh').flatMap(readCurls)
    const written = readme.split('\n').filter((line) => line.startsWith('curl '))
    expect(lines.map(({ line }) => line)).toHaveLength(written.length)
    for (const { line, method, path, body } of lines) {
      const { status } = await http(method, path, body)
      expect({ line, status }).toEqual({ line, status: expect.toSatisfy((n) => n < 300) })
    }
  })

  it('lists every setting as it is', () => {
    const code = (text: string | undefined) => (text === undefined ? '–' : `\`${text}\``)
    const held = ({ default: usual, but = {} }: Setting) =>
      [code(usual), ...Object.entries(but).map(([of, value]) => `${of} ${code(value)}`)].join(', ')
    const rows = settings.map((setting) =>
      [
        code(setting.flag),
        code(setting.env),
        code(setting.inFile ? setting.name : undefined),
        held(setting),
        setting.commands.join(', '),
      ]
        .concat(setting.meaning)
        .join(' | '),
    )
    const [, table = ''] = /^\| flag \|.*\n\|[-|]+\|\n((?:\|.*\n)+)/mu.exec(readme) ?? []
    expect(table.trimEnd().split('\n')).toEqual(rows.map((row) => `| ${row} |`))
  })

  it('says who is in the demo, which its file says beside each of them', async () => {
    const { sim } = await demo()
    const { people } = (await sim.call('world.get', { world: 'default' })) as { people: Cast[] }
    const { items } = (await sim.call('association.list', { world: 'default' })) as {
      items: { person: string; source: string }[]
    }
    const stand = people.map(({ key, person, openids }) => {
      const source = items.find((one) => one.person === person)?.source
      return { key, says: standing[source ?? (openids['acme'] ? 'follows' : 'never')] }
    })
    const file = readFileSync(new URL('../src/demo.config.yaml', import.meta.url), 'utf8')
    const said = [...file.matchAll(/# (\w+)[^\n]*\n +- key: (\w+)\n +name/gu)]
    expect(said.map(([, says, key]) => ({ key, says }))).toEqual(stand)
  })

  it('names every variable of the environment block', async () => {
    const { sim } = await demo()
    await sim.listen()
    const { env } = await sim.world({ accounts: [{ key: 'acme', partner_secret: 'generated' }] })
    const [, table = ''] = /^\| variable \|.*\n\|[-|]+\|\n((?:\|.*\n)+)/mu.exec(readme) ?? []
    const named = [...table.matchAll(/`([A-Z_]+)`/gu)].map(([, name]) => name)
    expect(named.toSorted()).toEqual(Object.keys(env).toSorted())
  })

  it('signs a send as the partner API wants it, and anything else is 100003', async () => {
    const { sim, http } = await demo()
    await sim.listen({ port: 0 })
    const accounts = [{ key: 'acme', partner_secret: 'generated' as const }]
    const world = await sim.world({ name: 'signed', accounts })
    const { eid = '', partner_secret = '' } = world.accounts[0] ?? {}
    const { signedHeaders } = await importBlock(blocks('js').find((js) => js.includes('Hmac')))
    const url = `${world.env['TUPU_BASE_URL']}/messages?from=hr`
    const body = JSON.stringify({ eid, mobile: '13900139000', message: '欢迎加入' })
    const send = (headers: Record<string, string>) => http('POST', url, body, headers)
    const signed = signedHeaders(partner_secret, 'POST', url, body)
    expect((await send(signed)).json).toMatchObject({ errcode: 100011 })
    const other = signedHeaders(partner_secret, 'POST', url, `${body} `)
    expect((await send(other)).json).toMatchObject({ errcode: 100003 })
  })
})

/** What a block of the page exports. */
async function importBlock(code = '') {
  const folder = mkdtempSync(join(tmpdir(), 'tupu-sim-readme-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'block.mjs')
  writeFileSync(file, code)
  return import(pathToFileURL(file).href)
}
