import { readFileSync } from 'node:fs'
import { readDocument } from '../config/document.ts'
import { profileFaults } from '../profile-fault.ts'
import { faultLine, StartError } from '../start-error.ts'
import { type Draft, draftProfile } from '../tupu/profile/record/draft.ts'
import { readRecorded } from '../tupu/profile/record/exchange.ts'
import { type Terminal, tell } from './terminal.ts'

type Run = (files: readonly string[], terminal: Terminal) => Promise<number>

const runs: Readonly<Record<string, Run>> = { check, record }

/** `tupu-sim profile check FILE` and `tupu-sim profile record [FILE…]`. */
export async function profile(args: readonly string[], terminal: Terminal): Promise<number> {
  const [verb = '', ...files] = args
  const run = Object.hasOwn(runs, verb) ? runs[verb] : undefined
  const flag = files.find((file) => file.startsWith('-') && file !== '-')
  if (run && flag === undefined) return run(files, terminal)
  const what = flag === undefined ? (verb === '' ? 'It' : `"${verb}"`) : `Flag ${flag}`
  throw new StartError(`${what} is no call of tupu-sim profile.`, {
    fix: 'Write tupu-sim profile check FILE, or tupu-sim profile record FILE.',
  })
}

/** Names every fault of the profiles in files by its place; a file holds one profile, or a list under `profiles`. */
async function check(files: readonly string[], terminal: Terminal): Promise<number> {
  if (files.length === 0) {
    throw new StartError('There is no profile to check.', {
      fix: 'Name a file: tupu-sim profile check FILE.',
    })
  }
  let count = 0
  for (const file of files) {
    const { content, lineOf } = await readDocument(read(file), file)
    const list = Array.isArray(content['profiles']) ? content['profiles'] : undefined
    if (list?.length === 0) {
      const fix = 'Write one, or name another file.'
      throw new StartError(`${file} holds no profile: its list is empty.`, {
        field: 'profile',
        fix,
      })
    }
    const faults = (list ?? [content]).flatMap((data, i) =>
      profileFaults(data).map((fault) => {
        const field = [...(list ? ['profiles', i] : []), fault.field]
          .filter((part) => part !== '')
          .join('.')
        return { ...fault, file, field, line: lineOf(field) }
      }),
    )
    for (const fault of faults.toSorted((a, b) => a.line - b.line))
      tell(terminal.stderr, faultLine(fault))
    if (faults.length === 0) tell(terminal.stdout, `${file} can be used`)
    count += faults.length
  }
  return count === 0 ? 0 : 1
}

/** Draws a profile from a request and its answer: in one file or two, else from standard input. */
async function record(files: readonly string[], terminal: Terminal): Promise<number> {
  const named = files.filter((file) => file !== '-')
  const text = named.length === 0 ? await readInput(terminal) : named.map(read).join('\n\n')
  const recorded = readRecorded(text)
  if ('fault' in recorded) {
    throw new StartError(`What was recorded cannot be read: ${recorded.fault}.`, {
      fix: 'Give a request and, after it or in a second file, its response with headers, as curl -i prints it.',
    })
  }
  terminal.stdout.write(await draftText(draftProfile(recorded)))
  return 0
}

async function draftText({ profile: data, notes }: Draft): Promise<string> {
  const { Document } = await import('yaml')
  const document = new Document(JSON.parse(JSON.stringify(data)))
  const lines = [
    'A draft of a partner profile, drawn from one call: look at every line.',
    ...(notes.length > 0 ? ['What could not be mapped:', ...notes.map((one) => `- ${one}`)] : []),
    'Then: tupu-sim profile check FILE',
  ]
  document.commentBefore = lines.map((line) => ` ${line.replaceAll(/\s+/g, ' ')}`).join('\n')
  return document.toString({ lineWidth: 0 })
}

const recorded_bytes_max = 4 * 1024 * 1024

async function readInput({ stdin }: Terminal): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stdin ?? []) {
    const bytes = Buffer.from(chunk)
    length += bytes.length
    if (length > recorded_bytes_max) throw tooLong()
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function tooLong(): StartError {
  return new StartError(`What was recorded is longer than ${recorded_bytes_max} bytes.`, {
    fix: 'Keep one request and its answer.',
  })
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/u, '')
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    const fix = 'Give the path of a file that this user may read.'
    throw new StartError(`${file} cannot be read: ${why}.`, { field: 'profile', fix, cause })
  }
}
