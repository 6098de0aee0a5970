import type { Target } from '../../src/contract/client.ts'
import { runContract } from '../../src/contract/run.ts'
import type { OutgoingRequest } from '../../src/core/outgoing.ts'
import type { ProfileData } from '../../src/simulator.ts'
import { readProfiles } from '../../src/tupu/profile/list.ts'
import { startSim } from '../sim.ts'

/** What a proxy between makes of an answer. */
export type Break = (
  answer: { readonly status: number; readonly type: string; readonly text: string },
  request: OutgoingRequest,
) => { status?: number; type?: string; text?: string }

export const registered = '13800138002'
export const unbound = '13900139000'

/** A simulator whose account Acme has a profile and a secret, and how the contract is run against it. */
export async function startTarget(profile?: string | ProfileData) {
  const name =
    profile === undefined ? 'default' : typeof profile === 'string' ? profile : profile.name
  const profiles = profile === undefined ? [] : [profile]
  const accounts = [
    { key: 'acme', eid: 'acme-e1', profile: name, partner_secret: 'generated' as const },
  ]
  const sim = await startSim({ profiles, world: { accounts } })
  const asked: OutgoingRequest[] = []
  const outgoing =
    (breaks: Break): Target['outgoing'] =>
    async (request) => {
      asked.push(request)
      const { method, url, headers = {}, body } = request
      const sent = new Request(url, {
        method,
        headers,
        ...(body === undefined ? {} : { body: String(body) }),
      })
      const response = await sim.sim.fetch(sent)
      const type = response.headers.get('content-type') ?? ''
      const came = { status: response.status, type, text: await response.text() }
      const broken = { ...came, ...breaks(came, request) }
      const answered = { 'content-type': broken.type }
      return {
        ok: true,
        status: broken.status,
        headers: answered,
        body: Buffer.from(broken.text),
        elapsedMs: 1,
      }
    }
  const target: Target = {
    url: 'http://sim.localhost',
    profile: readProfiles(profiles).at(-1) as Target['profile'],
    eid: 'acme-e1',
    secret: sim.acme.info.partner_secret ?? undefined,
    outgoing: outgoing(() => ({})),
    realNow: Date.now,
    timeout_ms: 1000,
  }
  const scene = { mobiles: [registered], unbound, send: true }
  const run = (
    change: Partial<typeof scene> = {},
    breaks: Break = () => ({}),
    more: Partial<Target> = {},
  ) => runContract({ ...target, outgoing: outgoing(breaks), ...more }, { ...scene, ...change })
  return { ...sim, asked, target, run }
}

/** The checks with a verdict. */
export function checksWith(
  { findings }: Awaited<ReturnType<typeof runContract>>,
  verdict: 'holds' | 'differs' | 'not_tried',
): string[] {
  return findings.filter((one) => one.verdict === verdict).map(({ check }) => check)
}
