/** The first instant of WeChat's numbering, Unix milliseconds: fits every dated msgid on record. */
const msgid_epoch_ms = 1_509_592_270_000n

/**
 * 19 digits that grow with virtual time and are unique in their world, also on a frozen clock: milliseconds, the nth
 * send of the official account's life, the account's ordinal (below 64). Beyond 2^53: kept as text, sent as bare digits.
 */
export function makeMsgid(of: { now: number; n: number; ordinal: number }): string {
  return String((BigInt(of.now) - msgid_epoch_ms) * 16_777_216n + BigInt(of.n * 64 + of.ordinal))
}
