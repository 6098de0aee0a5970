import { BadDatabaseError } from './bad-database.ts'

/** The SQLSTATE of an error, or the system's code, or nothing. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

/** A database as people may see it: no user, no password. */
export function addressOf(url: string): string {
  if (!URL.canParse(url)) {
    throw new BadDatabaseError({
      reason: 'The address of the PostgreSQL database cannot be read',
      fix: 'write it as postgres://user:password@host:5432/database, special characters as %40 and the like',
    })
  }
  const { host, pathname } = new URL(url)
  return `postgres://${host}${pathname}`
}

/** By SQLSTATE: what is wrong besides the connection. */
const postgres_reasons: Readonly<Record<string, { reason: string; fix: string }>> = {
  '42P07': {
    reason: 'holds tables of another program',
    fix: 'give the simulator a database of its own',
  },
  '42501': {
    reason: 'does not let this user make tables',
    fix: 'grant it CREATE on the schema, or use another user',
  },
}
const unreachable = /^(E[A-Z]+|08...|28...|3D000|53300|57P0.)$/

/** Says why a database cannot be used, when it is not the simulator's fault. */
export function explain(error: unknown, address: string): unknown {
  if (error instanceof BadDatabaseError) return error
  const code = codeOf(error)
  const found = postgres_reasons[code]
  if (found)
    return new BadDatabaseError({
      reason: `${address} ${found.reason}`,
      fix: found.fix,
      cause: error,
    })
  // Of errors that have no code, those of the driver are about the connection: no answer, or no encryption.
  const isDrivers = code === '' && error instanceof Error && error.name === 'Error'
  if (!isDrivers && !unreachable.test(code)) return error
  const said = error instanceof Error && error.message ? error.message : code
  return new BadDatabaseError({
    reason: `${address} cannot be reached (${said})`,
    fix: 'check that PostgreSQL runs there and that user, password and database name are right',
    cause: error,
  })
}
