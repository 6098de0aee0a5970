import { unknownName } from '../config/given.ts'
import { type Command, commands } from '../config.ts'
import { StartError } from '../start-error.ts'
import { version } from '../version.ts'
import { bundle } from './bundle.ts'
import { ca } from './ca.ts'
import { checkConfig } from './check-config.ts'
import { checkPush } from './check-push.ts'
import { contract } from './contract.ts'
import { coverage } from './coverage.ts'
import { exec } from './exec.ts'
import { helpText } from './help.ts'
import { profile } from './profile.ts'
import { ready } from './ready.ts'
import { replay } from './replay.ts'
import { serve } from './serve.ts'
import { type Terminal, tell } from './terminal.ts'

type Run = (args: readonly string[], terminal: Terminal) => Promise<number>

const runs: Record<Command, Run> = {
  serve: (args, terminal) => serve(args, terminal),
  proxy: (args, terminal) => serve(args, terminal, 'proxy'),
  exec,
  ready,
  coverage,
  'check-config': checkConfig,
  'check-push': checkPush,
  profile,
  contract,
  ca,
  bundle,
  replay,
}

/**
 * The program as it is called from a terminal: runs the command that the arguments name and returns
 * the exit code, 1 when it could not start.
 */
export async function runCli(
  args: readonly string[],
  terminal: Terminal = process,
): Promise<number> {
  try {
    const [command, rest] = splitCommand(args)
    const words = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest
    if (words.some((word) => word === '--help' || word === '-h')) {
      terminal.stdout.write(helpText(command))
      return 0
    }
    if (words.some((word) => word === '--version' || word === '-v')) {
      terminal.stdout.write(`${version}\n`)
      return 0
    }
    return await runs[command ?? 'serve'](rest, terminal)
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    tell(terminal.stderr, `tupu-sim: ${[error.message, error.fix].filter(Boolean).join(' ')}`)
    return 1
  }
}

/** The command named first, if one is, and the arguments behind it. */
function splitCommand(args: readonly string[]): [Command | undefined, readonly string[]] {
  const [first, ...rest] = args
  if (first === undefined || first.startsWith('-')) return [undefined, args]
  const command = commands.find((one) => one === first)
  if (command === undefined) throw unknownName(`Command "${first}"`, first, commands)
  return [command, rest]
}
