/** One thing that is wrong in what was given: where it stands, why, and the way out. */
export interface Fault {
  /** As in `worlds.0.people.1.mobile`; empty when it is the text as a whole. */
  readonly field: string
  readonly reason: string
  readonly fix: string
  readonly file?: string
  readonly line?: number
}

/** Why the program or a simulator cannot start: one sentence, the setting at fault and the way out. */
export class StartError extends Error {
  readonly field?: string
  readonly fix?: string
  /** Each of the faults that the message tells of, when they are in data such as worlds or a configuration file. */
  readonly faults?: readonly Fault[]

  constructor(
    message: string,
    about: { field?: string; fix?: string; faults?: readonly Fault[]; cause?: unknown } = {},
  ) {
    super(message, about.cause === undefined ? undefined : { cause: about.cause })
    this.name = 'StartError'
    if (about.field !== undefined) this.field = about.field
    if (about.fix !== undefined) this.fix = about.fix
    if (about.faults !== undefined) this.faults = about.faults
  }
}

/** The error for faults in data: all of them at once. */
export function faultError(faults: readonly Fault[], cause?: unknown): StartError {
  const lines = faults.map(faultLine)
  const [first] = faults
  const message = lines.length === 1 ? lines : [`There are ${lines.length} faults:`, ...lines]
  return new StartError(message.join('\n'), {
    ...(first?.field && { field: first.field }),
    faults,
    ...(cause !== undefined && { cause }),
  })
}

/** A fault in one line: `file:line field: reason; fix`. */
export function faultLine({ file, line, field, reason, fix }: Fault): string {
  const place = file === undefined ? '' : `${file}:${line ?? 1}`
  return `${[place, field].filter(Boolean).join(' ')}: ${reason}; ${fix}`
}
