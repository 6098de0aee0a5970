import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { readText } from '../file.ts'
import { startChild } from '../process.ts'

const caches = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url))
const { version } = JSON.parse(readText('node_modules/@sparticuz/chromium/package.json'))
const name = `chromium-${version}`
const isPacked = process.platform === 'linux' && process.arch === 'x64'

/** Where programs may run, which the folder for temporary files need not allow. */
function emptyCache(): string {
  mkdirSync(caches, { recursive: true })
  const cache = mkdtempSync(join(caches, 'test-'))
  onTestFinished(() => rmSync(cache, { recursive: true, force: true }))
  return cache
}

/** A process of its own that asks for the Chromium there and says where it is. */
function ask(cache: string, temporary: string) {
  const module = JSON.stringify(new URL('./chromium.ts', import.meta.url).href)
  const words = `const { chromiumIn } = await import(${module})
    console.log((await chromiumIn(process.argv[1])).executablePath)`
  return startChild(process.execPath, ['--input-type=module', '-e', words, cache], {
    env: { ...process.env, TMPDIR: temporary },
  })
}

describe.runIf(isPacked)('the Chromium of npm', () => {
  it('is unpacked whole and once for all who ask, whatever was left by others', async () => {
    const cache = emptyCache()
    const temporary = join(cache, 'temporary')
    for (const folder of [temporary, join(cache, name)]) {
      mkdirSync(folder)
      writeFileSync(join(folder, 'chromium'), 'half of it', { mode: 0o755 })
    }
    const killed = ask(cache, temporary)
    const halves = () => readdirSync(cache).filter((entry) => entry.includes('half'))
    await vi.waitUntil(
      () => halves().some((half) => readdirSync(join(cache, half)).length > 0),
      30_000,
    )
    const exit = once(killed, 'exit')
    killed.kill('SIGKILL')
    await exit
    expect(halves()).toHaveLength(1)

    const asked = [ask(cache, temporary), ask(cache, temporary)]
    const said = await Promise.all(asked.map(({ stdout }) => text(stdout)))
    const path = join(cache, name, 'chromium')
    expect(said).toEqual([`${path}\n`, `${path}\n`])
    expect(readdirSync(cache).toSorted()).toEqual([name, 'chromium.lock', 'temporary'])
    expect(readdirSync(join(cache, name))).toEqual(
      expect.arrayContaining(['al2023', 'chromium', 'fonts', 'libEGL.so']),
    )
    const env = { LD_LIBRARY_PATH: join(cache, name, 'al2023/lib') }
    expect(spawnSync(path, ['--version'], { env }).status).toBe(0)
  })
})
