import { z } from 'zod'
import type { DoneVerb, Flash, RanGroup } from '../../views/console/props.ts'
import { isDoneVerb } from './mend.ts'
import type { ConsoleAddress } from './page.ts'

/** An advance may run thousands of jobs; those that ended alike are counted together, and so many at most. */
const groups_max = 20
const outcome_length_max = 80
const group_form = /^(\d{1,9})~([\w ]{1,40})~([^~]{1,80})$/

const advanced = z.object({
  settled: z.boolean(),
  ran: z.array(z.object({ kind: z.string(), outcome: z.string() })),
})
const sentShape = z.object({ trace: z.string(), errcode: z.int().nullable() })
const lostTemplates = z.object({ templates_lost: z.array(z.string()) })

/** What the address of the page says of what a form has just done: nothing of people. */
export function flashQuery(
  verb: DoneVerb,
  done: unknown,
  before: readonly RanGroup[] = [],
): URLSearchParams {
  const query = new URLSearchParams({ said: verb })
  for (const text of groupTexts(done, before)) query.append('ran', text)
  if (advanced.safeParse(done).data?.settled === false) query.set('more', '1')
  const lost = lostTemplates.safeParse(done).data?.templates_lost.length ?? 0
  if (lost > 0) query.set('lost', String(lost))
  const test = verb === 'message.test' && sentShape.safeParse(done).data
  if (test) query.set('sent', test.trace)
  if (test && test.errcode !== null) query.set('code', String(test.errcode))
  return query
}

/** What has run, as addresses say it. */
export function groupTexts(done: unknown, before: readonly RanGroup[]): string[] {
  const ran = advanced.safeParse(done).data?.ran ?? []
  return grouped(ran, before).map(({ count, kind, outcome }) => `${count}~${kind}~${outcome}`)
}

/** The same as it is read. */
export function groupsOf(texts: readonly string[]): RanGroup[] {
  return texts.slice(0, groups_max).flatMap((text) => {
    const [, count, kind = '', outcome = ''] = group_form.exec(text) ?? []
    return count === undefined ? [] : [{ count: Number(count), kind, outcome }]
  })
}

/** Those of portions that came before, and what ran since. */
function grouped(
  ran: readonly { readonly kind: string; readonly outcome: string }[],
  before: readonly RanGroup[],
): RanGroup[] {
  const groups = new Map(before.map((group) => [`${group.kind}~${group.outcome}`, group]))
  for (const { kind, outcome: whole } of ran) {
    const outcome = whole.replaceAll('~', ' ').slice(0, outcome_length_max)
    const key = `${kind}~${outcome}`
    groups.set(key, { count: (groups.get(key)?.count ?? 0) + 1, kind, outcome })
  }
  return [...groups.values()].slice(0, groups_max)
}

/** The same as the page reads it. */
export function flashOf({ query, ran }: ConsoleAddress): Flash | undefined {
  const verb = query['said'] ?? ''
  if (!isDoneVerb(verb)) return undefined
  const lost = /^\d{1,3}$/.test(query['lost'] ?? '') ? Number(query['lost']) : 0
  return { kind: 'done', verb, ran: groupsOf(ran), more: query['more'] === '1', lost }
}
