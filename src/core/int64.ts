import { z } from 'zod'
import { words } from './field.ts'

/** Digits that JSON.stringify writes as a bare number, exact beyond 2^53. */
export interface RawNumber {
  readonly rawJSON: string
}

/** Text digits → a bare JSON number. */
export function int64(digits: string): RawNumber {
  return (JSON as unknown as { rawJSON(text: string): RawNumber }).rawJSON(digits)
}

/** A 64-bit integer on the wire. Languages whose numbers are doubles round it. */
export const Int64 = z.unknown().meta({
  type: 'integer',
  format: 'int64',
  ...words('A 64-bit integer: preserve all digits.', '64 位整数：每一位都要保持准确。'),
})
