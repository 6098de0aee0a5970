import { connect } from 'node:net'
import { forbiddenAddress, literalOf } from '../auth/forbidden-address.ts'
import type { Probe, Probed } from '../core/outgoing.ts'
import { endOf, findAddresses, type Resolve, resolveBySystem, wordsOf } from './outgoing.ts'

/** A name has seldom more; the rest is not asked. */
const addresses_max = 8

/** A look at a host, by the rules of all calls that leave the simulator: no address is connected to that none may call. */
export function createProbe(options: {
  readonly realNow: () => number
  readonly resolve?: Resolve
}): Probe {
  const { realNow, resolve = resolveBySystem } = options
  return async ({ url: text, ...time }) => {
    const fault = forbiddenAddress(text)
    const url = new URL(text)
    if (fault !== undefined) return unreached(literalOf(url.hostname), fault)
    const { signal } = endOf(time)
    const found = await findAddresses(url.hostname, resolve, signal)
    if (!found.ok) return unreached(undefined, found.detail)
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
    const tried = await Promise.all(
      found.addresses.slice(0, addresses_max).map((host) => reach({ host, port, signal }, realNow)),
    )
    return { addresses: tried, fault: tried.find(({ why }) => why !== undefined)?.why }
  }
}

function unreached(ip: string | undefined, fault: string): Probed {
  return { addresses: ip === undefined ? [] : [{ ip, elapsedMs: undefined }], fault }
}

/** Connects, and hangs up at once. */
function reach(
  to: { readonly host: string; readonly port: number; readonly signal: AbortSignal },
  realNow: () => number,
): Promise<Probed['addresses'][number] & { readonly why?: string }> {
  const { host: ip, port, signal } = to
  const startedAt = realNow()
  return new Promise((settle) => {
    const socket = connect({ host: ip, port, signal })
    socket.on('connect', () => {
      settle({ ip, elapsedMs: realNow() - startedAt })
      socket.destroy()
    })
    socket.on('error', (error) => {
      const why = signal.aborted ? `no connection to ${ip} in time` : wordsOf(error)
      settle({ ip, elapsedMs: undefined, why })
    })
  })
}
