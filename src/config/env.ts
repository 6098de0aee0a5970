import type { Command } from './commands.ts'
import { type Given, type GivenSettings, unknownName } from './given.ts'
import { isFor, settings } from './settings.ts'
import type { SettingName } from './values.ts'

/** A process environment. */
export type Env = Readonly<Record<string, string | undefined>>

const PREFIX = 'TUPU_SIM_'
/** Parts of the environment that the simulator hands to the platform: they are no settings. */
const HANDED_OUT = new Set(['TUPU_SIM_URL', 'TUPU_SIM_WORLD'])
/** Kubernetes gives every container variables about each Service, one named tupu-sim among them. */
const SERVICE_LINK =
  /_(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT_\d+_[A-Z]+(?:_(?:PROTO|PORT|ADDR))?)$/u
const SERVICE_PORT = /^(?:tcp|udp|sctp):\/\//u

/** Reads the TUPU_SIM_* variables of a command's settings; an empty one counts as not set. */
export function readEnv(command: Command, env: Env): GivenSettings {
  const given = new Map<SettingName, Given>()
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(PREFIX) || !value || isServiceLink(name, value)) continue
    const setting = settings.find((one) => one.env === name)
    if (setting && isFor(setting, command)) {
      given.set(setting.name, { value, place: 'env', label: `Environment variable ${name}` })
    } else if (!setting && !HANDED_OUT.has(name)) {
      const names = settings.flatMap((one) => one.env ?? [])
      throw unknownName(`Environment variable ${name}`, name, names)
    }
  }
  return given
}

function isServiceLink(name: string, value: string): boolean {
  return SERVICE_LINK.test(name) || (name.endsWith('_PORT') && SERVICE_PORT.test(value))
}
