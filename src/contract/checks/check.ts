import type { Twist } from '../client.ts'

/** One call of a check. In texts `{mobile}`, `{unbound}`, `{id}` (one that nobody used) and what was taken are filled in. */
export interface CheckCall {
  readonly call: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly twist?: Twist
  readonly expect: {
    readonly errcode: number
    /** Of our own words; 200 unless told. */
    readonly status?: number
    /** Members of the answer: a value, or what its text must match. */
    readonly values?: Readonly<Record<string, unknown>>
  }
  /** What later calls use of the answer: their name for it, and its own. */
  readonly take?: Readonly<Record<string, string>>
}

/** One promise of the partner contract. */
export interface Check {
  readonly id: string
  readonly title: string
  readonly calls: readonly CheckCall[]
}

/** A check of one call. */
export const one = (
  id: string,
  title: string,
  call: string,
  fields: CheckCall['fields'],
  expect: CheckCall['expect'],
  twist?: Twist,
): Check => ({ id, title, calls: [{ call, fields, expect, ...(twist && { twist }) }] })
