import { findAccount } from '../../db/account.ts'
import { findAssociation, findAssociationOf } from '../../db/association.ts'
import { countFit, countHit, listFaults } from '../../db/fault.ts'
import { findFollower, findPerson } from '../../db/person.ts'
import { deriveHex } from '../world/seed.ts'
import type { StepFacts } from '../world/step.ts'
import type { Scope } from '../world/world.ts'
import type { Engine } from './engine.ts'
import {
  type AppliedFault,
  actionOf,
  applies,
  type FaultPlan,
  type FaultSurface,
  isMeant,
  isOver,
  nameOf,
} from './fault.ts'

type Place = Scope & { readonly engine: Engine }

/** Whose a call is and whom it names, as far as it says so. */
export interface Named {
  readonly eid?: string | undefined
  readonly appid?: string | null | undefined
  readonly person?: string | undefined
  /** E.164. */
  readonly mobile?: string | undefined
  /** Of a call that is meant for several people. */
  readonly mobiles?: readonly string[]
  readonly openids?: readonly string[]
}

/** A call as faults look at it. */
export interface Target extends Named {
  readonly surface: FaultSurface
  readonly endpoint: string
}

/** A fault of the world, with the appid that its account has now. */
interface StandingFault {
  readonly fault: string
  readonly plan: FaultPlan
  readonly appid: string | null
}

/** The world's faults in the order in which they were made, read once per version of the world: mostly there are none. */
export function faultsOf({ db, world, engine }: Place): readonly StandingFault[] {
  return engine.cache.get({ db, world }, ['faults', ''], () =>
    listFaults(db, world.epoch).map((row) => {
      const plan = JSON.parse(row.plan) as FaultPlan
      return { fault: row.fault, plan, appid: appidOf({ db, world }, plan) }
    }),
  )
}

function appidOf({ db, world }: Scope, { account }: FaultPlan): string | null {
  if (account === null) return null
  if ('appid' in account) return account.appid
  return findAccount(db, world.epoch, account.eid)?.appid ?? null
}

/**
 * Counts a call for each fault that means it, and answers the first that is applied to it. What it has counted stays only if the
 * unit is sealed.
 */
export function meetFault(at: Place, target: Target): AppliedFault | undefined {
  let applied: AppliedFault | undefined
  for (const standing of faultsOf(at)) {
    if (!fits(at, standing, target)) continue
    const key = { epoch: at.world.epoch, fault: standing.fault }
    const counts = countFit(at.db, key)
    const chance = (n: number) => chanceOf(at, standing.fault, n)
    if (!counts || applied || !applies(standing.plan, counts, chance)) continue
    countHit(at.db, key)
    const hit = counts.hits + 1
    const { name } = standing.plan
    applied = { fault: standing.fault, name, hit, action: actionOf(standing.plan, hit) }
  }
  return applied
}

const chance_digits = 12

/** From 0 to 1, for the nth call that a fault means: the same in every run with this seed. */
function chanceOf({ world }: Scope, fault: string, n: number): number {
  const digits = deriveHex(world, 'fault', fault, n).slice(0, chance_digits)
  return Number.parseInt(digits, 16) / 16 ** chance_digits
}

function fits(at: Scope, { plan, appid }: StandingFault, target: Target): boolean {
  const { surface, endpoint, account, mobile, person } = plan
  if (surface !== target.surface || isOver(plan, at.world.now)) return false
  if (endpoint !== null && !isMeant(endpoint, target.endpoint)) return false
  if (account !== null && !isAccount(account, appid, target)) return false
  if (mobile !== null && !namesMobile(at, target, mobile)) return false
  return person === null || namesPerson(at, target, person)
}

function isAccount(
  account: NonNullable<FaultPlan['account']>,
  appid: string | null,
  target: Target,
): boolean {
  if (target.eid !== undefined && 'eid' in account) return target.eid === account.eid
  return target.appid != null && target.appid === appid
}

/** By the mobile itself, by an openid whose association has it, or by whose phone it is. */
function namesMobile({ db, world }: Scope, target: Target, mobile: string): boolean {
  const { epoch } = world
  if (mobilesOf(target).includes(mobile)) return true
  const { appid, openids = [], person } = target
  if (person !== undefined && findPerson(db, epoch, person)?.mobile === mobile) return true
  return openids.some((openid) => {
    const at = { epoch, appid: appid ?? '', openid }
    return findAssociationOf(db, at)?.mobile === mobile
  })
}

/** By name, by an openid, or by a mobile that the person has or has registered. */
function namesPerson({ db, world }: Scope, target: Target, person: string): boolean {
  const { epoch } = world
  if (target.person === person) return true
  const { appid, openids = [] } = target
  const isTheirs = (openid: string) => findFollower(db, epoch, openid)?.person === person
  if (openids.some(isTheirs)) return true
  return mobilesOf(target).some((mobile) => {
    const association = findAssociation(db, { epoch, appid: appid ?? '', mobile })
    if (association) return isTheirs(association.openid)
    return findPerson(db, epoch, person)?.mobile === mobile
  })
}

function mobilesOf({ mobile, mobiles = [] }: Named): readonly string[] {
  return mobile === undefined ? mobiles : [mobile, ...mobiles]
}

/** What the decision says of a fault that was applied. */
export function stepOf({ fault, name, hit, action }: AppliedFault): StepFacts {
  return {
    rule: 'fault.applied',
    row: { fault, name, hit },
    actual: nameOf(action),
    fix: { call: 'fault.delete', input: { fault } },
  }
}
