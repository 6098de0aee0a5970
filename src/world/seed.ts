import { hash, randomBytes } from 'node:crypto'

/**
 * Chance and ids. Whatever a test may want to see again is derived from the world's name and seed, a
 * purpose and a natural key, so that order, concurrency and replicas cannot change it. Only sessions
 * and control tokens come from the system's generator.
 */
export interface Source {
  readonly world: string
  readonly seed: string
}

const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const readable = '23456789abcdefghjkmnpqrstuvwxyz'

/** 32 derived bytes as 64 hex digits. */
export function deriveHex(source: Source, purpose: string, ...key: (string | number)[]): string {
  return hash('sha256', JSON.stringify([source.world, source.seed, purpose, ...key]), 'hex')
}

/** `length` derived characters of an alphabet; as many hashes are drawn as that takes. */
function deriveText(
  alphabet: string,
  length: number,
  source: Source,
  purpose: string,
  ...key: (string | number)[]
): string {
  let text = ''
  for (let block = 0; text.length < length; block++) {
    const bytes = Buffer.from(deriveHex(source, purpose, block, ...key), 'hex')
    for (const byte of bytes) {
      if (text.length < length) text += alphabet[byte % alphabet.length]
    }
  }
  return text
}

/** Characters of `[A-Za-z0-9_-]`, as in tokens, openids and template ids. */
export function deriveBase64url(
  length: number,
  source: Source,
  purpose: string,
  ...key: (string | number)[]
): string {
  return deriveText(base64url, length, source, purpose, ...key)
}

/** Characters of `[0-9A-Za-z]`, as in encoding keys. */
export function deriveBase62(
  length: number,
  source: Source,
  purpose: string,
  ...key: (string | number)[]
): string {
  return deriveText(base62, length, source, purpose, ...key)
}

/** Lower-case characters that cannot be mistaken for each other, for ids that people type. */
export function deriveReadable(
  length: number,
  source: Source,
  purpose: string,
  ...key: (string | number)[]
): string {
  return deriveText(readable, length, source, purpose, ...key)
}

/** A secret that nobody can derive: control tokens, sessions. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

/** The name of a world that nobody named. */
export function randomName(): string {
  return `w-${randomBytes(6).toString('hex')}`
}
