import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const root = resolve(fileURLToPath(import.meta.url), '../..')

/** Runs a tool of node_modules at the root of the project, told more by its environment, and keeps what it prints. */
export async function runTool(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const script = process.platform === 'win32' ? `${name}.cmd` : name
  const child = spawn(join(root, 'node_modules/.bin', script), args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  })
  const ended = new Promise<number>((done, failed) => {
    child.once('error', failed)
    child.once('close', (code) => done(code ?? 1))
  })
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  return { code, output: `${out}${err}`.trim() }
}
