import type { Check } from './check.ts'
import { look_ups } from './look-ups.ts'
import { sends } from './sends.ts'

/** The partner contract, a promise each, in the order in which they are asked. */
export const checks: readonly Check[] = [...look_ups, ...sends]
