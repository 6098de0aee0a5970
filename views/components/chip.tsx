import type { PropsWithChildren } from 'hono/jsx'

/** What a state means to whoever reads it: its word says so, too. */
export type Tone = 'good' | 'bad' | 'warn' | 'plain'

/** A state in one or two words; a code stands in it, never alone. */
export function Chip({ tone = 'plain', children }: PropsWithChildren<{ tone?: Tone }>) {
  return <span class={tone === 'plain' ? 'c-chip' : `c-chip c-${tone}`}>{children}</span>
}
