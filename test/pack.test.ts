import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { test_samples } from '../views/docs/test-samples.ts'
import { endChildren, environmentForChildren, startChild } from './process.ts'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const windows = process.platform === 'win32'
/** What the copy is not packed from: what `npm pack` makes itself, and what only machines put here. */
const not_copied = ['node_modules', 'dist', '.git', '.tupu-sim']

/** What `npm i` may put into a project: it is downloaded by every run of every CI. */
const installed_bytes_max = 60_000_000
const installed_packages_max = 25

let folder = ''
let tarball = ''
/** A project that has nothing but the package, and vitest. */
let project = ''
/** What `npm i` has put there, as paths below `node_modules`. */
let installed: readonly string[] = []
const inProject = (...path: string[]) => join(project, ...path)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tupu-sim-pack-'))
  project = join(folder, 'project')
  // Packed from a copy: the pack builds, and the checkout's own build may be running elsewhere.
  const copy = join(folder, 'copy')
  const wanted = (path: string) => !not_copied.includes(basename(path))
  cpSync(root, copy, { recursive: true, filter: (path) => path === root || wanted(path) })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  mkdirSync(project)
  writeFileSync(inProject('package.json'), '{"type":"module"}\n')
  await good(npm(['pack', '--pack-destination', folder], copy))
  const [packed = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  tarball = join(folder, packed)
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund']
  await good(npm([...install, tarball], project))
  installed = filesIn(inProject('node_modules'))
  // Ours, which is not what is tried: its packages need not come over the network again.
  link('vitest')
  // What the user of a Node library has anyway.
  link('@types/node')
  // It builds and installs, on a machine that runs other tests meanwhile.
}, 400_000)
afterAll(async () => {
  await endChildren()
  rmSync(folder, { recursive: true, force: true })
})

/** All files below a folder, by their paths from there. */
function filesIn(place: string): string[] {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(place.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
}

/** Puts one of our packages into the project. */
function link(name: string): void {
  const place = inProject('node_modules', name)
  mkdirSync(dirname(place), { recursive: true })
  symlinkSync(join(root, 'node_modules', name), place, 'junction')
}

/** A test that sends to a mobile that nobody registered, and expects that it arrives. */
const failing = (from: string) => `import assert from 'node:assert'
import { it } from '${from}'
it('arrives', async ({ world }) => {
  const { TUPU_BASE_URL, TUPU_EID: eid } = world.env
  const body = JSON.stringify({ eid, mobile: '13900139000', message: 'hello' })
  const answer = await fetch(TUPU_BASE_URL + '/messages', { method: 'POST', body })
  assert.equal((await answer.json()).errcode, 0)
})
`
/** A platform that tells somebody something as soon as it is started, and behind it a piece of code of the documentation. */
const withPlatform = (sample: keyof typeof test_samples) => `async function startPlatform(env) {
  const body = JSON.stringify({ eid: env.TUPU_EID, mobile: '13800138000', message: 'hello' })
  await fetch(env.TUPU_BASE_URL + '/messages', { method: 'POST', body })
}
${test_samples[sample]}
`
const toldStory =
  /The latest sends in the world arrives-[0-9a-f]{8}:[\s\S]*association\.known[\s\S]*errcode 100011/u

interface Ended {
  readonly code: number
  readonly output: string
}

/** Runs a program with the Node that runs the tests first on its path, and without what vitest and npm told us. */
async function run(command: string, args: readonly string[], cwd: string): Promise<Ended> {
  const PATH = [dirname(process.execPath), process.env['PATH']].join(delimiter)
  const env = { ...environmentForChildren(), PATH, CI: 'true', NO_COLOR: '1' }
  const child = startChild(command, args, { cwd, env })
  const ended = new Promise<number>((done, failed) => {
    child.once('error', failed)
    child.once('close', (code) => done(code ?? 1))
  })
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  return { code, output: out + err }
}

/** The npm that runs the tests, else the one on the path. */
function npm(args: readonly string[], cwd: string): Promise<Ended> {
  const script = process.env['npm_execpath']
  if (script && basename(script) === 'npm-cli.js') return node([script, ...args], cwd)
  return run(windows ? 'npm.cmd' : 'npm', args, cwd)
}

const node = (args: readonly string[], cwd = project) => run(process.execPath, args, cwd)

async function good(running: Promise<Ended>): Promise<string> {
  const { code, output } = await running
  if (code !== 0) throw new Error(output)
  return output
}

describe('the packed package, installed in an empty folder', () => {
  it('holds the program, its declarations and four papers, and nothing else', () => {
    const place = inProject('node_modules/tupu-simulator')
    const files = filesIn(place)
    // Parts of the program and its declarations that several ways in share, or that load when they are needed.
    const isPart = (path: string) => /^dist\/chunk-[\w-]+(\.d\.ts|\.js)$/u.test(path)
    const isPartner = (path: string) => path.startsWith('dist/partners/')
    const partners = filesIn(join(root, 'src/tupu/profile/partners'))
    expect(files.filter(isPartner).toSorted()).toEqual(
      partners.map((name) => `dist/partners/${name}`).toSorted(),
    )
    expect(files.filter((path) => !isPart(path) && !isPartner(path)).toSorted()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'dist/THIRD-PARTY.txt',
      'dist/checkpoint-worker.js',
      'dist/demo.config.yaml',
      'dist/examples.json',
      'dist/index.d.ts',
      'dist/index.js',
      'dist/library.js',
      'dist/main.js',
      'dist/node-test.d.ts',
      'dist/node-test.js',
      'dist/vitest.d.ts',
      'dist/vitest.js',
      'dist/weui.min.css',
      'package.json',
    ])
    const withPaths = files.filter((path) => {
      const content = readFileSync(join(place, path), 'utf8')
      return content.includes(folder) || content.includes(root)
    })
    expect(withPaths).toEqual([])
  })

  it('has with it what it is made of, by name and licence', () => {
    const path = inProject('node_modules/tupu-simulator/dist/THIRD-PARTY.txt')
    const named = readFileSync(path, 'utf8').match(/(?<=^-{80}\n\n)\S+/gmu) ?? []
    // One that is bundled whole, one of another's, one of the declarations, and a style sheet.
    expect(named).toEqual(expect.arrayContaining(['hono', 'pg-protocol', 'zod', 'weui']))
    expect(named).not.toContain('better-sqlite3')
  })

  it('is small where it is installed', () => {
    const bytes = installed.map((path) => statSync(inProject('node_modules', path)).size)
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(installed_bytes_max)
    const packages = installed.filter((path) =>
      /^(?:(?:^|.*\/node_modules\/)(?:@[^/]+\/)?[^/@]+)\/package\.json$/u.test(path),
    )
    expect(packages.length).toBeLessThanOrEqual(installed_packages_max)
  })

  it('is one that publint and "Are the types wrong?" find good', async () => {
    const bytes = new Uint8Array(readFileSync(tarball))
    const { messages } = await publint({ pack: { tarball: bytes.buffer }, strict: true })
    expect(messages).toEqual([])
    const checked = await checkPackage(createPackageFromTarballData(bytes))
    const problems = 'problems' in checked ? checked.problems : undefined
    // Modules alone, for Node 22 and newer: there, `require` can have them, too.
    const others = problems?.filter(
      (one) => !('resolutionKind' in one && /^node10$|-cjs$/u.test(one.resolutionKind)),
    )
    expect(others).toEqual([])
  })

  it("runs README's test file and that of the documentation, and a test that fails tells the story of its sends", async () => {
    const readme = readFileSync(inProject('node_modules/tupu-simulator/README.md'), 'utf8')
    const [, code = ''] = /^```ts\n(\/\/ welcome\.test\.ts\n[\s\S]*?)^```$/mu.exec(readme) ?? []
    writeFileSync(inProject('welcome.test.ts'), code)
    writeFileSync(inProject('docs.test.js'), withPlatform('vitestTest').replace(' as const', ''))
    writeFileSync(inProject('fails.test.ts'), failing('tupu-simulator/vitest'))
    const vitest = inProject('node_modules/vitest/vitest.mjs')
    const reporters = ['--reporter=default', '--reporter=json', '--outputFile.json=report.json']
    const { output } = await node([vitest, 'run', ...reporters])
    const report = JSON.parse(readFileSync(inProject('report.json'), 'utf8'))
    expect(report, output).toMatchObject({ numPassedTests: 3, numFailedTests: 1 })
    expect(output).toMatch(toldStory)
  })

  it('does the same for node:test, whose process ends by itself', async () => {
    writeFileSync(inProject('fails.mjs'), failing('tupu-simulator/node-test'))
    writeFileSync(inProject('docs.mjs'), withPlatform('nodeTest'))
    const files = ['docs.mjs', 'fails.mjs']
    const { code, output } = await node(['--test', '--test-reporter=spec', ...files])
    expect(output).toMatch(toldStory)
    expect(output).toMatch(/^\S+ pass 1$[\s\S]*^\S+ fail 1$/mu)
    expect(code).toBe(1)
  })

  it('has types that a strict project can use, and that know a wrong option and a wrong call', async () => {
    const lines = [
      `import { CallError, createSimulator, StartError } from 'tupu-simulator'`,
      `import type { Advanced, Audit, Contact, Drill, Explained, Fault, Simulator, Snapshot, Waited, WorldHandle } from 'tupu-simulator'`,
      `import { test as node } from 'tupu-simulator/node-test'`,
      `import { it } from 'tupu-simulator/vitest'`,
      `const sim: Simulator = await createSimulator({ data: ':memory:' })`,
      `const world: WorldHandle = await sim.world({ people: [{ key: 'li', mobile: '13800138001' }] })`,
      `const { state } = await world.message({ mobile: '13800138001', wait: 'PT1S' })`,
      `export const delivered: boolean = state === 'delivered'`,
      `export const refused = [CallError, StartError].map((one) => one.name)`,
      `export const moved: Advanced = await world.call('clock.advance', { by: 'P1D' })`,
      `const wanted = { message: { state: 'failed' } } as const`,
      `export const late: Waited<'message'> = await world.waitFor(wanted, { autoAdvance: 'P30D' })`,
      `const busy: Fault = await world.fault({ mobile: '13800138001', errcode: -1, times: 1 })`,
      `export const hits: number = await busy.hits()`,
      `export const told: Explained = await world.explain({ mobile: '13800138001' })`,
      `export const kept: Snapshot = await world.snapshot('ready')`,
      `export const day: Drill = await world.drill('wechat_busy', { account: 'acme' })`,
      `export const judged: Audit = await world.audit({ within: 'PT1M' })`,
      `export const tried: Contact[] = await world.contacts('13800138001')`,
      `it('is given both', async ({ sim, world }) => void [sim.url, world.name, await world.audit()])`,
      `const peopled = it.extend({ worldInput: { people: [{ key: 'li' }] } })`,
      `peopled('is given them', ({ world }) => void world.people.length)`,
      `const seeded = node.extend({ simulatorOptions: { seed: 'x' } })`,
      `void seeded('is given all three', ({ sim, world }, t) => void [sim.url, world.name, t.name])`,
      `// @ts-expect-error: a world has no such field`,
      `node.extend({ worldInput: { acounts: [] } })`,
      `// @ts-expect-error: there is no such call`,
      `await world.call('clock.advanced')`,
      `// @ts-expect-error: a message has no such state`,
      `export const gone: boolean = state === 'gone'`,
      `// @ts-expect-error: there is no such option`,
      `await createSimulator({ datas: ':memory:' })`,
    ]
    writeFileSync(inProject('use.ts'), `${lines.join('\n')}\n`)
    const compilerOptions = { target: 'es2024', strict: true, noEmit: true, types: ['node'] }
    writeFileSync(
      inProject('tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['use.ts'] }),
    )
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    for (const how of [['node16'], ['esnext', '--moduleResolution', 'bundler']])
      expect(await node([tsc, '-p', project, '--module', ...how])).toEqual({ code: 0, output: '' })
  })

  it('has inside what it loads when it is needed: pages, styles, metrics, HTTPS, mail, YAML, PostgreSQL', async () => {
    link('nodemailer')
    const late = [
      `import { createSimulator, runCli } from 'tupu-simulator'`,
      `import { createTransport } from 'nodemailer'`,
      `const sim = await createSimulator({ demo: true })`,
      `const { url, httpsUrl } = await sim.listen({ port: 0, httpsPort: 0, smtpPort: 0 })`,
      `const { TUPU_SMTP_URL } = await sim.env()`,
      `const mail = { from: 'a@example.com', to: 'b@example.com', subject: 'hello' }`,
      `await createTransport(TUPU_SMTP_URL).sendMail(mail)`,
      `const { items } = await sim.call('contact.list', { world: 'default', email: mail.to })`,
      `console.log(items[0].text === null ? '' : items[0].subject, new URL(httpsUrl).protocol)`,
      `const ask = async (path) => (await fetch(url + path)).text()`,
      `const [, style] = /href="([^"]+\\.css)"/.exec(await ask('/phone/wang'))`,
      `console.log((await ask(style)).includes('.weui-cell'), /^# HELP tupu_sim/.test(await ask('/metrics')))`,
      `await sim.close()`,
      `console.log(await runCli(['check-config', '--config', 'sim.yaml']))`,
      `const away = { data: 'postgres://nobody@127.0.0.1:1/none' }`,
      `await createSimulator(away).catch((error) => console.log(error.name, error.message))`,
    ]
    writeFileSync(inProject('late.mjs'), late.join('\n'))
    writeFileSync(inProject('sim.yaml'), 'port: 0\n')
    const said = await good(node(['late.mjs']))
    expect(said).toMatch(/^hello https:\ntrue true\n/u)
    expect(said).toMatch(/\n0\nStartError postgres:.*(refused|reached|away)/u)
  })

  it('has a bin that starts a simulator for a program and passes its exit code on', async () => {
    const probe = [
      `const { TUPU_BASE_URL, TUPU_EID: eid } = process.env`,
      `const body = JSON.stringify({ eid, mobile: '13800138002', message: 'hello' })`,
      `const answer = await fetch(TUPU_BASE_URL + '/messages', { method: 'POST', body })`,
      `console.log(await answer.text())`,
      `process.exitCode = 3`,
    ]
    writeFileSync(inProject('probe.mjs'), probe.join('\n'))
    const bin = inProject('node_modules/.bin', windows ? 'tupu-sim.cmd' : 'tupu-sim')
    const { code, output } = await run(bin, ['exec', '--', process.execPath, 'probe.mjs'], project)
    expect(output).toMatch(/^\{"errcode":0,"errmsg":"ok","msgid":\d{19},/u)
    expect(code).toBe(3)
  })
})
