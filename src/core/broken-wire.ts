import type { Socket } from 'node:net'
import { sleep } from '../world/clock.ts'
import type { Transport } from './fault.ts'

/** Nobody whose call a fault lets hang is left waiting longer, in real milliseconds. */
export const hang_ms_max = 60_000

/** Ends a connection as a fault wants it, without a word. False: something is to be said. */
export async function breakOff(
  socket: Socket,
  transport: Transport | undefined,
  gone: AbortSignal,
): Promise<boolean> {
  if (transport === 'reset') socket.resetAndDestroy()
  else if (transport === 'empty') socket.destroySoon()
  else if (transport === 'hang') {
    await sleep(hang_ms_max, gone)
    socket.destroy()
  } else return false
  return true
}

const drip_bytes = 20
const drip_ms = 100

/** What a fault lets drip: bytes in small pieces with pauses between them, as long as somebody reads them. */
export async function* dropsOf(
  bytes: Buffer,
  gone: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let from = 0; from < bytes.length && !gone.aborted; from += drip_bytes) {
    if (from > 0) await sleep(drip_ms, gone)
    if (!gone.aborted) yield new Uint8Array(bytes.subarray(from, from + drip_bytes))
  }
}
