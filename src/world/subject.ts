import { deriveHex, type Source } from './seed.ts'

/** Somebody whose personal data a row may hold: an openid of an official account, or a mobile (E.164) at an account of TUPU's. */
export type Subject =
  | { readonly appid: string; readonly openid: string }
  | { readonly eid: string; readonly mobile: string }

/** So many hex digits tell everybody in a world apart. */
const key_length = 24

/**
 * What rows know somebody by: a hash with the world's seed, which is found again but says nothing. An account is meant by
 * its first EID: unlike its appid it never changes, and a mobile may be told before there is an official account.
 */
export function subjectKey(source: Source, subject: Subject): string {
  const whose =
    'openid' in subject
      ? ['openid', subject.appid, subject.openid]
      : ['mobile', subject.eid, subject.mobile]
  return deriveHex(source, 'subject', ...whose).slice(0, key_length)
}
