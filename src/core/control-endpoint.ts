import type { z } from 'zod'
import type { Call } from './call.ts'
import { type Described, endpointsOf } from './endpoint.ts'
import { fieldProblem, type ProblemType, problem } from './problem.ts'
import type { Refusal } from './refusal.ts'
import type { BodyFault } from './request.ts'

/**
 * One endpoint of the control API; it has no caller but the world's own operator. It names only refusals that do not
 * follow from its fields.
 */
export const endpoint = endpointsOf<undefined, never, never, 'refusals' | 'source' | 'fidelity'>(
  { refuseField: fieldProblem, refuseBody },
  (spec) => ({
    source: { en: 'the control API of this simulator', zh: '本模拟器的控制接口' },
    fidelity: 'documented',
    refusals: [...new Set([...fieldStatuses(spec), ...(spec.refusals ?? [])])].sort(
      (a, b) => a - b,
    ),
    // Looking changes nothing: kept, it would crowd out what the journal is for.
    ...(spec.methods[0] === 'GET' ? { journalled: false } : {}),
  }),
)

/**
 * The statuses with which fields are refused: the body is no JSON, the path names nothing, a field does not fit. Deleting
 * what is gone is no mistake.
 */
function fieldStatuses({ methods, path, from }: Described<undefined, z.ZodObject>): number[] {
  const inPath = path.match(/\{\w+\}/g) ?? []
  const named = inPath.filter((name) => name !== '{world}')
  return [
    ...(from.includes('json') && methods[0] !== 'GET' ? [400] : []),
    ...(inPath.length > 0 && methods[0] !== 'DELETE' ? [404] : []),
    ...(named.length > 0 || from.includes('query') || from.includes('json') ? [422] : []),
  ]
}

/** How each unreadable body is refused. */
const unreadable: Readonly<
  Record<Exclude<BodyFault, 'empty'>, { type: ProblemType; reason: string; fix: string }>
> = {
  byte_order_mark: {
    type: 'malformed_json',
    reason: 'the body begins with a byte order mark',
    fix: 'send it without',
  },
  utf_16: { type: 'malformed_json', reason: 'the body is UTF-16', fix: 'send it in UTF-8' },
  gbk: { type: 'malformed_json', reason: 'the body is GBK', fix: 'send it in UTF-8' },
  not_utf_8: { type: 'malformed_json', reason: 'the body is not UTF-8', fix: 'send it in UTF-8' },
  malformed: {
    type: 'malformed_json',
    reason: 'the body cannot be read as JSON in UTF-8',
    fix: 'send a JSON object',
  },
  not_an_object: {
    type: 'not_an_object',
    reason: 'the body is JSON, but not an object',
    fix: 'send {}',
  },
}

/** Refuses a body that is no JSON object; one that is empty has no fields. */
export function refuseBody({ endpoint, bodyFault }: Call<undefined>): Refusal | undefined {
  if (!bodyFault || bodyFault === 'empty' || !endpoint?.from.includes('json')) return undefined
  const { type, ...facts } = unreadable[bodyFault]
  return problem(type, facts)
}
