/** Why the program or a simulator cannot start: one sentence, the setting at fault and the way out. */
export class StartError extends Error {
  readonly field?: string
  readonly fix?: string

  constructor(message: string, about: { field?: string; fix?: string; cause?: unknown } = {}) {
    super(message, about.cause === undefined ? undefined : { cause: about.cause })
    this.name = 'StartError'
    if (about.field !== undefined) this.field = about.field
    if (about.fix !== undefined) this.fix = about.fix
  }
}
