import { readFileSync } from 'node:fs'

/** Profiles that come with the package, each imitating a partner by what that one's public pages say. */
export const shipped_profiles = [
  'cwbot',
  'ezr',
  'jiguang',
  'infobip',
  'chat-apps-8x8',
  'bird',
] as const

/** The data of a shipped profile; a name of none is handed back, and is no profile. */
export function readShipped(name: string): unknown {
  const known = shipped_profiles.find((one) => one === name)
  if (known === undefined) return name
  return JSON.parse(readFileSync(new URL(`./partners/${known}.json`, import.meta.url), 'utf8'))
}
