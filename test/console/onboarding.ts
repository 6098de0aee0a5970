import type { WorldHandle } from '../../src/world-handle.ts'
import { life } from '../tupu/life.ts'

interface Where {
  readonly world: WorldHandle
}

/** Globex gets its official account, with both industries. Returns its appid. */
export async function connects({ world }: Where, more: object = {}): Promise<string> {
  await world.call('account.connect', { eid: 'globex', ...more })
  const appid = (await life(world, 'globex')).appid ?? ''
  await world.call('industry.set', { appid, primary: 2, secondary: 34 })
  return appid
}

/** Everything that Globex needs besides WeChat's decision. Returns the application. */
export async function applies(where: Where, more: object = {}): Promise<string> {
  const { world } = where
  const appid = await connects(where, more)
  const draft = await world.call('application.create', { appid })
  const { application } = draft as { application: string }
  await world.call('application.submit', { application })
  return application
}
