import type { FollowerRow, SubscriptionRow } from '../../../db/schema.ts'
import {
  findSubscription,
  spendSubscription,
  upsertSubscription,
} from '../../../db/subscription.ts'
import { topics } from '../../../db/topic.ts'
import type { Refusal } from '../../core/refusal.ts'
import { type Scope, touchVersion } from '../../world/world.ts'
import { refuse } from '../caller.ts'

/** What somebody was asked: for which template, and under which scene; empty: there is none. */
interface Asked {
  readonly template_id: string
  readonly scene: string
  /** Consents are good for one send each and add up; under a scene they do not; a long-term one is good for any number. */
  readonly kind: 'once' | 'long_term' | 'under_scene'
  /** Where: a sheet gives a consent, settings only switch those on and off that there are. */
  readonly by: 'sheet' | 'settings'
}

/** Writes down what a person has answered on the sheet that asks. */
export function answerSubscription(
  call: Scope,
  { epoch, openid, person }: FollowerRow,
  { template_id, scene, kind, by }: Asked,
  accept: boolean,
): SubscriptionRow {
  const { db, world } = call
  const before = findSubscription(db, { epoch, openid, template_id, scene })
  const left = before?.answer === 'accept' ? (before.sends_left ?? 0) : 0
  const more = by === 'settings' ? left : kind === 'once' ? left + 1 : 1
  const given = kind === 'long_term' ? null : more
  const row: SubscriptionRow = {
    epoch,
    openid,
    template_id,
    scene,
    answer: accept ? 'accept' : 'reject',
    sends_left: accept ? given : 0,
    answered_at: world.now,
  }
  upsertSubscription(db, row)
  touchVersion(call)
  db.announce(epoch, topics.phone(person))
  return row
}

/** Refuses a send to whom nothing may be sent any more; what the person answered last says why. */
export function refuseUnsubscribed(
  { db, world }: Scope,
  { openid, person, appid }: FollowerRow,
  { template_id, scene }: Pick<Asked, 'template_id' | 'scene'>,
): Refusal | undefined {
  const row = findSubscription(db, { epoch: world.epoch, openid, template_id, scene })
  if (row?.answer === 'accept' && row.sends_left !== 0) return undefined
  const asked = scene === '' ? { template_id } : { template_id, scene: Number(scene) }
  return refuse(43101, {
    rule: 'subscription.given',
    row: { openid, template_id },
    actual: row ? { answer: row.answer, sends_left: row.sends_left } : 'never asked',
    expected: 'a consent that is not used up',
    fix: { call: 'phone.subscribe', input: { person, account: appid, ...asked, accept: true } },
  })
}

/** Uses one consent up; a long-term one is never. */
export function useSubscription(
  { db, world }: Scope,
  { openid }: FollowerRow,
  { template_id, scene }: Pick<Asked, 'template_id' | 'scene'>,
): void {
  const at = { epoch: world.epoch, openid, template_id, scene }
  if (findSubscription(db, at)?.sends_left === null) return
  if (!spendSubscription(db, at)) db.retry('another send has used the last consent up')
}
