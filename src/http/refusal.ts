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
