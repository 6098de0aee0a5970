import { toUnixSeconds } from '../../world/clock.ts'
import { deriveBase62, deriveHex } from '../../world/seed.ts'
import { resetScoped, type World } from '../../world/world.ts'

/** What the picture of a scene's code says before the code's own part. */
export const code_url = 'http://weixin.qq.com/q/'

/** A code's ticket, and the last part of the address that its picture says. */
export interface Ticket {
  readonly ticket: string
  readonly path: string
}

/**
 * A ticket of 96 characters, laid out as published ones are (decoded): a mark, two bytes of id, the kind, zeros, the
 * address with its length, the Unix second of its making and the seconds that it lives.
 */
export function makeTicket(
  world: World,
  key: readonly (string | number)[],
  seconds: number,
): Ticket {
  const source = resetScoped(world)
  const path = `02${deriveBase62(20, source, 'scene_code', ...key)}`
  const id = deriveHex(source, 'scene_code_id', ...key).slice(0, 4)
  const url = Buffer.from(`${code_url}${path}\0`, 'latin1')
  const bytes = Buffer.concat([
    Buffer.from(`8101${id}3c0000000000000001`, 'hex'),
    Buffer.from([url.length]),
    url,
    Buffer.from([2, 4]),
    littleEndian(toUnixSeconds(world.now)),
    Buffer.from([3, 4]),
    littleEndian(seconds),
  ])
  return { ticket: bytes.toString('base64'), path }
}

function littleEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
