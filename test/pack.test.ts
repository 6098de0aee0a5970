import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endChildren, environmentForChildren, startChild } from './process.ts'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const windows = process.platform === 'win32'
/** What the copy is not packed from: what `npm pack` makes itself, and what only machines put here. */
const not_copied = ['node_modules', 'dist', '.git', '.tupu-sim']

let folder = ''
/** A project that has nothing but the package, and vitest. */
let project = ''
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
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund']
  await good(npm([...install, join(folder, tarball)], project))
  // Ours, which is not what is tried: its packages need not come over the network again.
  link('vitest')
})
afterAll(async () => {
  await endChildren()
  rmSync(folder, { recursive: true, force: true })
})

/** Puts one of our packages into the project. */
function link(name: string): void {
  const place = inProject('node_modules', name)
  mkdirSync(dirname(place), { recursive: true })
  symlinkSync(join(root, 'node_modules', name), place, 'junction')
}

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
  it('holds the program, its declarations and three papers, and nothing else', () => {
    const installed = inProject('node_modules/tupu-simulator')
    const files = readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1))
      .map((path) => path.replaceAll('\\', '/'))
    const declarations = files.filter((path) => /^dist\/types\/.+\.d\.ts$/u.test(path))
    expect(declarations).toContain('dist/types/src/index.d.ts')
    expect(files.filter((path) => !declarations.includes(path)).toSorted()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/checkpoint-worker.js',
      'dist/demo.config.yaml',
      'dist/examples.json',
      'dist/index.js',
      'dist/library.js',
      'dist/main.js',
      'package.json',
    ])
    const withPaths = files.filter((path) => {
      const content = readFileSync(join(installed, path), 'utf8')
      return content.includes(folder) || content.includes(root)
    })
    expect(withPaths).toEqual([])
  })

  it("runs README's test file as it stands there", async () => {
    const readme = readFileSync(inProject('node_modules/tupu-simulator/README.md'), 'utf8')
    const [, code = ''] = /^```ts\n(\/\/ welcome\.test\.ts\n[\s\S]*?)^```$/mu.exec(readme) ?? []
    writeFileSync(inProject('welcome.test.ts'), code)
    const vitest = inProject('node_modules/vitest/vitest.mjs')
    await good(node([vitest, 'run', '--reporter=json', '--outputFile=report.json']))
    const report = JSON.parse(readFileSync(inProject('report.json'), 'utf8'))
    expect(report).toMatchObject({ numTotalTests: 1, numPassedTests: 1, success: true })
  })

  it('has types that a strict project can use, and that know a wrong option and a wrong call', async () => {
    // What the user of a Node library has anyway.
    link('@types/node')
    const lines = [
      `import { CallError, createSimulator, StartError } from 'tupu-simulator'`,
      `import type { Advanced, Audit, Contact, Drill, Explained, Fault, Simulator, Snapshot, Waited, WorldHandle } from 'tupu-simulator'`,
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
      `// @ts-expect-error: there is no such call`,
      `await world.call('clock.advanced')`,
      `// @ts-expect-error: a message has no such state`,
      `export const gone: boolean = state === 'gone'`,
      `// @ts-expect-error: there is no such option`,
      `await createSimulator({ datas: ':memory:' })`,
    ]
    writeFileSync(inProject('use.ts'), `${lines.join('\n')}\n`)
    const compilerOptions = { target: 'es2024', module: 'nodenext', strict: true, noEmit: true }
    const config = { compilerOptions: { ...compilerOptions, types: ['node'] }, files: ['use.ts'] }
    writeFileSync(inProject('tsconfig.json'), JSON.stringify(config))
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    expect(await node([tsc, '-p', project])).toEqual({ code: 0, output: '' })
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
