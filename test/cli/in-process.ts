import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { runCli } from '../../src/cli/cli.ts'
import type { Ended } from './program.ts'

/** A folder with these files, until the test is over. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tupu-sim-files-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

/** Runs a command without a process of its own, and says what it printed. */
export async function runHere(args: readonly string[], input = ''): Promise<Ended> {
  const printed = { stdout: '', stderr: '' }
  const out = (name: keyof typeof printed) => ({
    isTTY: false,
    write: (text: string) => {
      printed[name] += text
      return true
    },
  })
  const stdin = Readable.from(input === '' ? [] : [input])
  const code = await runCli(args, { stdin, stdout: out('stdout'), stderr: out('stderr') })
  return { code, ...printed }
}

/** What `tupu-sim check-config` says of a file with this text, line by line; nothing when it can be used. */
export async function checkText(text: string, name = 'sim.yaml'): Promise<string[]> {
  const folder = folderWith({ [name]: text })
  const { code, stdout, stderr } = await runHere(['check-config', join(folder, name)])
  const said = (code === 0 ? stdout : stderr).replaceAll(`${folder}/`, '').trimEnd().split('\n')
  const good = `${name} can be used`
  if ((code === 0) !== (said[0] === good)) throw new Error(`code ${code}: ${said.join('\n')}`)
  return code === 0 ? [] : said
}
