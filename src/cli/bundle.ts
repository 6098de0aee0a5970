import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { loadConfig } from '../config.ts'
import { urlOf } from '../http/listen.ts'
import { StartError } from '../start-error.ts'
import { type Terminal, tell } from './terminal.ts'

/** `tupu-sim bundle`: one file for a bug report, of a world of a simulator that runs. */
export async function bundle(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = await loadConfig({ command: 'bundle', args })
  const { world, out, seed_too, control_token } = values
  const origin = values.url ?? urlOf(values.host, values.port)
  const url = new URL(`/_sim/v1/worlds/${encodeURIComponent(world)}/bundle`, origin)
  url.searchParams.set('seed', String(seed_too))
  const response = await ask(url, control_token)
  if (!response.ok || !response.body)
    throw new StartError(`${origin} answered ${response.status}: ${await response.text()}`, {
      fix:
        response.status === 401
          ? 'Give the token in TUPU_SIM_CONTROL_TOKEN.'
          : 'Correct it, or name another world.',
    })
  const file = out ?? `tupu-sim-${world}.bundle.json`
  await write(wholeOf(response.body, origin), file)
  tell(
    terminal.stdout,
    `${file}: without names, mobiles, emails, secrets and tokens; tupu-sim replay ${file} makes the calls again`,
  )
  tell(
    terminal.stdout,
    'a name that stands in a text alone, or there in part, may be left: look through the texts before you send it',
  )
  return 0
}

async function ask(url: URL, token: string | undefined): Promise<Response> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  try {
    return await fetch(url, { headers, redirect: 'manual' })
  } catch (cause) {
    throw new StartError(`No simulator answers at ${url.origin}.`, {
      field: 'url',
      fix: 'Start one, or say with --url where it is.',
      cause,
    })
  }
}

/** With what every bundle begins. */
const beginning = '{"format":'

/** The bytes of a bundle; any other answer is none of a simulator, and no promise holds of it. */
async function* wholeOf(body: AsyncIterable<Uint8Array>, origin: string) {
  let begun = Buffer.alloc(0)
  for await (const chunk of body) {
    const isOpen = begun.length < beginning.length
    if (isOpen) begun = Buffer.concat([begun, chunk])
    if (
      isOpen &&
      !begun.toString('latin1', 0, beginning.length).startsWith(beginning.slice(0, begun.length))
    )
      throw noBundle(origin)
    yield chunk
  }
  if (begun.length < beginning.length) throw noBundle(origin)
}

function noBundle(origin: string): StartError {
  return new StartError(`What answers at ${origin} is no simulator.`, {
    field: 'url',
    fix: 'Say with --url where one is.',
  })
}

/** Whatever has the name of the file keeps it until the whole bundle is there. */
async function write(bytes: AsyncIterable<Uint8Array>, file: string): Promise<void> {
  const part = `${file}.part`
  try {
    await pipeline(bytes, createWriteStream(part))
    await rename(part, file)
  } catch (cause) {
    await rm(part, { force: true })
    if (cause instanceof StartError) throw cause
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StartError(`The bundle cannot be written to ${file}: ${why}.`, {
      field: 'out',
      fix: 'Give a path in a folder where this user may write, and try again.',
      cause,
    })
  }
}
