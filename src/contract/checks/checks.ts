import type { Profile } from '../../tupu/profile/spelled.ts'
import type { Check } from './check.ts'
import { look_ups } from './look-ups.ts'
import { ownChecks } from './own.ts'
import { sends } from './sends.ts'

/** The partner contract, a promise each, in the order in which they are asked. */
export const checks: readonly Check[] = [...look_ups, ...sends]

/** What a partner of a profile promises. */
export const checksOf = (profile: Profile): readonly Check[] => ownChecks(profile, checks)
