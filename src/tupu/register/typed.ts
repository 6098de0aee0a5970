import { z } from 'zod'
import type { FieldCode, FieldName, Typed } from '../../../views/register/props.ts'
import { INVISIBLE } from '../../core/spelling.ts'
import { subjectKey } from '../../world/subject.ts'
import type { World } from '../../world/world.ts'
import { findMagic } from '../message/magic.ts'
import { readMobile } from '../mobile.ts'
import type { RegisterCall } from './call.ts'
import { regionOf } from './region.ts'
import type { Draft } from './session.ts'
import { faultOfEmail, faultOfName, trimBlanks } from './text.ts'

/** Characters of one field that are kept for a browser on its way to WeChat: more is no answer. */
const draft_length_max = 500

/** What a candidate has entered, as it is kept. */
export interface Entered {
  readonly name: string
  /** E.164. */
  readonly mobile: string
  readonly email: string
}

export type Errors = Readonly<Partial<Record<FieldName, FieldCode>>>

/** What a form brought, in whatever shape; `notice` is the version that its page showed. */
export interface Sent {
  readonly typed: Typed
  readonly notice: number
}

export const nothing_typed: Typed = {
  name: '',
  region: 'CN',
  mobile: '',
  email: '',
  consent: false,
}

/** Reads a form's fields; a missing one is as good as an empty one. */
export function readForm(fields: Readonly<Record<string, unknown>>): Sent {
  const text = (name: string) => {
    const value = fields[name]
    return typeof value === 'string' ? value : ''
  }
  const typed = {
    name: text('name'),
    region: regionOf(text('region')),
    mobile: text('mobile'),
    email: text('email'),
    consent: text('consent') === 'yes',
  }
  return { typed, notice: /^\d{1,9}$/.test(text('notice')) ? Number(text('notice')) : 0 }
}

/** What was entered, or what is wrong with it, field by field. `agreed`: the notice needs no consent any more. */
export function validateForm(
  sent: Sent,
  of: { readonly world: Pick<World, 'magic'>; readonly version: number; readonly agreed: boolean },
): Entered | { readonly errors: Errors } {
  const { typed, notice } = sent
  const name = trimBlanks(typed.name)
  const email = trimBlanks(typed.email)
  const mobile = mobileOf(sent)
  const found: Record<FieldName, FieldCode | undefined> = {
    name: faultOfName(name),
    mobile: faultOfMobile(typed.mobile, mobile, of.world),
    email: faultOfEmail(email),
    consent: of.agreed ? undefined : faultOfConsent(typed, notice, of.version),
  }
  const errors = Object.fromEntries(Object.entries(found).filter(([, code]) => code !== undefined))
  if (mobile === undefined || Object.keys(errors).length > 0) return { errors }
  return { name, mobile, email }
}

/** A magic mobile answers sends by itself; that is told to nobody here. */
function faultOfMobile(
  typed: string,
  mobile: string | undefined,
  world: Pick<World, 'magic'>,
): FieldCode | undefined {
  if (trimBlanks(typed.replace(INVISIBLE, '')) === '') return 'mobile_missing'
  if (mobile === undefined) return 'mobile_invalid'
  return findMagic(world, mobile) ? 'mobile_unusable' : undefined
}

function faultOfConsent(
  { consent }: Typed,
  notice: number,
  version: number,
): FieldCode | undefined {
  if (notice !== version) return 'notice_changed'
  return consent ? undefined : 'consent_missing'
}

const draftShape = z.object({
  typed: z.object({
    name: z.string(),
    region: z.string(),
    mobile: z.string(),
    email: z.string(),
    consent: z.boolean(),
  }),
  notice: z.int(),
})

/** The mobile that was typed, as far as it is one. */
export function mobileOf({ typed }: Sent): string | undefined {
  return readMobile(typed.mobile, regionOf(typed.region))
}

/** What was typed, to be kept in a session while the browser is at WeChat. */
export function writeDraft({ world, caller }: RegisterCall, sent: Sent): Draft {
  const { typed, notice } = sent
  const { name, mobile, email } = typed
  const read = mobileOf(sent)
  const cut = (text: string) =>
    text.slice(0, draft_length_max).toWellFormed().replaceAll('\0', '\ufffd')
  const kept = { ...typed, name: cut(name), mobile: cut(mobile), email: cut(email) }
  const mobile_key = read && subjectKey(world, { eid: caller.account.eid, mobile: read })
  return { draft: JSON.stringify({ typed: kept, notice }), mobile_key: mobile_key ?? null }
}

/** What a draft keeps. */
export function readDraft(draft: string): Sent {
  return draftShape.parse(JSON.parse(draft))
}

/** What is shown once more: whoever has agreed to another notice than the present one must do so again. */
export function typedFor({ typed, notice }: Sent, version: number): Typed {
  return { ...typed, consent: typed.consent && notice === version }
}
