import { listAccounts } from '../../db/account.ts'
import { listMobilesOf } from '../../db/address.ts'
import { insertContact, type Recipient } from '../../db/contact.ts'
import { listJudgedBefore } from '../../db/message.ts'
import { listPeopleWithMobile } from '../../db/person.ts'
import type { ContactRow } from '../../db/schema.ts'
import { topics } from '../../db/topic.ts'
import type { Call } from '../core/call.ts'
import { meet } from '../core/outcomes.ts'
import { readMobile } from '../tupu/mobile.ts'
import { readEmail } from '../world/address.ts'
import type { Scope } from '../world/world.ts'

/** What somebody is sent. */
export type Content = Pick<ContactRow, 'from' | 'subject' | 'text' | 'html'>

/** Puts what was sent on the phones of its recipients. Returns their keys, in the same order. */
export function keepContacts(call: Call, to: readonly Recipient[], content: Content): string[] {
  const { db, world } = call
  const { epoch, now: at } = world
  const trace = call.trace()
  const contacts = to.map((recipient, i) => {
    const contact = contactKey(call.ordinal(), i)
    const whose =
      'mobile' in recipient
        ? { channel: 'sms' as const, mobile: recipient.mobile, email: null }
        : { channel: 'email' as const, mobile: null, email: recipient.email }
    insertContact(db, { epoch, contact, ...whose, ...content, trace, at })
    return contact
  })
  const mobiles = to.flatMap((recipient) => mobilesOf(call, recipient))
  if (isFallBack(call, mobiles)) {
    const isSms = to.some((recipient) => 'mobile' in recipient)
    meet(call, isSms ? 'fallback.sms' : 'fallback.email')
  }
  for (const mobile of new Set(mobiles)) {
    for (const { person } of listPeopleWithMobile(db, epoch, mobile))
      db.announce(epoch, topics.phone(person))
  }
  return contacts
}

/** Among so many of the latest sends it is looked for what somebody falls back from. */
const sends_max = 200
/** Comes after all keys. */
const after_all = ':'
const undelivered: readonly string[] = ['refused', 'failed', 'unknown']

/** Whether the latest send to one of some mobiles has not arrived. */
function isFallBack({ db, world }: Call, mobiles: readonly string[]): boolean {
  const { epoch } = world
  const sends = listJudgedBefore(db, { epoch, before: after_all, limit: sends_max })
  return mobiles.some((mobile) => {
    const latest = sends.find((send) => send.mobile === mobile)
    return latest !== undefined && undelivered.includes(latest.state)
  })
}

/** Fixed width, sorts as they came: the nth call of the world's sinks, and the nth recipient of it. */
function contactKey(n: number, i: number): string {
  return String(n).padStart(12, '0') + String(i).padStart(4, '0')
}

/** Says whose the call is, so that a withdrawal finds its exchange. */
export function concernRecipients(call: Call, to: readonly Recipient[]): void {
  if (to.length === 0) return
  const mobiles = new Set(to.flatMap((recipient) => mobilesOf(call, recipient)))
  for (const { eid } of listAccounts(call.db, call.world.epoch))
    for (const mobile of mobiles) call.concern({ eid, mobile })
}

/** Whose phones it would come to: of an e-mail those to whom the address belongs. */
export function mobilesOf({ db, world }: Scope, recipient: Recipient): string[] {
  if ('mobile' in recipient) return [recipient.mobile]
  return listMobilesOf(db, { epoch: world.epoch, email: recipient.email })
}

/** An e-mail address, with or without the name of whom it is. */
export function readAddress(text: string): string | undefined {
  return readEmail(/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text)
}

/** How each of the three kinds of sink calls its recipients. */
const names = ['to', 'To', 'PhoneNumbers']

/** More than any call may have. */
const recipients_max = 1000

/** The recipients that a call names, as it names them. */
export function recipientTexts(fields: Call['fields']): string[] {
  const texts = names.flatMap((name) => fields[name] ?? []).filter((one) => typeof one === 'string')
  return texts.flatMap((text) => text.split(',')).slice(0, recipients_max)
}

/** Whom a call names, as far as that can be read: also one that is refused. */
export function recipientsIn(fields: Call['fields']): Recipient[] {
  return recipientTexts(fields).flatMap((part): Recipient[] => {
    const mobile = readMobile(part)
    const email = readAddress(part)
    return mobile ? [{ mobile }] : email ? [{ email }] : []
  })
}
