import { readFileSync } from 'node:fs'
import { readDocument } from '../config/document.ts'
import { report_formats } from '../config/values.ts'
import { type Config, loadConfig } from '../config.ts'
import type { Target } from '../contract/client.ts'
import { exportContract } from '../contract/export.ts'
import { findingLine, junitText, summaryLine } from '../contract/report.ts'
import { runContract } from '../contract/run.ts'
import { type Scene, sceneFault } from '../contract/scene.ts'
import { createOutgoing } from '../http/outgoing.ts'
import { profileFaults } from '../profile-fault.ts'
import { faultError, StartError } from '../start-error.ts'
import { readProfiles } from '../tupu/profile/list.ts'
import { default_profile } from '../tupu/profile/profile.ts'
import { readShipped } from '../tupu/profile/shipped.ts'
import type { Profile } from '../tupu/profile/spelled.ts'
import { version } from '../version.ts'
import { realNow } from '../world/clock.ts'
import { writeFiles } from './folder.ts'
import { type Terminal, tell } from './terminal.ts'

/** A partner may take longer than ours: WeChat is behind it. */
const timeout_ms = 20_000

/** `tupu-sim contract run`: whether a partner keeps the contract, exit code 1 when something differs; `contract export`: the contract for others. */
export async function contract(args: readonly string[], terminal: Terminal): Promise<number> {
  const [verb, ...flags] = args
  if (verb === 'run') return run(await loadConfig({ command: 'contract', args: flags }), terminal)
  if (verb === 'export')
    return write(await loadConfig({ command: 'contract', args: flags }), terminal)
  const what = verb === undefined ? 'It' : `"${verb}"`
  throw new StartError(`${what} is no call of tupu-sim contract.`, {
    fix: 'Write tupu-sim contract run --target URL --eid EID --mobile A,B, or tupu-sim contract export --out FOLDER.',
  })
}

async function run({ values }: Config, terminal: Terminal): Promise<number> {
  const format = report_formats.find((one) => one === values.format)
  if (format === undefined) {
    const fix = 'Give text, json or junit.'
    throw new StartError(`Flag --format is "${values.format}".`, { field: 'format', fix })
  }
  const { target: url, eid, mobile, unbound, send } = values
  if (url === undefined) throw missing('target', 'partner to ask')
  if (eid === undefined) throw missing('eid', 'EID')
  const target: Target = {
    ...{ url, eid, timeout_ms, realNow },
    profile: await readProfile(values.profile),
    secret: secretOf(values),
    outgoing: createOutgoing({ realNow }),
  }
  const scene: Scene = { mobiles: mobile, unbound, send }
  const fault = sceneFault(scene)
  if (fault) throw new StartError(`Flag --${fault.field} ${fault.reason}.`, fault)
  const report = await runContract(target, scene, (finding) => {
    if (format === 'text') tell(terminal.stdout, findingLine(finding))
  })
  const whole = {
    text: () => summaryLine(report),
    json: () => JSON.stringify(report, null, 2),
    junit: () => junitText(report).trimEnd(),
  }
  tell(terminal.stdout, whole[format]())
  return report.differs === 0 ? 0 : 1
}

async function write({ values }: Config, terminal: Terminal): Promise<number> {
  const { out } = values
  if (out === undefined) throw missing('out', 'folder to write to')
  const files = exportContract(await readProfile(values.profile), version)
  writeFiles(out, files)
  for (const name of Object.keys(files)) tell(terminal.stdout, `${out}/${name}`)
  return 0
}

function missing(field: 'target' | 'eid' | 'out', what: string): StartError {
  return new StartError(`There is no ${what}.`, { field, fix: `Give it with --${field}.` })
}

/** The profile of a file, or a shipped one; our own contract where none is named. */
async function readProfile(name: string | undefined): Promise<Profile> {
  if (name === undefined || name === default_profile.name) return default_profile
  const shipped = readShipped(name)
  const document = shipped === name ? await readDocument(readFile(name), name) : undefined
  const faults = document ? profileFaults(document.content) : []
  if (document && faults.length > 0) {
    const { file, lineOf } = document
    throw faultError(faults.map((fault) => ({ ...fault, file, line: lineOf(fault.field) })))
  }
  const [, profile] = readProfiles([document ? document.content : shipped])
  return profile ?? default_profile
}

function secretOf({ partner_secret, partner_secret_file: file }: Config['values']) {
  return partner_secret ?? (file === undefined ? undefined : readFile(file).trim())
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/u, '')
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    const fix = 'Give the path of a file that this user may read, or the name of a shipped profile.'
    throw new StartError(`${file} cannot be read: ${why}.`, { field: 'profile', fix, cause })
  }
}
