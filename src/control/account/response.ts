import { z } from 'zod'
import { listEids } from '../../../db/eid.ts'
import { findOfficialAccount } from '../../../db/official-account.ts'
import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { baseUrl } from '../../core/locate.ts'
import { type AccountView, accountViewOf } from '../../tupu/account/account.ts'
import {
  checklistOf,
  isDone,
  type Life,
  lifeOf,
  step_states,
  steps,
} from '../../tupu/account/checklist.ts'
import { eidOf } from '../../tupu/account/eid.ts'
import { account_verbs } from '../../tupu/account/event.ts'
import { sendableOf, sendableShape } from '../../tupu/endpoint.ts'
import { gatewayOf, timeoutOf } from '../../tupu/gateway/config.ts'
import { missingSteps, readFacts } from '../../tupu/gateway/facts.ts'
import { templateOf } from '../../wechat/template/template.ts'
import { toDuration, toIso } from '../../world/clock.ts'
import { nextCalls } from './next.ts'

const eidState = z
  .enum(['active', 'suspended', 'revoked'])
  .meta(words('Of its EIDs.', '它的 EID 的状态。'))

const templateState = z
  .enum(['active', 'disabled'])
  .nullable()
  .meta(
    words(
      'Of the template that messages are sent by; by a disabled one WeChat sends none (40037). Null: there is none yet, or another WeChat has it.',
      '发送消息所用模板的状态；用已封禁的模板发送，微信会拒绝（40037）。null：还没有模板，或模板在其他微信。',
    ),
  )

/** An account as the control API describes it. */
export const accountShape = z.object({
  key: z.string(),
  company: z.string(),
  eid: z.string(),
  appid: z.string().nullable(),
  app_secret: z.string().nullable(),
  token: z.string().nullable(),
  aes_key: z.string().nullable(),
  partner_secret: z.string().nullable(),
  template_id: z.string().nullable(),
  register_url: z.string().nullable(),
  rebind: z.enum(['reject', 'replace']),
  oauth_scope: z.enum(['snsapi_base', 'snsapi_userinfo']),
  callback: z.object({ url: z.string(), secret: z.string().nullable() }).nullable(),
  retention_days: z.int().nullable(),
  minute_limit: z.int().nullable(),
  gateway_timeout: z.string(),
})
export type AccountResponse = z.output<typeof accountShape>

/** Whatever a caller needs to be an account's platform or its WeChat client. */
export function accountResponse(call: Call, account: AccountRow): AccountResponse {
  const { key, company, appid, partner_secret, rebind, oauth_scope, retention_days } = account
  const eid = eidOf(account)
  const gateway = gatewayOf(account)
  const isLocal = gateway.kind === 'local'
  const official =
    isLocal && appid !== null ? findOfficialAccount(call.db, call.world.epoch, appid) : undefined
  const template_id = isLocal
    ? account.template_id
    : (readFacts(account.facts).template?.template_id ?? null)
  return {
    key,
    company,
    eid,
    appid,
    app_secret: official?.app_secret ?? null,
    token: (isLocal ? official?.token : gateway.token) ?? null,
    aes_key: (isLocal ? official?.aes_key : gateway.aes_key) ?? null,
    partner_secret,
    template_id,
    register_url: appid === null ? null : registerUrl(call, account),
    rebind,
    oauth_scope,
    callback: callbackResponse(account),
    retention_days,
    minute_limit: account.minute_limit,
    gateway_timeout: toDuration(timeoutOf(gateway, call.engine.limits)),
  }
}

/** Where an account's candidates register. */
export function registerUrl(call: Call, account: AccountRow): string {
  return `${baseUrl(call)}/register/${eidOf(account)}`
}

/** Where TUPU tells the platform what became of messages. */
function callbackResponse({ callback_url: url, callback_secret: secret }: AccountRow) {
  return url === null ? null : { url, secret }
}

/** An account in a list: who it is, and how it stands. */
export const listedAccountShape = z.object({
  key: z.string(),
  company: z.string(),
  eid: z.string(),
  appid: z.string().nullable(),
  state: eidState,
  live: z.boolean(),
  sendable: sendableShape,
  template_state: templateState,
  missing: z
    .array(z.string())
    .meta(
      words('The missing steps, without which the account is not live.', '缺了就不能开通的步骤。'),
    ),
  created_at: z.iso.datetime().meta(words('When the customer applied.', '客户提出需求的时间。')),
})

/** How an account stands, as a list tells it; no other WeChat is asked. */
export function listedAccountResponse(
  call: Call,
  row: AccountRow,
): z.output<typeof listedAccountShape> {
  const view = viewOf(call, row.eid)
  const { account, facts } = view
  const { key, company, appid, state } = account
  const missing = missingSteps(facts)
  const sendable = sendableOf(view)
  return {
    key,
    company,
    eid: eidOf(row),
    appid,
    state,
    live: sendable.ok,
    sendable,
    template_state: templateStateOf(call, view),
    missing,
    created_at: toIso(row.created_at),
  }
}

function templateStateOf(
  call: Call,
  { account, gateway }: AccountView,
): z.output<typeof templateState> {
  const { template_id } = account
  if (gateway.kind === 'remote' || template_id === null) return null
  return templateOf(call, template_id)?.state ?? 'disabled'
}

function viewOf(call: Call, eid: string) {
  const view = accountViewOf(call, eid)
  if (!view) throw new Error(`the account ${eid} is gone within its epoch`)
  return view
}

/** Of what has happened, so much is shown: the latest. */
const events_max = 200
const instant = z.iso.datetime().nullable()

const stepShape = z.object({
  step: z.enum(steps),
  done: z.boolean(),
  at: instant,
  state: z
    .enum(step_states)
    .meta(
      words(
        'not_needed counts as done; waiting: somebody else has to act.',
        'not_needed 算作完成；waiting：等待别人处理。',
      ),
    ),
  reason: z
    .string()
    .nullable()
    .meta(words('Why the vendor or WeChat refused it.', '服务商或微信拒绝的理由。')),
  next: z
    .object({ call: z.string(), input: z.record(z.string(), z.unknown()) })
    .nullable()
    .meta(
      words(
        'The call that completes the step; null: there is none at the moment.',
        '能完成这一步的调用；null：现在没有。',
      ),
    ),
})

/** An account with its whole life. */
export const lifeShape = accountShape.extend({
  state: eidState,
  eids: z
    .array(
      z.object({
        eid: z.string(),
        ends_at: instant.meta(
          words(
            'When it stops working; null: it is the current one.',
            '何时失效；null：这是现在的 EID。',
          ),
        ),
      }),
    )
    .meta(words('All EIDs that it has had.', '它有过的全部 EID。')),
  live: z
    .boolean()
    .meta(words('All steps are complete, and the EID is active.', '什么都不缺，且 EID 有效。')),
  sendable: sendableShape,
  template_state: templateState,
  missing: z.array(z.string()),
  checklist: z.array(stepShape),
  events: z
    .array(
      z.object({
        at: z.iso.datetime(),
        verb: z.enum(account_verbs),
        detail: z.record(z.string(), z.unknown()),
      }),
    )
    .meta(
      words(
        `At most the latest ${events_max}, oldest first.`,
        `最多最近 ${events_max} 条，从旧到新。`,
      ),
    ),
})

/** What all calls have in common that do something to an account, and answer its life. */
export const lifeCall = {
  methods: ['POST'],
  from: ['path', 'json'],
  answer: lifeShape,
  refusals: [409],
} as const

/** How an account stands by now, and what could be done next. */
export function lifeResponse(
  call: Call,
  { eid }: Pick<AccountRow, 'eid'>,
): z.output<typeof lifeShape> {
  const view = viewOf(call, eid)
  const { account } = view
  const life = lifeOf(call, view)
  const missing = missingSteps(life.facts)
  const sendable = sendableOf(life)
  return {
    ...accountResponse(call, account),
    state: account.state,
    eids: eidsResponse(call, account),
    live: sendable.ok,
    sendable,
    template_state: templateStateOf(call, view),
    missing,
    checklist: stepsResponse(call, life),
    events: life.events.slice(-events_max).map((event) => ({ ...event, at: toIso(event.at) })),
  }
}

function eidsResponse({ db, world }: Call, account: AccountRow) {
  const rows = listEids(db, { epoch: world.epoch, account: account.eid })
  if (rows.length === 0) return [{ eid: eidOf(account), ends_at: null }]
  return rows.map(({ eid, valid_until }) => {
    return { eid, ends_at: valid_until === null ? null : toIso(valid_until) }
  })
}

function stepsResponse(call: Call, life: Life): z.output<typeof stepShape>[] {
  const checklist = checklistOf(life)
  const nexts = nextCalls(call, life, checklist)
  return checklist.map((row) => {
    const { step, state, at, reason } = row
    const next = nexts.get(step) ?? null
    return {
      step,
      done: isDone(row),
      at: at === null ? null : toIso(at),
      state,
      reason,
      next: next && { call: next.call, input: { ...next.input } },
    }
  })
}
