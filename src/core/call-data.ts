import type { Step } from '../world/step.ts'
import type { World } from '../world/world.ts'
import type { Endpoint } from './endpoint.ts'
import type { Engine } from './engine.ts'
import type { WorldEvent } from './event.ts'
import type { AppliedFault } from './fault.ts'
import type { RawRequest } from './request.ts'
import type { Address, Surface, TransportFault } from './surface.ts'

/** A request for one surface, as it came in. */
export interface Incoming<C> {
  readonly engine: Engine
  readonly surface: Surface<C>
  /** Undefined: no endpoint has this path, or not with this method. */
  readonly endpoint: Endpoint<C> | undefined
  readonly request: RawRequest
  readonly address: Address
  readonly pathFields: Readonly<Record<string, string>>
  /** The request cannot reach an endpoint. */
  readonly transportFault?: TransportFault | undefined
  /** Makes a signal that aborts when the caller is gone. */
  readonly hungUp?: () => AbortSignal
}

/** What a call finds out on its way. */
export interface Progress {
  world: World | undefined
  /** The world that it came to; a handler that makes or resets one goes on in another. */
  home: World | undefined
  /** Names the caller for counting its exchanges. */
  key: string
  caller: unknown
  input: unknown
  readonly steps: Step[]
  subjects: Set<string> | undefined
  message: string | undefined
  readonly events: WorldEvent[]
  ordinal: number | undefined
  trace: string | undefined
  /** Its world has begun a new life while it waited. */
  hasOutlived: boolean
  /** Whether its world is known to have no faults. */
  isFaultless: boolean
  /** The fault that it was met by; of a call inside another, its own. */
  fault: AppliedFault | undefined
}

/** Of a call that has not begun. */
export const at_first: Progress = {
  world: undefined,
  home: undefined,
  key: '',
  caller: undefined,
  input: {},
  steps: [],
  subjects: undefined,
  message: undefined,
  events: [],
  ordinal: undefined,
  trace: undefined,
  hasOutlived: false,
  isFaultless: false,
  fault: undefined,
}
