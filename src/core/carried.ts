import type { Step } from '../world/step.ts'
import type { Engine } from './engine.ts'
import type { World } from '../world/world.ts'
import type { Endpoint, Pending } from './endpoint.ts'
import type { RawRequest } from './request.ts'
import type { Address, Answer, Opened, Surface, TransportFault } from './surface.ts'

/** A request for one surface, read but not yet decided. */
export interface Carried<C> {
  readonly engine: Engine
  readonly surface: Surface<C>
  readonly endpoint: Endpoint<C> | undefined
  readonly request: RawRequest
  readonly address: Address
  readonly pathFields: Readonly<Record<string, string>>
  /** The request cannot reach an endpoint. */
  readonly fault?: TransportFault
}

/** How a call ended inside its unit. */
export interface Ended {
  readonly answer: Answer
  readonly world: World
}

/** Which exchange of its caller this is, and its trace. */
export interface Named {
  readonly ordinal: number
  readonly trace: string
}

/** What the first unit leaves for the second, when there is a wait between them. */
export interface Waited {
  readonly pending: Pending<unknown>
  /** How the first unit named the exchange, if it is kept: the second unit's is the same one. */
  readonly named: Named | undefined
  readonly opened: Opened<unknown>
  readonly input: Record<string, unknown>
  readonly steps: Step[]
  readonly world: World
}
