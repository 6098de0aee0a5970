import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { readText } from '../file.ts'
import { startKept } from '../keeper.ts'

/** A Chromium that can be started, and what it must find in its environment. */
export interface Chromium {
  readonly executablePath: string
  readonly env: Readonly<Record<string, string>>
}

const system = '/usr/bin/chromium'
const root = fileURLToPath(new URL('../..', import.meta.url))

/** Before any test's time runs. What fails here fails again where a browser is wanted, and is told there. */
export async function setup(): Promise<void> {
  await findChromium().catch(() => {})
}

/**
 * The Chromium that `CHROMIUM_PATH` names, else the one that came with npm: the same on every machine, and a headless shell,
 * in which a page takes half the time that it takes in a whole browser. It is for Linux on x64; elsewhere the system's.
 */
export async function findChromium(): Promise<Chromium> {
  const named = process.env['CHROMIUM_PATH']
  if (named) return { executablePath: named, env: {} }
  const isPacked = process.platform === 'linux' && process.arch === 'x64'
  const cache = join(root, 'node_modules/.cache')
  return isPacked || !existsSync(system) ? chromiumIn(cache) : { executablePath: system, env: {} }
}

/** The Chromium of npm, unpacked there once. Only one that runs counts: whatever else has its place is replaced. */
export async function chromiumIn(cache: string): Promise<Chromium> {
  const { version } = JSON.parse(readText('node_modules/@sparticuz/chromium/package.json'))
  const folder = join(cache, `chromium-${version}`)
  return runnable(folder) ?? alone(cache, async () => runnable(folder) ?? unpackTo(folder))
}

/** As it is, or with the libraries that the package brings for a bare container. */
function runnable(folder: string): Chromium | undefined {
  const executablePath = join(folder, 'chromium')
  const libraries = [{}, { LD_LIBRARY_PATH: join(folder, 'al2023/lib') }]
  const env = libraries.find((more) => {
    const options = { env: { ...process.env, ...more } }
    return spawnSync(executablePath, ['--version'], options).status === 0
  })
  return env && { executablePath, env: { ...fontsOf(folder), ...env } }
}

/** A bare container has no fonts at all; the package brings one for Latin. */
function fontsOf(folder: string): Record<string, string> {
  if (existsSync('/etc/fonts/fonts.conf')) return {}
  const file = join(folder, 'fonts.conf')
  const head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
  const xml = `${head}<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${folder}</cachedir></fontconfig>`
  // Once, for another browser may be reading it.
  if (!existsSync(file) || readFileSync(file, 'utf8') !== xml) writeFileSync(file, xml)
  return { FONTCONFIG_FILE: file }
}

/** One after the other, whichever process asks. The system takes the lock of a file from whoever was killed. */
async function alone<T>(cache: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(cache, { recursive: true })
  const lock = new Sqlite(join(cache, 'chromium.lock'), { timeout: 0 })
  try {
    while (!isLocked(lock)) await setTimeout(100)
    return await work()
  } finally {
    lock.close()
  }
}

function isLocked(lock: Sqlite.Database): boolean {
  try {
    lock.exec('begin exclusive')
    return true
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_BUSY') return false
    throw error
  }
}

const half = '.half-'

/** It takes its place when it is whole. */
async function unpackTo(folder: string): Promise<Chromium> {
  const cache = dirname(folder)
  for (const left of readdirSync(cache).filter((name) => name.includes(half))) {
    rmSync(join(cache, left), { recursive: true, force: true })
  }
  const unpacked = mkdtempSync(folder + half)
  await unpack(unpacked)
  rmSync(folder, { recursive: true, force: true })
  renameSync(unpacked, folder)
  const made = runnable(folder)
  if (made) return made
  const { stderr } = spawnSync(join(folder, 'chromium'), ['--version'], { encoding: 'utf8' })
  throw new Error(`The Chromium of npm does not run here: ${stderr}`)
}

const unpacks = `
  import sparticuz, { inflate } from '@sparticuz/chromium'
  await sparticuz.executablePath()
  await inflate('node_modules/@sparticuz/chromium/bin/al2023.tar.br')`

/**
 * The package unpacks into the system's folder for temporary files, and trusts whatever lies there. Which folder that is, a
 * process is told at its start: ours is not to be changed while others work in it.
 */
async function unpack(folder: string): Promise<void> {
  const child = startKept(process.execPath, ['--input-type=module', '-e', unpacks], {
    cwd: root,
    env: { ...process.env, TMPDIR: folder },
  })
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  if (code !== 0) throw new Error(`The Chromium of npm cannot be unpacked: ${said}`)
}
