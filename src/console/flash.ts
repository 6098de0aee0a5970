import { z } from 'zod'
import type { DoneVerb, Flash, RanGroup } from '../../views/console/props.ts'
import { mend } from './mend.ts'
import type { ConsoleAddress } from './page.ts'
import { findVerb } from './verb.ts'

/** An advance may run thousands of jobs; those that ended alike are counted together, and so many at most. */
const groups_max = 20
const group_form = /^(\d{1,5})~([\w ]{1,40})~([^~]{1,80})$/

const advanced = z.object({
  settled: z.boolean(),
  ran: z.array(z.object({ kind: z.string(), outcome: z.string() })),
})
const sentShape = z.object({ message: z.string().nullable(), errcode: z.int().nullable() })
const lostTemplates = z.object({ templates_lost: z.array(z.string()) })

/** What the address of the page says of what a form has just done: nothing of people. */
export function flashQuery(verb: DoneVerb, done: unknown): URLSearchParams {
  const query = new URLSearchParams({ said: verb })
  const clock = advanced.safeParse(done).data
  for (const { count, kind, outcome } of clock ? grouped(clock.ran) : [])
    query.append('ran', `${count}~${kind}~${outcome.replaceAll('~', ' ').slice(0, 80)}`)
  if (clock?.settled === false) query.set('more', '1')
  const lost = lostTemplates.safeParse(done).data?.templates_lost.length ?? 0
  if (lost > 0) query.set('lost', String(lost))
  const test = verb === 'message.test' && sentShape.safeParse(done).data
  if (test) query.set('sent', test.message ?? '')
  if (test && test.errcode !== null) query.set('code', String(test.errcode))
  return query
}

function grouped(ran: readonly { readonly kind: string; readonly outcome: string }[]): RanGroup[] {
  const groups = new Map<string, RanGroup>()
  for (const { kind, outcome } of ran) {
    const key = `${kind}~${outcome}`
    groups.set(key, { count: (groups.get(key)?.count ?? 0) + 1, kind, outcome })
  }
  return [...groups.values()].slice(0, groups_max)
}

/** The same as the page reads it. */
export function flashOf({ query, ran }: ConsoleAddress): Flash | undefined {
  const said = query['said'] ?? ''
  const verb = said === mend ? mend : findVerb(said)
  if (!verb) return undefined
  const groups = ran.slice(0, groups_max).flatMap((text) => {
    const [, count, kind = '', outcome = ''] = group_form.exec(text) ?? []
    return count === undefined ? [] : [{ count: Number(count), kind, outcome }]
  })
  const lost = /^\d{1,3}$/.test(query['lost'] ?? '') ? Number(query['lost']) : 0
  return { kind: 'done', verb, ran: groups, more: query['more'] === '1', lost }
}
