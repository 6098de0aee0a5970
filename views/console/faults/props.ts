import type { FaultWords } from '../../words/faults/en.ts'

export type FaultSurface = keyof FaultWords['surfaces']
export type Preset = keyof FaultWords['presets']

/** What happens to a call, or one turn of that. */
export interface FaultEffect {
  readonly errcode?: number | undefined
  /** Of a raw answer its status. */
  readonly answer?: { readonly status?: number | undefined } | undefined
  readonly transport?: keyof FaultWords['transports'] | undefined
  readonly delivery?: keyof FaultWords['deliveries'] | undefined
  readonly delay?: string | undefined
  readonly stage?: 'before' | 'after' | undefined
  readonly pass?: boolean | undefined
}

/** A fault as fault.list answers it. */
export interface ListedFault extends FaultEffect {
  readonly fault: string
  readonly name?: string | undefined
  readonly surface: FaultSurface
  readonly endpoint?: string | undefined
  readonly account?: string | undefined
  readonly person?: string | undefined
  readonly mobile?: string | undefined
  readonly after?: number | undefined
  readonly times?: number | undefined
  readonly probability?: number | undefined
  readonly until?: string | undefined
  readonly sequence?: readonly FaultEffect[] | undefined
  readonly hits: number
  readonly fits: number
  readonly left: number | null
  readonly state: keyof FaultWords['states']
  /** The command that makes the same again. */
  readonly curl: string
}

/** What the form offers. */
export interface FaultChoices {
  readonly surfaces: readonly FaultSurface[]
  readonly endpoints: readonly string[]
  readonly accounts: readonly { readonly key: string; readonly company: string }[]
}

export interface FaultsFacts {
  readonly faults: readonly ListedFault[]
  readonly choices: FaultChoices
  readonly preset: Preset | undefined
  /** What stands in the form unless something else was typed: those of the preset. */
  readonly values: Readonly<Record<string, string>>
  /** The fault that was just made, as the call answered. */
  readonly made: { readonly fault: string; readonly answer: string } | undefined
  /** The form as a command, where that was asked for. */
  readonly curl: string | undefined
}
