import { listAccounts, updateAccount } from '../../db/account.ts'
import type { EventListener } from '../core/event.ts'
import { touchVersion } from '../world/world.ts'
import { homeAppid } from './gateway/config.ts'
import { isTemplateSent } from './gateway/local.ts'

/** WeChat approved a template: an account takes it that has none, or none that WeChat still sends. */
export const takeTemplate: EventListener = async (call, event) => {
  if (event.event !== 'TEMPLATE_REVIEWED' || event.template_id === null) return
  const { db, world } = call
  for (const account of await listAccounts(db, world.epoch)) {
    if (homeAppid(account) !== event.appid) continue
    const { template_id } = account
    if (template_id !== null && (await isTemplateSent(call, template_id))) continue
    await touchVersion(call)
    await updateAccount(db, account, { template_id: event.template_id })
  }
}
