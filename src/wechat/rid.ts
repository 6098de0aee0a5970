import type { Refusal } from '../http/refusal.ts'
import { toUnixSeconds } from '../sim/clock.ts'

/** Names a call in WeChat's own way: its Unix second and two opaque 31-bit numbers, in hex. Made of the trace. */
export function ridOf(at: { trace: string; now: number }): string {
  const word = (offset: number) =>
    (Number.parseInt(at.trace.slice(offset, offset + 8), 16) & 0x7fffffff)
      .toString(16)
      .padStart(8, '0')
  return `${toUnixSeconds(at.now).toString(16).padStart(8, '0')}-${word(16)}-${word(24)}`
}

/** Path families whose refusals carry more than the plain ` rid: …`. Source: reference answers of SDK users, 2022–2025. */
const suffixes: readonly {
  readonly path: string
  readonly suffix: (at: { trace: string; now: number }) => string
}[] = [
  { path: '/sns/', suffix: (at) => `, rid: ${ridOf(at)}` },
  { path: '/cgi-bin/user/', suffix: (at) => ` hint: [${hintOf(at)}] rid: ${ridOf(at)}` },
]

/** The errmsg of a refusal as it stands on the wire of a path. Under /sns none points to the stable token. */
export function wireText(
  refusal: Pick<Refusal, 'text'>,
  path: string,
  at: { trace: string; now: number },
): string {
  const family = suffixes.find((candidate) => path.startsWith(candidate.path))
  if (!family) return `${refusal.text} rid: ${ridOf(at)}`
  const text = family.path === '/sns/' ? refusal.text.replace(/, could get .*$/, '') : refusal.text
  return text + family.suffix(at)
}

function hintOf(at: { trace: string }): string {
  return Buffer.from(at.trace.slice(12, 32), 'hex').toString('base64url')
}
