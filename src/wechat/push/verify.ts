import type { Engine } from '../../core/engine.ts'
import type { OutgoingAnswer } from '../../core/outgoing.ts'
import { toUnixSeconds } from '../../world/clock.ts'
import { deriveHex } from '../../world/seed.ts'
import type { World } from '../../world/world.ts'
import { nonceOf } from './job.ts'
import { push_headers, verificationUrl } from './request.ts'

/** A look at a server, before it is kept. */
export interface Verification {
  readonly url: string
  readonly token: string
  readonly nonce: string
  readonly echostr: string
}

/** One that nobody has answered before. */
export function verificationOf(
  world: World,
  { url, token }: Pick<Verification, 'url' | 'token'>,
): Verification {
  const hex = deriveHex(world, 'server verification', url, world.real_now)
  const echostr = String(
    (BigInt(`0x${hex.slice(16, 32)}`) % 9_000_000_000_000_000_000n) + 10n ** 17n,
  )
  return { url, token, nonce: nonceOf(hex), echostr }
}

/** What a server has answered to a look at it. */
export interface Verified {
  readonly url: string
  readonly answer: OutgoingAnswer
}

/** Looks whether a server knows the token: GET with a signature and a text that it must answer. Redirects are not followed. */
export async function verifyServer(of: Verification, engine: Engine): Promise<Verified> {
  const timestamp = String(toUnixSeconds(engine.machineNow()))
  const url = verificationUrl(of.url, of.token, { ...of, timestamp })
  const timeoutMs = engine.limits.answer_ms_max
  const call = { method: 'GET', url, headers: push_headers, timeoutMs, maxBytes: answer_bytes_max }
  return { url, answer: await engine.outgoing({ ...call, signal: engine.closing }) }
}

const answer_bytes_max = 65_536
const shown_length_max = 100

/** Why a server is not verified, by what came; undefined: it is. Source: the platform's page; that other statuses fail is a guess. */
export function whyNotVerified(
  { echostr }: Pick<Verification, 'echostr'>,
  { answer }: Verified,
): string | undefined {
  if (!answer.ok) return `no answer came: ${answer.failure}: ${answer.detail}`
  const body = Buffer.from(answer.body)
  if (answer.status === 200 && body.equals(Buffer.from(echostr))) return undefined
  const text = body.toString()
  const shown = text.length > shown_length_max ? `${text.slice(0, shown_length_max)}…` : text
  return `it answered ${answer.status} with ${JSON.stringify(shown)}, and not 200 with ${echostr}`
}
