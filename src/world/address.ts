import { insertAddress } from '../../db/address.ts'
import { subjectKey } from './subject.ts'
import type { Scope } from './world.ts'

/** What is longer is no address (RFC 5321 §4.5.3.1). */
export const email_length_max = 254

/** An address as addresses are compared: without blanks around it, in lower case. Undefined: it is none. */
export function readEmail(text: string): string | undefined {
  const email = text.trim().toLowerCase()
  return email.length <= email_length_max && EMAIL.test(email) ? email : undefined
}

/** Something on both sides of a sign, and nothing that ends an address elsewhere. */
const EMAIL = /^[^\s@<>",;]+@[^\s@<>",;]+$/

const MOBILE = /^\+\d{1,15}$/

/**
 * A send or an association of an account (by its first EID) names both: what is sent to the address is sent to whoever has the
 * mobile (E.164).
 */
export function nameAddress(
  { db, world }: Scope,
  {
    eid,
    email: text,
    mobile,
  }: { readonly eid: string; readonly email: string; readonly mobile: string },
): void {
  const email = readEmail(text)
  if (email === undefined || !MOBILE.test(mobile)) return
  const named = { epoch: world.epoch, email, mobile, eid }
  insertAddress(db, named, () => subjectKey(world, { eid, mobile }))
}
