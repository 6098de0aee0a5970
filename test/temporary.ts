import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { whenGone } from './keeper.ts'

/** All that a run puts among the temporary files lies in one folder, which is gone with the run, even if it was killed. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'tupu-sim-'))
  // PostgreSQL, which will not be root, goes through to its own.
  chmodSync(folder, 0o711)
  // Others end, too, and may write until they have.
  const over = whenGone('sleep 1; rm -rf "$1" || { sleep 5; rm -rf "$1"; }', folder)
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  return () => {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    rmSync(folder, { recursive: true, force: true })
    over()
  }
}
