import { sleep } from '../world/clock.ts'

/** Nobody whose call a fault lets hang is left waiting longer, in real milliseconds. */
export const hang_ms_max = 60_000

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
