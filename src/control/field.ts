import { z } from 'zod'
import { type Localized, words } from '../core/field.ts'
import { isCleanText } from '../core/request.ts'
import { clock_ms_max, clock_ms_min, readDuration } from '../world/clock.ts'

const name_length_max = 100
const text_length_max = 2000

/** A field whose effect is not built yet: given, it is refused, so that nobody waits for what will not come. */
export function notYet(what: Localized) {
  return z
    .unknown()
    .superRefine((value, context) => {
      if (value === undefined) return
      context.addIssue({
        code: 'custom',
        message: 'leave it out',
        params: { problem: 'not_yet', reason: `${what.en} is not built yet` },
      })
    })
    .optional()
    .meta({
      not: {},
      ...words(
        `Refused with not_yet: ${what.en} is not built yet.`,
        `以 not_yet 拒绝：${what.zh}尚未实现。`,
      ),
    })
}

/** Text as both databases can hold it. */
export const cleanText = z
  .string()
  .max(text_length_max)
  .refine(isCleanText, 'text without NUL or half a surrogate pair')

export const nameText = cleanText.min(1).max(name_length_max)

/** Where a page of a list ends, that has no more after it than is there. */
export const lastOrNull = z
  .string()
  .nullable()
  .meta(words('Null: there are no more.', 'null：没有更多了。'))

/** A key that people and tests choose: it becomes part of ids and URLs. */
export const key = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,39}$/,
    'lower-case letters, digits and dashes, a letter first, at most 40',
  )

export const worldName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and dashes, at most 63')

/** A duration, as ISO 8601 writes it (`P14D`) or short (`14d`) → milliseconds. */
export const duration = z.string().transform((text, context) => {
  const ms = readDuration(text)
  if (ms === undefined)
    context.addIssue({ code: 'custom', message: 'a duration such as P14D, PT5S, 14d or 5s' })
  return ms ?? z.NEVER
})

/** Nobody waits longer, in real time. */
const wait_ms_max = 60_000
export const waitDuration = duration.refine(
  (ms) => ms <= wait_ms_max,
  'a duration of at most PT60S',
)

/** ISO 8601 instant within the years that world clocks may have → milliseconds. */
export const instant = z.iso.datetime({ offset: true }).transform((text, context) => {
  const ms = Date.parse(text)
  if (ms >= clock_ms_min && ms <= clock_ms_max) return ms
  context.addIssue({ code: 'custom', message: 'an instant from 2020 to the end of 2034' })
  return z.NEVER
})

/** `immediate`, `manual` or a duration → as kept: the two words, or milliseconds as text. */
export const deliveryField = z.string().transform((text, context) => {
  if (text === 'immediate' || text === 'manual') return text
  const ms = readDuration(text)
  if (ms === undefined)
    context.addIssue({
      code: 'custom',
      message: 'immediate, manual, or a duration such as PT2S or 2s',
    })
  if (ms === 0) return 'immediate'
  return ms === undefined ? z.NEVER : String(ms)
})
