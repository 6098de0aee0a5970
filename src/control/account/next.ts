import { findFirstAssociation } from '../../../db/association.ts'
import type { Call } from '../../core/call.ts'
import { accountViewOf } from '../../tupu/account/account.ts'
import {
  type ChecklistStep,
  checklistOf,
  isDone,
  type Life,
  lifeOf,
  type StepName,
} from '../../tupu/account/checklist.ts'
import { eidOf } from '../../tupu/account/eid.ts'
import { missingSteps } from '../../tupu/gateway/facts.ts'

/** A call by which a step is taken, ready to be sent. */
export interface NextCall {
  /** The endpoint's id: of the control API, but for the first message, which the platform sends. */
  readonly call: string
  readonly input: Readonly<Record<string, unknown>>
}

/** IT software and agencies, as accounts that are made live have them. */
const industries = { primary: 2, secondary: 34 }
/** Somebody's who has not registered yet, in all likelihood. */
const example_mobile = '13800138000'

/** By what each step that is not done would be; null: by nothing that can be called now. */
export function nextCalls(
  call: Pick<Call, 'db' | 'world'>,
  life: Life,
  checklist: readonly ChecklistStep[],
): ReadonlyMap<StepName, NextCall | null> {
  const { db, world } = call
  const { appid } = life.account
  const association =
    appid === null ? undefined : findFirstAssociation(db, { epoch: world.epoch, appid })
  const at: Standing = {
    life,
    step: (name) => checklist.find(({ step }) => step === name) ?? nothing,
    mobile: association?.mobile,
  }
  return new Map(checklist.map((row) => [row.step, isDone(row) ? null : nexts[row.step](at)]))
}

interface Standing {
  readonly life: Life
  readonly step: (name: StepName) => Pick<ChecklistStep, 'state'>
  /** Somebody's who is registered. */
  readonly mobile: string | undefined
}

const nothing = { state: 'open' } as const

const nexts: Readonly<Record<StepName, (at: Standing) => NextCall | null>> = {
  enquiry: () => null,
  vendor_permission: ({ life, step }) => {
    const verb = step('vendor_permission').state === 'waiting' ? 'vendor.grant' : 'vendor.ask'
    return { call: verb, input: named(life) }
  },
  official_account_connected: ({ life, step }) => {
    const { state } = step('vendor_permission')
    // The vendor may still agree: whoever has an official account wants no other one.
    if (state === 'waiting') return null
    const existing = state === 'done' ? { existing: true } : {}
    return { call: 'account.connect', input: { ...named(life), ...existing } }
  },
  industries_set: ({ life }) => atWechat(life, 'industry.set', industries),
  template_applied: ({ life }) => {
    const { application } = life.progress
    if (!application) return atWechat(life, 'application.create')
    return handIn(application)
  },
  template_approved: ({ life }) => {
    const { application } = life.progress
    if (application?.state === 'rejected') return handIn(application)
    if (application?.state !== 'pending') return null
    return { call: 'application.approve', input: { application: application.application } }
  },
  registration_page_published: ({ life }) => {
    const { appid } = life.account
    return appid === null ? null : { call: 'registration_page.publish', input: named(life) }
  },
  eid_issued: ({ life }) => turn(life, 'eid.issue'),
  eid_confirmed: ({ life, step }) =>
    isDone(step('eid_issued')) ? turn(life, 'eid.confirm') : null,
  first_registration: ({ life }) => {
    const { account } = life
    if (account.appid === null || life.gateway.kind === 'remote') return null
    const input = { account: account.key, mobile: example_mobile }
    return { call: 'association.create', input }
  },
  first_message: ({ life, mobile }) => {
    if (life.account.state !== 'active') return null
    if (missingSteps(life.facts).length > 0 || mobile === undefined) return null
    const input = { eid: eidOf(life.account), mobile, message: '欢迎加入，请完成入职登记' }
    return { call: 'message.send', input }
  },
}

function named({ account }: Life): { readonly eid: string } {
  return { eid: account.key }
}

function turn(life: Life, call: string): NextCall | null {
  return life.account.state === 'revoked' ? null : { call, input: named(life) }
}

/** What is done in the console of our own WeChat; that of another one is not ours. */
function atWechat({ account, gateway }: Life, call: string, more: object = {}): NextCall | null {
  const { appid } = account
  if (appid === null || gateway.kind === 'remote') return null
  return { call, input: { appid, ...more } }
}

function handIn({ application }: { readonly application: string }): NextCall {
  return { call: 'application.submit', input: { application } }
}

/** The steps that an account must take to be live, in their order. */
const to_live = [
  'official_account_connected',
  'industries_set',
  'template_applied',
  'template_approved',
] as const

/** The call that brings an account nearest to sending: the last one that is missing, or the first of several. */
export function nextStep(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  eid: string,
): NextCall | null {
  const view = accountViewOf(call, eid)
  if (!view) return null
  const life = lifeOf(call, view)
  const nexts = nextCalls(call, life, checklistOf(life))
  return to_live.reduce<NextCall | null>((first, step) => first ?? nexts.get(step) ?? null, null)
}
