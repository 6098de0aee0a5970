import { readFileSync } from 'node:fs'
import { int64 } from '../core/int64.ts'
import type { JsonObject } from './json-schema.ts'

/** An endpoint's good call as it was made in the standard scene of the tests, and its answer. */
export interface MadeExample {
  /** All fields but tokens. */
  readonly input: JsonObject
  /** Null where it is no JSON. Of a long list the first items. */
  readonly answer: unknown
}

const file = new URL('./examples.json', import.meta.url)

let made: Readonly<Record<string, MadeExample>> | undefined

/** The example of an endpoint; `npm run examples` makes them anew. Read when somebody first looks at the documents. */
export function exampleOf(id: string): MadeExample {
  made ??= readExact(readFileSync(file, 'utf8')) as Readonly<Record<string, MadeExample>>
  const example = made[id]
  if (!example) throw new Error(`${id} has no example yet: npm run examples`)
  return example
}

/** Reads JSON without rounding a msgid: written again, it has all its digits. */
export function readExact(text: string): unknown {
  return JSON.parse(text, (_, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && context?.source !== undefined
      ? int64(context.source)
      : value,
  )
}
