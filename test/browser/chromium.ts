import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sparticuz, { inflate } from '@sparticuz/chromium'
import { readText } from '../file.ts'

/** A Chromium that can be started, and what it must find in its environment. */
export interface Chromium {
  readonly executablePath: string
  readonly env: Readonly<Record<string, string>>
}

const system = '/usr/bin/chromium'
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))
const packed = join(modules, '@sparticuz/chromium')

/**
 * The Chromium that `CHROMIUM_PATH` names, else the one that came with npm: the same on every machine, and a headless shell,
 * in which a page takes half the time that it takes in a whole browser. It is for Linux on x64; elsewhere the system's.
 */
export async function findChromium(): Promise<Chromium> {
  const named = process.env['CHROMIUM_PATH']
  if (named) return { executablePath: named, env: {} }
  const isPacked = process.platform === 'linux' && process.arch === 'x64'
  return isPacked || !existsSync(system) ? fromNpm() : { executablePath: system, env: {} }
}

/** Unpacked once below node_modules; of several that unpack at once, the first keeps its folder. */
async function fromNpm(): Promise<Chromium> {
  const { version } = JSON.parse(readText('node_modules/@sparticuz/chromium/package.json'))
  const cache = join(modules, '.cache')
  const folder = join(cache, `chromium-${version}`)
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true })
    const unpacked = await unpack(mkdtempSync(join(cache, 'chromium-')))
    try {
      renameSync(unpacked, folder)
    } catch (error) {
      if (!existsSync(folder)) throw error
      rmSync(unpacked, { recursive: true })
    }
  }
  const executablePath = join(folder, 'chromium')
  return { executablePath, env: { ...fontsOf(folder), ...librariesOf(folder, executablePath) } }
}

/** The package unpacks into the system's folder for temporary files, and trusts whatever lies there. */
async function unpack(folder: string): Promise<string> {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    await sparticuz.executablePath()
    await inflate(join(packed, 'bin/al2023.tar.br'))
    return folder
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

/** A bare container has no fonts at all; the package brings one for Latin. */
function fontsOf(folder: string): Record<string, string> {
  if (existsSync('/etc/fonts/fonts.conf')) return {}
  const file = join(folder, 'fonts.conf')
  const xml = `<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${folder}</cachedir></fontconfig>`
  writeFileSync(file, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">${xml}`)
  return { FONTCONFIG_FILE: file }
}

/** A bare container lacks NSS, too; the package brings Amazon's. */
function librariesOf(folder: string, executablePath: string): Record<string, string> {
  const { status } = spawnSync(executablePath, ['--version'])
  return status === 0 ? {} : { LD_LIBRARY_PATH: join(folder, 'al2023/lib') }
}
