import { listAccounts } from '../db/account.ts'
import { findFirstAssociation } from '../db/association.ts'
import type { AccountRow } from '../db/schema.ts'
import type { Db } from '../db/unit.ts'
import type { Engine } from './core/engine.ts'
import { eidOf } from './tupu/eid.ts'
import { default_profile } from './tupu/profile.ts'
import { namedWorld } from './world/world.ts'

/** What the first page knows of the world that it is opened in. */
export interface HomeFacts {
  readonly world: string
  /** Where links begin, e.g. `http://localhost:8878`. */
  readonly origin: string
  /** What paths of the world begin with: empty where the page was opened without `/w/`. */
  readonly way: string
  /** Where the world's partner API begins; below `/w/{world}` unless it is the default world. */
  readonly partnerUrl: string
  /** The first account that can send by our own contract. */
  readonly sender: Sender | undefined
  /** This browser has given the control token: it can sign out. */
  readonly signedIn?: boolean
}

/** An account with somebody to send to. */
export interface Sender {
  readonly eid: string
  readonly company: string
  /** Somebody's who is registered there, in E.164; undefined: nobody is. */
  readonly mobile: string | undefined
  /** Its calls must be signed, so that no plain command will do. */
  readonly signed: boolean
}

/** Reads what the first page shows; undefined where there is no such world. */
export async function readHome(
  engine: Engine,
  at: { world: string; origin: string; way: string },
): Promise<HomeFacts | undefined> {
  return engine.store.unit('home', async ({ db }) => {
    const world = await namedWorld(db, at.world, engine.realNow())
    if (!world) return undefined
    const partnerUrl = at.origin + at.way + default_profile.base
    return {
      world: world.world,
      origin: at.origin,
      way: at.way,
      partnerUrl,
      sender: await findSender(db, world.epoch),
    }
  })
}

async function findSender(db: Db, epoch: number): Promise<Sender | undefined> {
  const account = (await listAccounts(db, epoch)).find(canSend)
  if (!account) return undefined
  const { company, appid, partner_secret } = account
  const eid = eidOf(account)
  const association = await findFirstAssociation(db, { epoch, appid: appid ?? '' })
  return { eid, company, mobile: association?.mobile, signed: partner_secret !== null }
}

function canSend({ state, template_id, profile }: AccountRow): boolean {
  return state === 'active' && template_id !== null && profile === default_profile.name
}
