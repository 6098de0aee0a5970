import { z } from 'zod'
import type { Call } from '../core/call.ts'
import { invoke } from '../core/invoke.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'

/** What the console reads of the answers of control calls. */
export const worldClock = z.object({
  mode: z.enum(['running', 'frozen']),
  now: z.string(),
  real_now: z.string(),
})
export const dueItem = z.object({ at: z.string(), kind: z.string(), subject: z.string() })
export const timelineShape = z.object({
  items: z.array(dueItem.extend({ what: z.enum(['due', 'expires']) })),
})
export const industryRow = z.object({
  code: z.int(),
  first_class: z.string(),
  second_class: z.string(),
  en: z.object({ first_class: z.string(), second_class: z.string() }),
})
export const callbackLine = z.object({
  callback: z.string(),
  state: z.enum(['pending', 'delivered', 'failed']),
  body: z.object({ event: z.string() }),
  tries: z.int(),
  due_at: z.string().nullable(),
  last_at: z.string().nullable(),
  last_status: z.int().nullable(),
  last_error: z.string().nullable(),
})

/** A list as control calls answer it. */
export function itemsOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item) })
}

/** Asks the control API something, and reads the answer. */
export async function ask<T extends z.ZodType>(
  call: Call,
  id: string,
  given: Readonly<Record<string, unknown>>,
  shape: T,
): Promise<z.output<T> | Refusal> {
  const outcome = await invoke(call, id, given)
  return isRefusal(outcome) ? outcome : shape.parse(outcome)
}

/** The same where there can be no refusal. */
export async function askSurely<T extends z.ZodType>(
  call: Call,
  id: string,
  given: Readonly<Record<string, unknown>>,
  shape: T,
): Promise<z.output<T>> {
  const outcome = await invoke(call, id, given)
  if (isRefusal(outcome)) throw new Error(`${id} is refused: ${outcome.text}`)
  return shape.parse(outcome)
}
