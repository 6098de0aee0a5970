import { readFileSync } from 'node:fs'
import { type Config, loadConfig } from '../config.ts'
import { type Bundle, bundle_format, bundleShape } from '../control/bundle/format.ts'
import { createSimulator } from '../simulator.ts'
import { StartError } from '../start-error.ts'
import { sortOut } from './arguments.ts'
import { recordedOutgoing } from './replay/outgoing.ts'
import { type ReplayDifference, type Replayed, replay as replayBundle } from './replay/replay.ts'
import { type Beginning, beginningOf } from './replay/world.ts'
import { type Terminal, tell } from './terminal.ts'

/** `tupu-sim replay FILE`: makes the calls of a bundle again; exit code 1 where an answer is another one. */
export async function replay(args: readonly string[], terminal: Terminal): Promise<number> {
  const { names, flags } = sortOut(args)
  const config = await loadConfig({ command: 'replay', args: flags })
  const bundle = readBundle(names)
  const beginning = beginningOf(bundle)
  const { dropped } = bundle.world
  if (dropped > 0)
    tell(
      terminal.stderr,
      `tupu-sim: the journal has ${dropped} calls no longer: what follows from them differs`,
    )
  const { target } = config.values
  const replayed =
    target === undefined
      ? await replayHere(bundle, beginning)
      : await replayAt(target, { bundle, beginning, config })
  for (const difference of replayed.differences) tell(terminal.stdout, lineOf(difference))
  tell(terminal.stdout, summaryOf(replayed))
  return replayed.differences.length === 0 ? 0 : 1
}

function readBundle([file, more]: readonly string[]): Bundle {
  const fix = 'Name a file of tupu-sim bundle: tupu-sim replay bundle.json.'
  if (file === undefined) throw new StartError('There is no file to replay.', { fix })
  if (more !== undefined) throw new StartError(`"${more}" was not expected.`, { fix })
  const content = readJson(file, fix)
  const read = bundleShape.safeParse(content)
  const format = (content as Partial<Bundle> | null)?.format
  if (typeof format === 'number' && format > bundle_format)
    throw new StartError(`${file} has the format ${format}, which a newer version writes.`, {
      fix: 'Use that version.',
    })
  if (read.success) return read.data
  const [issue] = read.error.issues
  const where = issue?.path.length ? `${issue.path.join('.')}: ` : ''
  throw new StartError(`${file} is no bundle: ${where}${issue?.message}.`, { fix })
}

function readJson(file: string, fix: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause
    const what = isMissing ? `cannot be read: ${cause.message}` : 'is no JSON'
    throw new StartError(`${file} ${what}.`, { fix, cause })
  }
}

/** In a simulator of its own, in memory, from which no call goes out. */
async function replayHere(bundle: Bundle, beginning: Beginning): Promise<Replayed> {
  const { settings, profiles, exchanges } = bundle
  const { isCalled, body } = beginning
  const sim = await createSimulator({
    exposed: settings.exposed,
    partnerOpen: settings.partner_open,
    limits: settings.limits,
    profiles,
    outgoing: recordedOutgoing(exchanges),
    ...(!isCalled && { worlds: [body] }),
  })
  try {
    const { fetch, controlToken: token } = sim
    return await replayBundle(bundle, beginning, {
      fetch,
      origin: undefined,
      token,
      hasWorld: !isCalled,
    })
  } finally {
    await sim.close()
  }
}

function replayAt(
  origin: string,
  { bundle, beginning, config }: { bundle: Bundle; beginning: Beginning; config: Config },
): Promise<Replayed> {
  const token = config.values.control_token
  return replayBundle(bundle, beginning, { fetch, origin, token, hasWorld: false })
}

/** `DIFF  #12 message.send  POST /tupu/v1/messages  body.errcode: expected 0; came 100011`. */
function lineOf({ exchange, field, expected, actual }: ReplayDifference): string {
  const { seq, endpoint, surface, method, url } = exchange
  const call = `#${seq} ${endpoint || surface}  ${method} ${url.split('?', 1)[0]}`
  return `DIFF  ${call}  ${field}: expected ${expected}; came ${actual}`
}

function summaryOf({ calls, differences }: Replayed): string {
  const different = new Set(differences.map(({ exchange }) => exchange.seq)).size
  return `${calls} calls made again: ${calls - different} answered the same, ${different} otherwise`
}
