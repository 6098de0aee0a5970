import { z } from 'zod'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import type { Refusal } from '../../core/refusal.ts'
import { deriveBase62 } from '../../world/seed.ts'

/** How an account's calls prove who they are. */
export const wantedSecret = z
  .union([z.literal('generated'), z.null()], 'generated, or null')
  .optional()
  .meta(
    words(
      'generated: calls must be signed with it. null: they need not.',
      'generated：调用必须用它签名。null：不必签名。',
    ),
  )

/** How often the platform may call. */
export const wantedMinuteLimit = z
  .int()
  .min(1)
  .max(1_000_000)
  .nullable()
  .meta(
    words(
      'Calls of the partner API per minute of real time; more are refused with 100018. null (unless told): any number.',
      '真实时间每分钟可调用伙伴接口的次数，超出则以 100018 拒绝；null（默认）表示不限。',
    ),
  )

/** An account's partner secret: as wanted, else one if the server is open to other machines. */
export function partnerSecret(
  call: Call,
  accountKey: string,
  wanted: z.output<typeof wantedSecret>,
): string | null {
  const { exposed, partnerOpen } = call.engine.settings
  const needed = wanted === undefined ? exposed && !partnerOpen : wanted === 'generated'
  return needed ? deriveBase62(40, call.world, 'partner_secret', accountKey) : null
}

/** A profile's name must be one that the simulator was started with. */
export function refuseProfile(
  call: Call,
  profile: string | undefined,
  field = '',
): Refusal | undefined {
  if (profile === undefined || call.engine.profileBases.has(profile)) return undefined
  const known = [...call.engine.profileBases.keys()].join(', ')
  return problem('invalid_field', {
    field: `${field}profile`,
    reason: `no profile is called ${profile}`,
    fix: `use one of: ${known}`,
  })
}
