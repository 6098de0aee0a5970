/** What proves who somebody is: left out of exports and files unless it is asked for. */
export const secret_columns: readonly string[] = [
  'app_secret',
  'token',
  'aes_key',
  'partner_secret',
  'callback_secret',
  // Of a remote gateway: whoever may ask there gets the token.
  'access_token_url',
]

/** A value without the secrets in it, at whatever depth. */
export function dropSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropSecrets)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name]) => !secret_columns.includes(name))
  return Object.fromEntries(kept.map(([name, below]) => [name, dropSecrets(below)]))
}
