import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '../../scripts/build.ts'
import type { Child } from '../keeper.ts'
import { startChild } from '../process.ts'

/** How a program ended and what it said. */
export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** A running program. */
export interface Running {
  readonly child: Child
  readonly ended: Promise<Ended>
  /** Resolves with all of stdout once it matches, fails when the program ends without that. */
  says(pattern: RegExp): Promise<string>
}

/** Builds the release once, below node_modules, where its packages are found; returns the bin. */
export async function buildProgram(): Promise<{ main: string; remove: () => void }> {
  const cache = resolve(fileURLToPath(import.meta.url), '../../../node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const outdir = mkdtempSync(join(cache, 'tupu-sim-'))
  await build({ outdir, types: false })
  const remove = () => rmSync(outdir, { recursive: true, force: true })
  return { main: join(outdir, 'main.js'), remove }
}

/** An empty working directory. */
export function emptyDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'tupu-sim-cli-'))
}

/** Starts a file with this Node, in an environment that holds nothing of the simulator's. */
export function start(
  args: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): Running {
  const base = { PATH: process.env['PATH'] ?? '', HOME: cwd }
  const child = startChild(process.execPath, args, { cwd, env: { ...base, ...env } })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Ended>((done, failed) => {
    child.once('error', failed)
    child.once('close', (code) => done({ code, stdout, stderr }))
  })
  const says = (pattern: RegExp) =>
    new Promise<string>((done, failed) => {
      const look = () => {
        if (pattern.test(stdout)) done(stdout)
      }
      child.stdout.on('data', look)
      look()
      ended.then((end) => failed(new Error(`ended with ${end.code}: ${end.stderr}`)), failed)
    })
  return { child, ended, says }
}

/** A port that nobody holds at the moment. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (typeof address === 'object' && address !== null) done(address.port)
        else failed(new Error('no port'))
      })
    })
  })
}
