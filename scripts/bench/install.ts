import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { stopwatch } from '../../src/world/clock.ts'
import { root } from '../program.ts'

/** The package as it is published. */
export interface Packed {
  readonly file: string
  readonly bytes: number
  readonly unpacked_bytes: number
  readonly files: number
}

/** What one `npm i` in an empty project has brought, and when its first message was on a phone. */
export interface Installed {
  readonly bytes: number
  readonly packages: number
  readonly install_ms: number
  readonly first_message_ms: number
}

const packed = z.tuple([
  z.object({ filename: z.string(), size: z.int(), unpackedSize: z.int(), entryCount: z.int() }),
])

/** Packs the build as it stands into a folder. */
export function packRelease(folder: string): Packed {
  const said = npm(root, ['pack', '--json', '--ignore-scripts', '--pack-destination', folder])
  const [{ filename, size, unpackedSize, entryCount }] = packed.parse(JSON.parse(said))
  const file = join(folder, filename)
  return { file, bytes: size, unpacked_bytes: unpackedSize, files: entryCount }
}

/** The least that a project does with it. */
const first_message = `import { createSimulator } from 'tupu-simulator'
await using sim = await createSimulator()
await sim.listen({ port: 0 })
const world = await sim.world()
const { TUPU_BASE_URL, TUPU_EID: eid } = world.env
await world.register('13800138000')
const body = JSON.stringify({ eid, mobile: '13800138000', message: 'hello' })
await fetch(TUPU_BASE_URL + '/messages', { method: 'POST', body })
console.log((await world.message({ mobile: '13800138000' })).state)
`

/** Installs the package in the nth empty project of a folder, over the network or from npm's cache, and sends a message there. */
export function timeInstall(folder: string, n: number, { file }: Packed): Installed {
  const project = join(folder, `project-${n}`)
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{"type":"module"}\n')
  writeFileSync(join(project, 'first.js'), first_message)
  const us = stopwatch()
  npm(project, ['install', '--no-audit', '--no-fund', file])
  const install_ms = us() / 1000
  const said = execFileSync(process.execPath, ['first.js'], { cwd: project, encoding: 'utf8' })
  if (said !== 'delivered\n') throw new Error(`no message on the phone: ${said}`)
  const first_message_ms = us() / 1000
  const packages = npm(project, ['ls', '--all', '--parseable']).trim().split('\n').length - 1
  const bytes = bytesIn(join(project, 'node_modules'))
  return { bytes, packages, install_ms, first_message_ms }
}

function bytesIn(place: string): number {
  const entries = readdirSync(place, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
}

/** The npm that has started us, else the one on the path. */
function npm(cwd: string, args: readonly string[]): string {
  const script = process.env['npm_execpath']
  const [command, ...before] = script ? [process.execPath, script] : ['npm']
  return execFileSync(command, [...before, ...args], { cwd, encoding: 'utf8' })
}
