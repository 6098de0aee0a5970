/** Is this text under this name a secret? Codes of OAuth are; those of Node and SQLite are not. */
export function isSecretText(key: string, text: string): boolean {
  return isAlwaysSecretKey(key) || (isCodeKey(key) && !SYSTEM_CODE.test(text))
}

/** Secret whatever stands under it: text, number or a whole object. */
export function isAlwaysSecretKey(key: string): boolean {
  return SECRET.test(plain(key))
}

/** The code of an OAuth redirect, if it is text; return codes have the same name. */
export function isCodeKey(key: string): boolean {
  return CODE.test(plain(key))
}

/** Does a field of this name hold a mobile number, readable as one or not? */
export function isMobileKey(key: string): boolean {
  return MOBILE.test(plain(key))
}

/** Does a field of this name hold an e-mail address? */
export function isEmailKey(key: string): boolean {
  return EMAIL.test(plain(key))
}

/** Is this the name of what a web login brings back? A message has a state, too. */
export function isStateKey(key: string): boolean {
  return plain(key) === 'state'
}

/** Do these parameters of an address belong to a web login? */
export function areOfLogin(keys: readonly string[]): boolean {
  return keys.some((key) => LOGIN.test(plain(key)))
}

const LOGIN = /^(?:code|redirecturi|responsetype)$/

const SECRET_ENDINGS = 'secret|token|ticket|password|authorization|signature|cookie|csrf'
const KEY_KINDS = 'aes|api|session|private'
const SECRET = new RegExp(`(?:${SECRET_ENDINGS}|(?:${KEY_KINDS})key)$|^(?:pay)?sign$`)
const CODE = /^(?:auth|authorization|preauth)?code$/
/** `ECONNREFUSED`, `ERR_INVALID_URL`, `SQLITE_BUSY`. */
const SYSTEM_CODE = /^(?:E[A-Z]{3,}|(?:ERR|SQLITE)(?:_[A-Z0-9]+)+)$/
const MOBILE = /^(?:mobile|phone|tel)(?:number|phone)?$|^(?:telephone|cellphone|msisdn)$/
const EMAIL = /^e?mail(?:address)?$/

/** `EncodingAESKey`, `aes_key` and `X-Aes-Key` are one name. */
function plain(key: string): string {
  const known = plain_keys.get(key)
  if (known !== undefined) return known
  const found = key.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (key.length <= key_length_max) {
    if (plain_keys.size >= plain_keys_max) plain_keys.clear()
    plain_keys.set(key, found)
  }
  return found
}

/** The same names come again and again, each asked for several kinds. */
const plain_keys = new Map<string, string>()
const plain_keys_max = 1000
const key_length_max = 64
