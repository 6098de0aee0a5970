import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { environmentWith, loadConfig, startBy } from '../config.ts'
import { quietLog } from '../log.ts'
import { createSimulator, type Simulator } from '../simulator.ts'
import { StartError } from '../start-error.ts'
import { logTo, type Terminal, tell } from './terminal.ts'

const NOT_EXECUTABLE = 126
const NOT_FOUND = 127
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/** `tupu-sim exec -- PROGRAM`: runs a program against a simulator of its own, in memory. */
export async function exec(args: readonly string[], terminal: Terminal): Promise<number> {
  const config = await loadConfig({ command: 'exec', args })
  const { values, places, rest } = config
  const [program, ...programArgs] = rest ?? []
  if (program === undefined) {
    const fix = 'Write it behind two dashes, as in: tupu-sim exec -- npm test.'
    throw new StartError('There is no program to run.', { fix })
  }
  const options = {
    data: ':memory:',
    demo: values.demo,
    profiles: values.profiles,
    worlds: values.worlds,
    log: quietLog(logTo(terminal)),
    ...(values.seed !== undefined && { seed: values.seed }),
  }
  const sim = await startBy(config, () => createSimulator(options))
  try {
    const port = places.port === 'flag' ? values.port : 0
    const { smtp_port: smtpPort, https_port: httpsPort, proxy_port: proxyPort } = values
    await sim.listen({ port, host: 'localhost', smtpPort, httpsPort, proxyPort })
    const code = await run(program, programArgs, environmentWith(await sim.env()), terminal)
    if (values.coverage !== undefined) await writeCoverage(sim, values.coverage)
    return code
  } finally {
    await sim.close()
  }
}

/** Keeps what the program has met, for `tupu-sim coverage` and for people. */
async function writeCoverage(sim: Simulator, file: string): Promise<void> {
  const report = await sim.call('coverage.get', { lang: 'en' })
  try {
    writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StartError(`The coverage cannot be written to ${file}: ${why}.`, {
      field: 'coverage',
      fix: 'Give a path in a folder that this user may write to.',
      cause,
    })
  }
}

/** Runs a program to its end and returns its exit code, in the shell's way when a signal ended it. */
function run(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
  terminal: Terminal,
): Promise<number> {
  // npm and its like are command files on Windows, which only a shell can start.
  const shell = process.platform === 'win32'
  const child = spawn(program, args, { env, stdio: 'inherit', shell })
  const forget = passSignals((signal) => child.kill(signal))
  const ended = new Promise<number>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      tell(terminal.stderr, `tupu-sim: "${program}" cannot be run: ${error.message}`)
      resolve(error.code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE)
    })
    child.once('exit', (code, signal) => {
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
  return ended.finally(forget)
}

/**
 * The program ends first and we with it. A terminal tells the whole process group of its keys, so
 * what comes from there was heard by the program already.
 */
function passSignals(pass: (signal: NodeJS.Signals) => void): () => void {
  const atTerminal = [process.stdin, process.stdout, process.stderr].some((one) => one.isTTY)
  const listener = (signal: NodeJS.Signals) => {
    if (signal === 'SIGTERM' || !atTerminal) pass(signal)
  }
  for (const signal of SIGNALS) process.on(signal, listener)
  return () => {
    for (const signal of SIGNALS) process.off(signal, listener)
  }
}
