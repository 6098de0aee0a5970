import type { StepFacts } from '../world/step.ts'

/**
 * How sure we are that the real service behaves so: `documented` = two or more independent
 * sources, `reported` = one source, `assumed` = our inference.
 */
export type Fidelity = 'documented' | 'reported' | 'assumed'

/** One code that a surface may refuse with: the exact text on the wire and what it means. */
export interface RefusalEntry {
  readonly code: number
  /** Wire text; a part in braces is filled by the refusal. */
  readonly text: string
  readonly en: string
  readonly zh: string
  readonly fidelity: Fidelity
}

/** A business no: returned, never thrown. `writes`: what it leaves behind, when all else is taken back. */
export interface Refusal {
  readonly kind: 'refusal'
  readonly code: number
  readonly text: string
  readonly step: StepFacts
  /** HTTP status where the surface does not answer business refusals with 200. */
  readonly status?: number
  /** Members of the answer besides code and text. */
  readonly extra?: Readonly<Record<string, unknown>>
  /** Completes the text when the exchange has its name: WeChat's `rid` is made of it. */
  readonly complete?: (text: string, at: { trace: string; now: number }) => string
  readonly writes?: (() => unknown) | undefined
  /** Of a send that was carried out though its answer says otherwise, or nothing: WeChat's msgid of it. */
  readonly lost_msgid?: string | undefined
}

export type RefusalTable = ReadonlyMap<number, RefusalEntry>

/** Makes a surface's `refuse`: the only place where a code gets its text. */
export function refuser(table: RefusalTable) {
  return (
    code: number,
    step: StepFacts,
    fill: Readonly<Record<string, string | number>> = {},
  ): Refusal => {
    const entry = table.get(code)
    if (!entry) throw new Error(`code ${code} is not in the surface's table`)
    const text = entry.text.replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(fill[name] ?? whole),
    )
    return { kind: 'refusal', code, text, step }
  }
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'refusal'
}
