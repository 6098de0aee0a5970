import { listAccounts } from '../db/account.ts'
import { findFirstAssociation } from '../db/association.ts'
import type { AccountRow } from '../db/schema.ts'
import type { Db } from '../db/unit.ts'
import type { HomeFacts, Sender } from '../views/home.tsx'
import type { Engine } from './core/engine.ts'
import { eidOf } from './tupu/account/eid.ts'
import { default_profile } from './tupu/profile/profile.ts'
import { namedWorld } from './world/world.ts'

/** Reads what the first page shows; undefined where there is no such world. */
export function readHome(
  engine: Engine,
  at: { world: string; origin: string; basePath: string },
): Promise<HomeFacts | undefined> {
  const real = engine.realNow()
  return engine.store.unit('home', ({ db }) => {
    const world = namedWorld(db, at.world, real)
    if (!world) return undefined
    const partnerUrl = at.origin + at.basePath + default_profile.base
    return {
      world: world.world,
      origin: at.origin,
      basePath: at.basePath,
      partnerUrl,
      sender: findSender(db, world.epoch),
    }
  })
}

function findSender(db: Db, epoch: number): Sender | undefined {
  const account = listAccounts(db, epoch).find(canSend)
  if (!account) return undefined
  const { company, appid, partner_secret } = account
  const eid = eidOf(account)
  const association = findFirstAssociation(db, { epoch, appid: appid ?? '' })
  return { eid, company, mobile: association?.mobile, signed: partner_secret !== null }
}

function canSend({ state, template_id, profile }: AccountRow): boolean {
  return state === 'active' && template_id !== null && profile === default_profile.name
}
