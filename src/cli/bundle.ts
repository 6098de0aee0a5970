import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
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
  await write(response.body, file)
  tell(
    terminal.stdout,
    `${file}: without names, mobiles, e-mails, secrets and tokens; tupu-sim replay ${file} makes the calls again`,
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

async function write(body: ReadableStream<Uint8Array>, file: string): Promise<void> {
  try {
    await pipeline(
      Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]),
      createWriteStream(file),
    )
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StartError(`The bundle cannot be written to ${file}: ${why}.`, {
      field: 'out',
      fix: 'Give a path in a folder where this user may write, and try again.',
      cause,
    })
  }
}
