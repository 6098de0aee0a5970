import { z } from 'zod'
import { insertAccount, listAccounts } from '../../../db/account.ts'
import { findEid } from '../../../db/eid.ts'
import { updateOfficialAccount } from '../../../db/official-account.ts'
import type { AccountRow, OfficialAccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { keepEvent } from '../../tupu/account/event.ts'
import { putMenu } from '../../wechat/menu/menu.ts'
import { makeTemplate } from '../../wechat/template/template.ts'
import { deriveReadable } from '../../world/seed.ts'
import { claim, touchVersion } from '../../world/world.ts'
import { key, nameText } from '../field.ts'
import { keptCallback, wantedCallback } from './callback.ts'
import { firstMenu } from './first-menu.ts'
import { hiringTemplates } from './hiring-template.ts'
import { idTaken, officialFields, openOfficial, readWishes } from './official.ts'
import { partnerSecret, refuseProfile, wantedMinuteLimit, wantedSecret } from './partner.ts'
import { wantedRebind, wantedRetention, wantedScope } from './registration.ts'
import { showAccount, shownAccount } from './show.ts'

/** Its ordinal is part of message keys. */
const accounts_max = 64
/** IT software and agencies: the industries that HR vendors take. */
const industries = { primary_industry: 2, secondary_industry: 34 }

/** An account in the body of world.create. */
export const accountInput = z.strictObject({
  key: key.meta(
    words(
      'Your name for it; EID, appid and secrets are derived from it.',
      '你给它起的名字；EID、appid 和密钥由此推导。',
    ),
  ),
  company: nameText
    .optional()
    .meta(words('Shown in messages. Left out: the key.', '显示在消息里。不填则用 key。')),
  stage: z
    .enum(['live', 'new'])
    .default('live')
    .meta(
      words(
        'live: may send at once; new: nothing is set up yet.',
        'live：马上可以发送；new：什么都还没有设置。',
      ),
    ),
  eid: z
    .string()
    .regex(/^[A-Za-z0-9_-]{4,64}$/, '4 to 64 letters, digits, - and _')
    .optional(),
  ...officialFields,
  profile: z.string().optional().meta(words('Name of a partner profile.', '伙伴配置的名称。')),
  partner_secret: wantedSecret,
  minute_limit: wantedMinuteLimit.optional(),
  rebind: wantedRebind.optional(),
  oauth_scope: wantedScope.optional(),
  callback: wantedCallback.optional(),
  retention_days: wantedRetention.optional(),
})
export type AccountInput = z.output<typeof accountInput>

export const createAccount = endpoint({
  id: 'account.create',
  methods: ['POST'],
  path: '/worlds/{world}/accounts',
  from: ['path', 'json'],
  summary: { en: "Make a customer's account", zh: '新建客户的账号' },
  status: 201,
  input: accountInput.extend({ world: z.string() }),
  answer: shownAccount,
  refusals: [409],
  example: { input: { key: 'initech', company: '首创软件' } },
  async handle(call) {
    const { world: _, ...input } = call.input
    const created = await makeAccount(call, input)
    return isRefusal(created) ? created : reply(201, await showAccount(call, created))
  },
})

/** Makes an account; of stage `live` with an official account, industries, an approved template, and a menu. */
export async function makeAccount(
  call: Call,
  input: AccountInput,
  field = '',
): Promise<AccountRow | Refusal> {
  const { db, world } = call
  const existing = await listAccounts(db, world.epoch)
  const no = refuseAccount(call, existing, input, field)
  if (no) return no
  await touchVersion(call)
  const eid = input.eid ?? `${input.key}-${deriveReadable(8, world, 'eid', input.key)}`
  const holder = await claim(call, 'eid', eid)
  const isOurs = existing.some((row) => row.eid === eid) || (await findEid(db, world.epoch, eid))
  if (holder !== undefined || isOurs) {
    return idTaken(`${field}eid`, eid, holder ?? world.world)
  }
  const company = input.company ?? input.key
  const live =
    input.stage === 'live' ? await createLivePart(call, input, { eid, company }, field) : undefined
  if (isRefusal(live)) return live
  const account = rowOf(call, input, {
    eid,
    n: existing.length,
    company,
    appid: live?.official.appid ?? null,
    template_id: live?.template_id ?? null,
  })
  await insertAccount(db, account)
  await keepBirth(call, account, input)
  return account
}

/** The row of an account on which nothing has been changed yet. */
function rowOf(
  call: Call,
  input: AccountInput,
  made: Pick<AccountRow, 'eid' | 'n' | 'company' | 'appid' | 'template_id'>,
): AccountRow {
  const { epoch, now } = call.world
  return {
    ...made,
    epoch,
    key: input.key,
    state: 'active',
    profile: input.profile ?? 'default',
    gateway: '{"kind":"local"}',
    partner_secret: partnerSecret(call, input.key, input.partner_secret),
    facts: null,
    facts_at: null,
    created_at: now,
    rebind: input.rebind ?? 'reject',
    oauth_scope: input.oauth_scope ?? 'snsapi_base',
    ...keptCallback(input.callback ?? null),
    retention_days: input.retention_days ?? null,
    retention_since: input.retention_days == null ? null : now,
    current_eid: null,
    minute_limit: input.minute_limit ?? null,
  }
}

function refuseAccount(
  call: Call,
  existing: readonly AccountRow[],
  input: AccountInput,
  field: string,
): Refusal | undefined {
  if (existing.length >= accounts_max) {
    return problem('conflict', {
      field: `${field}key`,
      reason: `a world has at most ${accounts_max} accounts`,
      fix: 'use another world',
    })
  }
  if (existing.some((account) => account.key === input.key)) {
    return problem('conflict', {
      field: `${field}key`,
      reason: `the world has an account ${input.key} already`,
      fix: 'choose another key',
    })
  }
  return refuseProfile(call, input.profile, field)
}

async function createLivePart(
  call: Call,
  input: AccountInput,
  { eid, company }: { eid: string; company: string },
  field: string,
): Promise<{ official: OfficialAccountRow; template_id: string } | Refusal> {
  const wanted = { review: 'immediate', ...readWishes(input), key: input.key, name: company }
  const opened = await openOfficial(call, wanted, field)
  if (isRefusal(opened)) return opened
  const official = { ...opened, ...industries, industries_at: call.world.now }
  await updateOfficialAccount(call.db, opened, official)
  const template = await makeTemplate(call, official, hiringTemplates[official.rules])
  await putMenu(call, official.appid, firstMenu(eid))
  return { official, template_id: template.template_id }
}

/** What has happened to an account by the time that it is made: to one of stage `live`, its whole onboarding. */
async function keepBirth(call: Call, account: AccountRow, input: AccountInput): Promise<void> {
  const { appid, eid } = account
  if (input.stage === 'new') {
    const wishes = readWishes(input)
    await keepEvent(call, account, 'enquired', Object.keys(wishes).length > 0 ? { wishes } : {})
    return
  }
  await keepEvent(call, account, 'enquired')
  await keepEvent(call, account, 'official_account_connected', { appid, existing: false })
  await keepEvent(call, account, 'registration_page_published')
  await keepEvent(call, account, 'eid_issued', { eid })
  await keepEvent(call, account, 'eid_confirmed', { eid })
}
