import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { settings } from '../src/config/settings.ts'
import { createSimulator } from '../src/simulator.ts'
import { samples } from '../views/docs/samples.ts'
import { httpOf } from './sim.ts'

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
const dockerfile = read('Dockerfile')
/** The last stage, which is what an image is made of. */
const stage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '))

const Service = z.looseObject({
  environment: z.record(z.string(), z.string()),
  build: z.looseObject({ target: z.string().optional() }).optional(),
  command: z.array(z.string()).default([]),
})
const compose = z
  .looseObject({
    services: z.looseObject({ simulator: Service, platform: Service, database: Service }),
    configs: z.looseObject({ worlds: z.object({ content: z.string() }) }),
  })
  .parse(parse(read('compose.yaml')))

/** `scripts/image-test.sh` builds the image and runs it, which takes minutes; this is what a look shows. */
describe('the image', () => {
  it('stands on any base, runs as nobody in particular, keeps its data in a volume, and says whether it is ready', () => {
    expect(dockerfile).not.toMatch(/^FROM (?!\$\{BASE\})/m)
    expect(stage).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m)
    expect(stage).toMatch(/^VOLUME \/data$/m)
    expect(stage).toMatch(/^HEALTHCHECK .*"ready"\]$/m)
    const { default: port } = settings.find(({ name }) => name === 'port') ?? {}
    expect(stage).toMatch(new RegExp(`^EXPOSE ${port}$`, 'm'))
  })

  it('knows every setting that it, compose.yaml or a recipe gives', () => {
    const recipes = Object.values(samples).filter((code) => code.includes('tupu-sim'))
    const texts = [stage, read('compose.yaml'), ...recipes]
    const given = texts.flatMap((text) => text.match(/TUPU_SIM_\w+/g) ?? [])
    // What a platform is told of a world is no setting.
    const known = [...settings.map(({ env }) => env), 'TUPU_SIM_URL']
    expect(given.length).toBeGreaterThan(10)
    expect(given.filter((name) => !known.includes(name))).toEqual([])
  })

  it('takes along whatever its files copy, and its programs import', () => {
    const taken: readonly string[] = read('.dockerignore').match(/(?<=^!).+/gm) ?? []
    const programs = ['scripts/build.ts', 'scripts/platform.ts']
    const imported = programs.flatMap((program) =>
      [...read(program).matchAll(/from '\.\/([^']+)'/g)].map(([, name]) => `scripts/${name}`),
    )
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)]
    const sources = copied.flatMap(([, some = '']) => some.split(' ')).filter((one) => one !== '.')
    expect(imported.length).toBeGreaterThan(0)
    expect([...programs, ...imported, ...sources].filter((one) => !taken.includes(one))).toEqual([])
  })
})

describe('compose.yaml', () => {
  it('makes the world in which its platform sends: one whom it notifies is known there, and one is not', async () => {
    const { worlds } = parse(compose.configs.worlds.content)
    const { environment, command, build } = compose.services.platform
    await using sim = await createSimulator({ worlds })
    const errcodes: unknown[] = []
    for (const mobile of command) {
      const body = { eid: environment['TUPU_EID'], mobile, message: '欢迎加入' }
      errcodes.push((await httpOf(sim)('POST', '/tupu/v1/messages', body)).json['errcode'])
    }
    expect(errcodes).toEqual([0, 100011])
    expect(dockerfile).toContain(` AS ${build?.target}\n`)
  })
})
