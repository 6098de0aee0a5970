/** A database that cannot be used: why, and what to do. */
export class BadDatabaseError extends Error {
  readonly reason: string
  readonly fix: string

  constructor(said: { reason: string; fix: string; cause?: unknown }) {
    super(`${said.reason}; ${said.fix}`, { cause: said.cause })
    this.name = 'BadDatabaseError'
    this.reason = said.reason
    this.fix = said.fix
  }
}
