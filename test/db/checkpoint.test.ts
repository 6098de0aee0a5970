import { closeSync, existsSync, openSync, readSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { start } from '../cli/program.ts'
import { startSim } from '../sim.ts'
import { emptyFolder } from './place.ts'

/** Where a log's header counts how often it was begun anew. */
const restarts_at = 12
/** After so many calls the log has a thread of its own. */
const calls_before = 2500
/** Well over what that lets stand, well under what is written here. */
const wal_bytes_max = 48 * 1024 * 1024
const written_bytes = 100 * 1024 * 1024
const padding = 'x'.repeat(60_000)
const at_once = 25

function readLog(file: string): { bytes: number; restarts: number } {
  const handle = openSync(`${file}-wal`, 'r')
  try {
    const header = Buffer.alloc(restarts_at + 4)
    readSync(handle, header, 0, header.length, 0)
    return { bytes: statSync(`${file}-wal`).size, restarts: header.readUInt32BE(restarts_at) }
  } finally {
    closeSync(handle)
  }
}

describe('the log of a file database', () => {
  it('is written from its beginning again and again under load, and is gone after close', async () => {
    const file = `${emptyFolder()}/sim.db`
    const { sim, acme, wang, platform } = await startSim({ data: file })
    const send = async (more: object) => {
      const sends = Array.from({ length: at_once }, () =>
        platform.sends(acme, { mobile: wang.mobile, ...more }),
      )
      for (const { errcode } of await Promise.all(sends)) expect(errcode).toBe(0)
    }
    for (let calls = 0; calls < calls_before; calls += at_once) await send({})
    const before = readLog(file)
    let most = 0
    for (let written = 0; written < written_bytes; written += at_once * padding.length) {
      await send({ padding })
      most = Math.max(most, readLog(file).bytes)
    }
    expect(most).toBeLessThan(wal_bytes_max)
    expect(readLog(file).restarts).toBeGreaterThan(before.restarts + 1)
    await sim.close()
    // The last connection takes it along: the worker's is closed, too.
    expect(existsSync(`${file}-wal`)).toBe(false)
  })

  it('is looked after without keeping the process alive', async () => {
    const folder = emptyFolder()
    const open = new URL('../../db/open.ts', import.meta.url).href
    const script = join(folder, 'calls.mjs')
    writeFileSync(
      script,
      `import { openStore } from '${open}'
      const store = await openStore('${folder}/sim.db')
      for (let n = 0; n < ${calls_before}; n++) await store.unit('', () => {})`,
    )
    const { code, stderr } = await start([script], { cwd: folder }).ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })
})
