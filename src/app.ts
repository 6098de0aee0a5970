import { controlSurface } from './control/surface.ts'
import type { Documented } from './http/describe.ts'
import type { Endpoint } from './http/endpoint.ts'
import { makeApp, mountSurface } from './http/mount.ts'
import type { Surface } from './http/surface.ts'
import type { App } from './http/wire.ts'
import { mountOperations } from './operations.ts'
import type { Engine } from './sim/engine.ts'
import type { JobKind } from './sim/job.ts'
import type { EventListener } from './sim/world.ts'
import type { TupuCaller } from './tupu/endpoint.ts'
import { followReceipt } from './tupu/message/row.ts'
import { giveUpStranded } from './tupu/message/stranded.ts'
import type { Profile } from './tupu/profile.ts'
import { tupuSurface } from './tupu/surface.ts'
import { receiptJob } from './wechat/receipt.ts'
import { wechatSurface } from './wechat/surface.ts'

/** What happens by itself. */
export const jobKinds: readonly JobKind[] = [receiptJob]

/** Who hears what happens at official accounts. */
export const listeners: readonly EventListener[] = [followReceipt]

/** What is looked after now and then. */
export const chores: readonly ((engine: Engine) => Promise<void>)[] = [
  (engine) => giveUpStranded(engine, engine.realNow()),
]

/** Every surface and where it is mounted; the partner API once per profile. */
export function buildApp(profiles: readonly Profile[]): {
  app: App
  endpoints: ReadonlyMap<string, Endpoint>
} {
  const app = makeApp()
  const partners = profiles.map(tupuSurface)
  mountSurface(app, wechatSurface)
  mountSurface(app, controlSurface)
  for (const partner of partners) mountSurface(app, partner)
  const documented = documentedSurfaces(partners)
  mountOperations(app, documented)
  const endpoints = new Map<string, Endpoint>()
  for (const surface of [...documented].reverse()) {
    for (const endpoint of surface.endpoints as unknown as Endpoint[])
      endpoints.set(endpoint.id, endpoint)
  }
  return { app, endpoints }
}

/** All surfaces as the documents see them: those of partners first. */
export function documentedSurfaces(partners: readonly Surface<TupuCaller>[]): Documented[] {
  return [...partners, wechatSurface, controlSurface] as unknown as Documented[]
}
