import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { whenGone } from './keeper.ts'

/** Where Linux has files in memory, and how much must be free there. */
const memory = '/dev/shm'
const bytes_min = 4 * 1024 ** 3

/** All that a run puts among the temporary files lies in one folder, which is gone with the run, even if it was killed. */
export function setup(): () => void {
  const before = process.env['TMPDIR']
  const folder = inMemory(before) ?? mkdtempSync(join(tmpdir(), 'tupu-sim-'))
  // PostgreSQL, which will not be root, goes through to its own.
  chmodSync(folder, 0o711)
  // Others end, too, and may write until they have.
  const over = whenGone('sleep 1; rm -rf "$1" || { sleep 5; rm -rf "$1"; }', folder)
  process.env['TMPDIR'] = folder
  return () => {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    rmSync(folder, { recursive: true, force: true })
    over()
  }
}

/**
 * A database of a test's own is there twenty times as fast in memory as on a disk. Who names a folder gets that one; who has
 * little memory, or may run no program there, has the system's.
 */
function inMemory(named: string | undefined): string | undefined {
  if (named || process.platform !== 'linux') return undefined
  let folder: string | undefined
  try {
    const { bavail, bsize } = statfsSync(memory)
    if (bavail * bsize < bytes_min) return undefined
    folder = mkdtempSync(join(memory, 'tupu-sim-'))
    const program = join(folder, 'runs')
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o700 })
    if (spawnSync(program).status === 0) return folder
  } catch {
    // As if there were none.
  }
  if (folder) rmSync(folder, { recursive: true, force: true })
  return undefined
}
