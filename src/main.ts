#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8'
import { refuseOldNode } from './old-node.ts'

/**
 * The program `tupu-sim`. Beside the package's own way in, this file alone runs on a Node that is too old: native parts crash
 * there without a word, so nothing else is loaded before the version is known.
 */
const refusal = refuseOldNode('tupu-sim')

if (refusal !== undefined) {
  process.stderr.write(`${refusal}\n`)
  process.exitCode = 1
} else {
  // A reader that leaves early, such as `head`, is no reason to end.
  for (const out of [process.stdout, process.stderr]) out.on('error', () => {})
  keepSmall()
  const { runCli } = await import('./index.ts')
  process.exitCode = await runCli(process.argv.slice(2))
}

/**
 * A stand-in runs beside what is really being worked on. Left to itself V8 takes some 200 MB more under load, for nothing
 * that lives on: this costs about a tenth of the rate and keeps most of it free.
 */
function keepSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=20')
}
