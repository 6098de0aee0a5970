import type { Spelling } from '../core/surface.ts'
import { type Profile, spellAnswer } from './profile.ts'

/** A profile as the documents need it. */
export function spellingOf(profile: Profile): Spelling {
  return {
    name: profile.name,
    headers: headersOf(profile),
    placeOf: (endpoint, field) => profile.endpoints[endpoint]?.fields[field],
    success(answer) {
      if (!profile.answers.success) return undefined
      return spellAnswer(profile, answer, { status: 200, body: answer })
    },
  }
}

function headersOf({ authentication }: Profile): readonly string[] {
  switch (authentication.kind) {
    case 'signature':
      return ['X-Tupu-Timestamp', 'X-Tupu-Nonce', 'X-Tupu-Signature']
    case 'key':
      return [authentication.header]
    case 'none':
      return []
  }
}
