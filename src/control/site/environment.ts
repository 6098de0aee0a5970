import { listAccounts } from '../../../db/account.ts'
import { findFirstAssociation } from '../../../db/association.ts'
import type { AccountRow } from '../../../db/schema.ts'
import type { EnvironmentFacts, Sender } from '../../../views/console/environment.tsx'
import type { Call } from '../../core/call.ts'
import { wayOf } from '../../core/locate.ts'
import { eidOf } from '../../tupu/account/eid.ts'
import { default_profile } from '../../tupu/profile/profile.ts'
import { environmentOf } from '../world/world.ts'

/** How a platform is connected to the call's world: its environment block, as world.get answers it, and whom it can send to. */
export function readEnvironment(call: Call): EnvironmentFacts {
  const { world, address, request } = call
  const basePath = wayOf({ world: address.world, person: undefined })
  return {
    world: world.world,
    origin: request.origin,
    basePath,
    partnerUrl: request.origin + basePath + default_profile.base,
    env: environmentOf(call),
    sender: findSender(call),
  }
}

function findSender({ db, world }: Call): Sender | undefined {
  const account = listAccounts(db, world.epoch).find(canSend)
  if (!account) return undefined
  const { company, appid, partner_secret } = account
  const association = findFirstAssociation(db, { epoch: world.epoch, appid: appid ?? '' })
  const eid = eidOf(account)
  return { eid, company, mobile: association?.mobile, signed: partner_secret !== null }
}

function canSend({ state, template_id, profile }: AccountRow): boolean {
  return state === 'active' && template_id !== null && profile === default_profile.name
}
