import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { deliveries, type FaultPlan, fault_surfaces, transports } from '../../core/fault.ts'
import { readMobile } from '../../tupu/mobile.ts'
import { readActions } from '../fault/action.ts'
import { faultInput } from '../fault/body.ts'

const how = { delay_ms: z.int().min(0), stage: z.enum(['before', 'after']) }
const who = z.string().nullable()
const count = z.int().min(0)

/** A fault as it is applied. */
export const keptPlan: z.ZodType<FaultPlan> = z.strictObject({
  name: who,
  surface: z.enum(fault_surfaces),
  endpoint: who,
  account: z
    .union([z.strictObject({ eid: z.string() }), z.strictObject({ appid: z.string() })])
    .nullable(),
  person: who,
  mobile: who,
  after: count,
  times: count.nullable(),
  probability: z.number().min(0).max(1).nullable(),
  until: count.nullable(),
  actions: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('errcode'),
          errcode: z.int(),
          errmsg: z.string().nullable(),
          ...how,
        }),
        z.strictObject({
          kind: z.literal('answer'),
          status: z.int().min(200).max(599),
          headers: z.record(z.string(), z.string()),
          body: z.string(),
          ...how,
        }),
        z.strictObject({ kind: z.literal('transport'), transport: z.enum(transports), ...how }),
        z.strictObject({ kind: z.literal('delivery'), delivery: z.enum(deliveries), ...how }),
        z.strictObject({ kind: z.literal('pass'), ...how }),
      ]),
    )
    .min(1),
})

export function readPlan(plan: unknown): FaultPlan {
  return JSON.parse(String(plan))
}

/** Whether a plan is what somebody gave: what it names is looked for elsewhere, and by then its instants may have come. */
export function isPlanOf(given: string, kept: string): boolean {
  const read = faultInput.safeParse(JSON.parse(given))
  if (!read.success) return false
  const { data: input } = read
  const plan = readPlan(kept)
  const said = {
    name: input.name ?? null,
    surface: input.surface ?? plan.surface,
    mobile: input.mobile === undefined ? null : readMobile(input.mobile),
    after: input.after ?? 0,
    times: input.sequence?.length ?? input.times ?? null,
    probability: input.probability ?? null,
    actions: readActions('', input, plan.surface),
  }
  const { name, surface, mobile, after, times, probability, actions } = plan
  const isSame = isDeepStrictEqual(said, {
    ...{ name, surface, mobile, after, times, probability, actions },
  })
  const isAs = (one: unknown, asGiven: unknown) => (one === null) === (asGiven === undefined)
  return (
    isSame &&
    isAs(plan.until, input.until) &&
    isAs(plan.account, input.account) &&
    isAs(plan.person, input.person)
  )
}
