import { BlockList, isIP, isIPv6 } from 'node:net'
import { z } from 'zod'
import { seenAddress } from '../../auth/origin.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import type { Refusal } from '../../core/refusal.ts'
import { refuseByProfile } from '../errors.ts'
import type { Profile } from './spelled.ts'

const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])

/** From where a partner may be called. */
export const caller_addresses = z
  .array(
    z
      .string()
      .refine(
        (text) => network.safeParse(text).success,
        'an IP address, or a network such as 203.0.113.0/24',
      ),
  )
  .max(100)
  .optional()
  .meta(
    words(
      'Addresses and networks (203.0.113.0/24) that may call; others are refused with 100006. Behind a proxy, requires trust_proxy. Default: any.',
      '允许调用的地址和网段（203.0.113.0/24），其他以 100006 拒绝。前面有代理时需要 trust_proxy。不填则不限。',
    ),
  )

/** Refuses calls from other addresses than the profile's; undefined: it takes them from anywhere. */
export function addressGuard({
  allowed_ips,
}: Pick<Profile, 'allowed_ips'>):
  | ((call: Pick<Call, 'request' | 'engine'>) => Refusal | undefined)
  | undefined {
  if (!allowed_ips) return undefined
  const list = new BlockList()
  for (const one of allowed_ips) {
    const [net = '', prefix] = one.split('/')
    const family = familyOf(net)
    if (prefix === undefined) list.addAddress(net, family)
    else list.addSubnet(net, Number(prefix), family)
  }
  return ({ request, engine }) => {
    const ip = plainAddress(seenAddress(request, engine.settings))
    if (isIP(ip) !== 0 && list.check(ip, familyOf(ip))) return undefined
    const step = { rule: 'caller.allowed', actual: ip, expected: allowed_ips }
    return refuseByProfile(100006, step, { ip })
  }
}

const familyOf = (ip: string) => (isIPv6(ip) ? 'ipv6' : 'ipv4')

/** As people write it; calls in process come from this machine. */
function plainAddress(ip: string): string {
  return ip === '' ? '127.0.0.1' : ip.replace(/^::ffff:(?=\d+\.)/, '')
}
