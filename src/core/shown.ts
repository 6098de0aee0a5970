import { z } from 'zod'

const drawnLine = z.object({ label: z.string(), value: z.string() })

/** A line of a message on the phone. */
export type DrawnLine = Readonly<z.output<typeof drawnLine>>

/**
 * What the phone shows of a template message, as its row keeps it in JSON: the line, and the other values by the names of
 * their placeholders. `drawn`: the lines below, where they are more than the template's labels and those values.
 */
export const shownShape = z.object({
  line: z.string().nullable(),
  keywords: z.record(z.string(), z.string()),
  drawn: z.array(drawnLine).optional(),
})
type Shown = z.output<typeof shownShape>

/** Reads what a row keeps. */
export function readShown(kept: string): Shown {
  return shownShape.parse(JSON.parse(kept))
}

/** The same with another text for each that came from a sender. */
export function mapShown(
  { line, keywords, drawn }: Shown,
  change: (text: string) => string,
): Shown {
  const changed = Object.entries(keywords).map(([name, text]) => [name, change(text)])
  return {
    line: line === null ? null : change(line),
    keywords: Object.fromEntries(changed),
    ...(drawn && { drawn: drawn.map(({ label, value }) => ({ label, value: change(value) })) }),
  }
}
