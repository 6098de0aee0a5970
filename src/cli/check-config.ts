import { readFlags } from '../config/flags.ts'
import { Values } from '../config/values.ts'
import { type Config, loadConfig, startBy } from '../config.ts'
import { configSchema } from '../config-schema.ts'
import { createSimulator } from '../simulator.ts'
import { faultLine, StartError } from '../start-error.ts'
import { type Terminal, tell } from './terminal.ts'

/** `tupu-sim check-config [FILE]`: says all that is wrong in a configuration file, and starts nothing. */
export async function checkConfig(args: readonly string[], terminal: Terminal): Promise<number> {
  const asked = namedFirst(args)
  const wanted = readFlags('check-config', asked).given.get('schema')?.value
  if (Values.shape.schema.safeParse(wanted).data) {
    terminal.stdout.write(`${JSON.stringify(configSchema(), null, 2)}\n`)
    return 0
  }
  try {
    const config = await loadConfig({ command: 'check-config', args: asked })
    tell(terminal.stdout, `${await check(config)} can be used`)
    return 0
  } catch (error) {
    if (!(error instanceof StartError) || !error.faults) throw error
    for (const fault of error.faults) tell(terminal.stderr, faultLine(fault))
    return 1
  }
}

/** The file may stand alone behind the command. */
function namedFirst(args: readonly string[]): readonly string[] {
  const [first, ...rest] = args
  return first === undefined || first.startsWith('-') ? args : ['--config', first, ...rest]
}

/** What the content itself does not show, such as an account that nobody made, shows when the worlds are made. */
async function check(config: Config): Promise<string> {
  const { file } = config
  if (!file) {
    const fix = 'Name one: tupu-sim check-config FILE.'
    throw new StartError('There is no configuration file here.', { field: 'config', fix })
  }
  const { profiles, worlds } = Values.pick({ profiles: true, worlds: true }).parse(file.content)
  const sim = await startBy(config, () => createSimulator({ profiles, worlds }))
  await sim.close()
  return file.file
}
