import type { Scope } from '../world/world.ts'
import type { Engine } from './engine.ts'

/** WeChat told what became of a template message, in the words of its push. */
export interface ReceiptEvent {
  readonly event: 'TEMPLATESENDJOBFINISH'
  readonly appid: string
  readonly openid: string
  readonly msgid: string
  readonly status: 'success' | 'user_block' | 'system_failed' | 'freq_limit'
}

/** WeChat decided about an application for a template. Its console shows that; no push of it is known. */
export interface ReviewEvent {
  readonly event: 'TEMPLATE_REVIEWED'
  readonly appid: string
  readonly application: string
  /** Null: it was rejected. */
  readonly template_id: string | null
  readonly result: 'approved' | 'rejected'
}

/** Something that happened at an official account. */
export type WorldEvent = ReceiptEvent | ReviewEvent

export type EventListener = (at: Scope & { readonly engine: Engine }, event: WorldEvent) => void

/** Tells everybody who listens what happened at official accounts, each thing once. */
export function tellListeners({
  engine,
  db,
  world,
  events,
}: Scope & { readonly engine: Engine; readonly events: WorldEvent[] }): void {
  for (const event of events.splice(0)) {
    for (const listen of engine.listeners) listen({ db, world, engine }, event)
  }
}
