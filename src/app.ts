import type { Documented } from './apidoc/describe.ts'
import { consoleSurface } from './console/surface.ts'
import { drillJob } from './control/drill/job.ts'
import { controlSurface } from './control/surface.ts'
import type { DocumentedEndpoint } from './core/endpoint.ts'
import type { Engine } from './core/engine.ts'
import type { EventListener } from './core/event.ts'
import type { JobKind } from './core/job.ts'
import type { Route } from './core/near-call.ts'
import type { Surface } from './core/surface.ts'
import { makeApp, mountSurface } from './http/mount.ts'
import type { App } from './http/wire.ts'
import { mountOperations } from './operations.ts'
import { mountPhoneEvents } from './phone/pages/events.ts'
import { phoneSurface } from './phone/pages/surface.ts'
import { sinkSurface } from './sink/surface.ts'
import { mountStray } from './stray.ts'
import { takeTemplate } from './tupu/account/account.ts'
import { eraseDue } from './tupu/association/erase.ts'
import { retentionJob } from './tupu/association/withdraw.ts'
import { callbackJob } from './tupu/callback/job.ts'
import type { TupuCaller } from './tupu/endpoint.ts'
import { pushedSurface } from './tupu/gateway/receive.ts'
import { forgetJob } from './tupu/message/forget.ts'
import { followReceipt } from './tupu/message/message.ts'
import { giveUpStranded } from './tupu/message/remote.ts'
import type { Profile } from './tupu/profile/spelled.ts'
import { registerSurface } from './tupu/register/surface.ts'
import { tupuSurface } from './tupu/surface.ts'
import { templateReviewJob } from './wechat/application/application.ts'
import { receiptJob } from './wechat/message/receipt.ts'
import { wechatPages } from './wechat/pages.ts'
import { pushJob } from './wechat/push/job.ts'
import { wechatPictureSurface, wechatSurface } from './wechat/surface.ts'

/** What happens by itself. */
export const jobKinds: readonly JobKind[] = [
  callbackJob,
  drillJob,
  forgetJob,
  pushJob,
  receiptJob,
  retentionJob,
  templateReviewJob,
]

/** Who hears what happens at official accounts. */
export const listeners: readonly EventListener[] = [followReceipt, takeTemplate]

/** What is looked after now and then. */
export const maintenanceTasks: readonly ((engine: Engine) => Promise<void>)[] = [
  (engine) => giveUpStranded(engine, engine.realNow()),
  (engine) => eraseDue(engine),
]

interface Built {
  readonly app: App
  readonly endpoints: ReadonlyMap<string, DocumentedEndpoint>
  readonly routes: readonly Route[]
}

let usual: Built | undefined

/** The app for these profiles. It knows no engine, which comes with each call: with the default profile alone, all share one. */
export function buildApp(profiles: readonly Profile[]): Built {
  if (profiles.length > 1) return mountAll(profiles)
  usual ??= mountAll(profiles)
  return usual
}

/** Every surface and where it is mounted; the partner API once per profile. */
function mountAll(profiles: readonly Profile[]): Built {
  const app = makeApp()
  const partners = profiles.map(tupuSurface)
  // Before the surface below whose bases its path lies.
  mountSurface(app, wechatPictureSurface)
  mountSurface(app, wechatPages)
  mountSurface(app, registerSurface)
  mountSurface(app, wechatSurface)
  mountSurface(app, sinkSurface)
  mountSurface(app, controlSurface)
  // Before the surface below whose bases its path lies.
  mountPhoneEvents(app)
  mountSurface(app, phoneSurface)
  mountSurface(app, consoleSurface)
  mountSurface(app, pushedSurface)
  for (const partner of partners) mountSurface(app, partner)
  const documented = documentedSurfaces(partners)
  mountOperations(app, documented)
  mountStray(app)
  const endpoints = new Map<string, DocumentedEndpoint>()
  for (const surface of [...documented].reverse()) {
    for (const endpoint of surface.endpoints as unknown as DocumentedEndpoint[])
      endpoints.set(endpoint.id, endpoint)
  }
  return { app, endpoints, routes: documented.flatMap(routesOf) }
}

function routesOf({ prefix, endpoints }: Documented): Route[] {
  return endpoints.map(({ id, methods, path }) => {
    return { endpoint: id, methods, path: prefix + path, own: path }
  })
}

/** All surfaces as the documents see them: those of partners first. */
export function documentedSurfaces(partners: readonly Surface<TupuCaller>[]): Documented[] {
  return [...partners, wechatSurface, sinkSurface, controlSurface] as unknown as Documented[]
}
