import { findAssociationOf } from '../../../db/association.ts'
import type { AssociationRow } from '../../../db/schema.ts'
import type { FormProps } from '../../../views/register/form.tsx'
import type { FormMode, Typed } from '../../../views/register/props.ts'
import { formToken } from '../../auth/csrf.ts'
import type { Reply } from '../../core/endpoint.ts'
import { frameOf, html } from '../../page/frame.ts'
import { noticeOf } from '../association/notice.ts'
import { authorizeBase } from '../gateway/oauth.ts'
import { spellMobile } from '../mobile.ts'
import { type Door, linkTo, type RegisterCall, type RegisterCaller } from './call.ts'
import { noticeText } from './notice.ts'
import type { Known } from './personal.ts'
import { regionOf, regionOptions } from './region.ts'
import { textResponse } from './response.ts'
import { type Errors, nothing_typed, readDraft, typedFor } from './typed.ts'
import { views } from './views.ts'

/** A form as it is shown once more. */
export interface Again {
  readonly typed: Typed
  readonly errors?: Errors
  /** It had grown old, or was made for somebody else. */
  readonly stale?: boolean
}

/** The association of whoever is looking. */
export function associationOf({
  call,
  openid,
}: Pick<Known, 'call' | 'openid'>): AssociationRow | undefined {
  const { db, world, caller } = call
  return findAssociationOf(db, { epoch: world.epoch, appid: caller.account.appid, openid })
}

/** Whether the notice of this version need not be agreed to again. */
export function hasAgreed(association: AssociationRow | undefined, version: number): boolean {
  return association?.notice_version === version
}

/** Shows the form: empty, with what was typed before, or with what is to be changed. */
export function formResponse(
  known: Known,
  of: { readonly door: Door; readonly association: AssociationRow | undefined; again?: Again },
): Reply {
  const { call, session, openid } = known
  const { door, association, again } = of
  const mode: FormMode = association ? 'change' : door === 'apply' ? 'apply' : 'first'
  const token = formToken(session.token)
  const { draft } = session.row
  const text =
    association || again || draft !== null
      ? wholeForm(call, { mode, door, association, again, draft, token })
      : emptyForm(call, { mode, door, token })
  const { errors = {}, stale = false } = again ?? {}
  const isWrong = Object.keys(errors).length > 0
  return textResponse(call, text, {
    page: `register.${mode === 'first' ? 'form' : mode}`,
    openid,
    status: stale ? 403 : isWrong ? 422 : 200,
    needs: { forms: [new URL(authorizeBase(call.caller.gateway, call.request.origin)).origin] },
  })
}

interface Whole {
  readonly mode: FormMode
  readonly door: Door
  readonly association: AssociationRow | undefined
  readonly again: Again | undefined
  readonly draft: string | null
  readonly token: string
}

/** A form of which everything may be somebody's own. */
function wholeForm(call: RegisterCall, of: Whole): string {
  const { caller } = call
  const { association, again, draft } = of
  const { version } = noticeOf(call, caller.account)
  const before = draft === null ? typedBefore(association) : typedFor(readDraft(draft), version)
  const typed = again?.typed ?? before
  const props = formProps(call, { ...of, links: caller })
  const { errors = {}, stale = false } = again ?? {}
  const options = regionOptions(caller.lang, regionOf(typed.region))
  const asksConsent = !hasAgreed(association, version)
  return render({ ...props, typed, errors, stale, options, asksConsent, token: of.token })
}

function typedBefore(association: AssociationRow | undefined): Typed {
  if (!association) return nothing_typed
  const { name, email, mobile } = association
  const { region, number } = spellMobile(mobile)
  return { name, email, region, mobile: number, consent: false }
}

/** What stands for a part of the empty form that is not the same for everybody. */
const hole = { token: '\ue000token\ue001', basePath: '\ue000basePath\ue001' }

/** The empty form: made once per language, version of the world, and whether it stands in a frame, then filled where it is not the same for everybody. */
function emptyForm(
  call: RegisterCall,
  { mode, door, token }: Pick<Whole, 'mode' | 'door' | 'token'>,
): Buffer {
  const { engine, caller } = call
  const { account, lang, namesLang, basePath } = caller
  const { isFramed } = frameOf(lang, call.request)
  const form = `${account.eid} ${door} ${lang} ${namesLang} ${isFramed}`
  const parts = engine.cache.get(call, ['empty_form', form], () => {
    const links = { ...caller, basePath: hole.basePath }
    const props = formProps(call, { mode, door, links })
    const options = regionOptions(lang, regionOf(''))
    const text = render({ ...props, options, token: hole.token })
    return text.split(/(\ue000\w+\ue001)/).map((part) => ({ part, bytes: Buffer.from(part) }))
  })
  const own = new Map([
    [hole.token, Buffer.from(token)],
    [hole.basePath, Buffer.from(basePath)],
  ])
  return Buffer.concat(parts.map(({ part, bytes }) => own.get(part) ?? bytes))
}

type Links = Pick<RegisterCaller, 'account' | 'lang' | 'namesLang' | 'basePath'>

/** Everything of a form that nobody has typed. */
function formProps(
  call: RegisterCall,
  { mode, door, links }: { mode: FormMode; door: Door; links: Links },
): Omit<FormProps, 'options' | 'token'> {
  const { account, lang } = call.caller
  const frame = frameOf(lang, call.request)
  const notice = noticeOf(call, account)
  return {
    frame,
    company: account.company,
    mode,
    action: linkTo(links, { door }),
    langAction: (other) => linkTo(links, { door, lang: other }),
    noticeHref: linkTo(links, { page: 'notice' }),
    cancelHref: linkTo(links),
    typed: nothing_typed,
    errors: {},
    stale: false,
    notice: { version: notice.version, text: noticeText(notice, frame) },
    asksConsent: true,
  }
}

function render(props: FormProps): string {
  return html(views().RegisterForm(props))
}
