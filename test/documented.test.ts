import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Documented } from '../src/apidoc/describe.ts'
import { transportAnswers } from '../src/apidoc/error-docs.ts'
import { documentedSurfaces } from '../src/app.ts'
import { commands, settings } from '../src/config.ts'
import type { DocumentedEndpoint } from '../src/core/endpoint.ts'
import { codesOf } from '../src/core/field.ts'
import { problems } from '../src/core/problem.ts'
import { default_profile } from '../src/tupu/profile/profile.ts'
import { tupuSurface } from '../src/tupu/surface.ts'
import { listFiles, readText } from './file.ts'
import { fetchOpenApi, OpenApi, operationsOf } from './openapi.ts'
import { startSim } from './sim.ts'

const document = OpenApi.parse(JSON.parse(await fetchOpenApi()))
const operations = operationsOf(document)
const surfaces = documentedSurfaces([tupuSurface(default_profile)])
const all = surfaces.flatMap((surface) =>
  surface.endpoints.map((endpoint) => ({ endpoint, surface })),
)

describe('every operation of /openapi.json', () => {
  it('is mounted', async () => {
    const { http } = await startSim()
    // Of a call that no endpoint takes: unknown path, wrong method.
    const untaken =
      /^\{("errcode":(100019|40066|43001|43002)\b|"type":"(unknown_path|wrong_method)")/
    const offenders: string[] = []
    for (const { method, path } of operations) {
      const body = method === 'GET' ? undefined : '{}'
      // Of the first page's path only what names an action is a call.
      const real = path === '/' ? '/?Action=' : path.replace(/\{\w+\}/g, 'x')
      const { status, text } = await http(method, real, body)
      if (untaken.test(text) || status >= 500)
        offenders.push(`${method} ${path}: ${status} ${text}`)
    }
    expect(offenders).toEqual([])
  })
})

describe('the refusals of every endpoint', () => {
  it('are in the table of the surface, each named once', () => {
    const offenders = all.flatMap(({ endpoint, surface }) => {
      const known = surface.table ? [...surface.table.keys()] : statuses
      const { id, refusals } = endpoint
      const wrong = refusals.filter(
        (code, i) => !known.includes(code) || refusals.indexOf(code) < i,
      )
      return wrong.map((code) => `${id}: ${code}`)
    })
    expect(offenders).toEqual([])
  })

  it('have every code that the schema of a field names', () => {
    const offenders = all.flatMap(({ endpoint }) => {
      const unlisted = fieldCodes(endpoint).filter((code) => !endpoint.refusals.includes(code))
      return unlisted.map((code) => `${endpoint.id}: ${code}`)
    })
    expect(offenders).toEqual([])
  })
})

describe('every exported endpoint', () => {
  it('has its id’s name: `account.create` is `createAccount`, `phone.chat` is `phoneChat`', async () => {
    const known = new Set(all.map(({ endpoint }) => endpoint.id))
    const files = listFiles('src').filter((path) =>
      /^src\/(wechat|tupu|control|phone)\/.*\.ts$/u.test(path),
    )
    const modules = await Promise.all(files.map((path) => import(`../${path}`)))
    const exported = modules.flatMap((module) =>
      Object.entries<{ id?: string } | undefined>(module),
    )
    const named = exported.flatMap(([name, value]) => {
      const id = value?.id
      return id !== undefined && known.has(id) ? [{ name, id }] : []
    })
    expect(named.length).toBeGreaterThan(80)
    expect(named.filter(({ name, id }) => !namesOf(id).includes(name))).toEqual([])
  })
})

/** What an endpoint may be called: its verb first, or its noun first where there is no verb. Lists are of many. */
function namesOf(id: string): string[] {
  const [noun = '', action = ''] = id.split('.')
  const [verb = '', ...rest] = action.split('_')
  const many = [
    noun,
    `${noun}s`,
    `${noun}es`,
    noun.replace(/y$/u, 'ies'),
    noun.replace(/person$/u, 'people'),
  ]
  const nouns = verb === 'list' ? many : [noun]
  return [...nouns.map((one) => [verb, one, ...rest]), [noun, action]].map((words) =>
    words.join('_').replace(/_(\w)/gu, (_, letter: string) => letter.toUpperCase()),
  )
}

/** With which the control API refuses. */
const statuses: readonly number[] = [...new Set(Object.values(problems).map((one) => one.status))]

/** A query has texts only: nothing in it is of the wrong type. */
function fieldCodes({ input, from }: DocumentedEndpoint<never>): number[] {
  return Object.values(input.shape).flatMap((schema) => {
    const { missing, type, invalid } = codesOf(schema) ?? {}
    const codes = [missing, invalid, from.includes('json') ? type : undefined]
    return codes.filter((code) => code !== undefined)
  })
}

/**
 * Codes of calls that can only be refused here, as no account has material or a server URL: without a good answer they have no
 * page of their own.
 */
const only_refused = [40007, 40201]

describe('every code that the source refuses with', () => {
  it('is listed by an endpoint of its surface', () => {
    const offenders = ['tupu', 'wechat'].flatMap((name) => {
      const surface = surfaces.find((candidate) => candidate.name === name)
      const written = codesInSource(`src/${name}`)
      expect(written.length).toBeGreaterThan(10)
      const listed = surface ? listedCodes(surface) : []
      return written.filter(({ code }) => ![...listed, ...only_refused].includes(code))
    })
    expect(offenders).toEqual([])
  })
})

/** What an endpoint lists, what comes before any endpoint, and what a reset under way leads to. */
function listedCodes(surface: Documented): number[] {
  const before = transportAnswers(surface).map(({ entry }) => entry.code)
  return [...surface.endpoints.flatMap(({ refusals }) => refusals), ...before, -1]
}

/** The codes among the first arguments of `refuse`, and the file of each. */
function codesInSource(folder: string): { code: number; path: string }[] {
  return listFiles(folder).flatMap((path) => {
    const calls = [...readText(path).matchAll(/\brefuse\(([^,{]+),/gu)]
    const numbers = calls.flatMap(([, first = '']) => first.match(/-?\b\d+\b/gu) ?? [])
    return numbers.map((code) => ({ code: Number(code), path }))
  })
}

const papers = ['README.md', 'CONTRIBUTING.md']
const scripts: Readonly<Record<string, string>> = JSON.parse(readText('package.json')).scripts

/** Files that CONTRIBUTING.md only imagines. */
const imagined = ['db/migrations/000N-what.ts', 'db/noun.ts']
/** Spelled like a setting, and none. */
const no_settings = ['--help', '--version', '--schema', '--story', '--install', 'TUPU_SIM_WORLD']

describe.each(papers)('%s', (paper) => {
  const text = readText(paper)
  const code = [...text.matchAll(/`([^`\n]+)`/gu)].map(([, inside = '']) => inside)

  it('names only files and folders that exist', () => {
    const whole = code.filter((word) => /^(src|db|views|test|scripts|\.ci)\/[\w./-]*$/u.test(word))
    const inSource = code.filter((word) =>
      /^(sim|http|wechat|tupu|control)\/[\w./-]+\.ts$/u.test(word),
    )
    const paths = [...whole, ...inSource.map((word) => `src/${word}`)]
    const missing = paths.filter((path) => !existsSync(path) && !existsSync(`${path}.tsx`))
    expect(missing.filter((path) => !imagined.includes(path))).toEqual([])
  })

  it('names only npm scripts that exist', () => {
    const runs = [...text.matchAll(/\bnpm (?:run )?([a-z]+)\b/gu)].map(([, name = '']) => name)
    expect(runs.length).toBeGreaterThan(2)
    const others = ['ci', 'i', 'install', 'pack', 'scripts']
    expect(runs.filter((name) => !(name in scripts) && !others.includes(name))).toEqual([])
  })

  it('names only paths that something answers', async () => {
    const { http, acme } = await startSim()
    const unknown = []
    for (const path of code.filter((word) => /^\/[\w./{}-]+$/u.test(word))) {
      const real = path
        .replace('{world}', 'test')
        .replace('{person}', 'li')
        .replace('{eid}', acme.eid)
      // CONTRIBUTING.md leaves the control API's base out, as endpoints do; people live in their world.
      const ways = [real, `/_sim/v1${real}`, `/w/test${real}`]
      const answers = await Promise.all(ways.map((way) => http('GET', way)))
      if (answers.every(({ status }) => status === 404)) unknown.push(path)
    }
    expect(unknown).toEqual([])
  })

  it('names only settings and commands that the program has', () => {
    const known = settings.flatMap(({ flag, env }) => [flag, env])
    const named = text.match(/(?<![\w-])--[a-z][a-z-]+|\bTUPU_SIM_[A-Z_]+\b/gu) ?? []
    const unknown = named.filter((name) => !known.includes(name.replace(/^--no-/u, '--')))
    expect(unknown.filter((name) => !no_settings.includes(name))).toEqual([])
    const calls = [...text.matchAll(/\btupu-sim ([a-z]+(?:-[a-z]+)*)\b/gu)].map(
      ([, command = '']) => command,
    )
    expect(commands).toEqual(expect.arrayContaining(calls))
  })
})

describe('README.md and CONTRIBUTING.md', () => {
  it('imagine no file that exists', () => {
    expect(imagined.filter((path) => existsSync(path))).toEqual([])
  })

  it('leave no setting out', () => {
    const readme = readText('README.md')
    const names = settings.map(({ flag, env, name }) => flag ?? env ?? name)
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
  })
})
