import { z } from 'zod'
import { insertAccount, listAccounts } from '../../../db/account.ts'
import { updateOfficialAccount } from '../../../db/official-account.ts'
import type { AccountRow, OfficialAccountRow } from '../../../db/schema.ts'
import { type Call, reply } from '../../http/endpoint.ts'
import { control_source, endpoint, problem } from '../../http/problem.ts'
import { isRefusal, type Refusal } from '../../http/refusal.ts'
import { deriveReadable } from '../../sim/seed.ts'
import { claim, touchVersion } from '../../sim/world.ts'
import { putMenu } from '../../wechat/menu/menu.ts'
import { createOfficialAccount } from '../../wechat/official-account.ts'
import { createTemplate } from '../../wechat/template.ts'
import { delivery, key, nameText, notYet } from '../field.ts'
import { firstMenu } from './first-menu.ts'
import { hiringTemplates } from './hiring-template.ts'
import { partnerSecret, refuseProfile, wantedSecret } from './partner.ts'
import { wantedRebind, wantedScope } from './registration.ts'
import { exampleAccount, showAccount, shownAccount } from './show.ts'

/** Its ordinal is part of message keys. */
const accounts_max = 64
/** IT software and agencies: the industries that HR vendors take. */
const industries = { primary_industry: 2, secondary_industry: 34 }
/** What belongs to WeChat's side, which an account of stage `new` has not. */
const official_fields = ['appid', 'rules', 'delivery'] as const

/** An account in the body of world.create. */
export const accountInput = z.strictObject({
  key: key.describe('Your name for it; EID, appid and secrets are derived from it.'),
  company: nameText.optional().describe('Shown in messages. Left out: the key.'),
  stage: z
    .enum(['live', 'new'])
    .default('live')
    .describe('live: may send at once; new: nothing is set up yet.'),
  eid: z
    .string()
    .regex(/^[A-Za-z0-9_-]{4,64}$/, '4 to 64 letters, digits, - and _')
    .optional(),
  appid: z
    .string()
    .regex(/^wx[0-9a-f]{16}$/, 'wx and 16 hex digits')
    .optional(),
  rules: z
    .enum(['2014', '2023'])
    .optional()
    .describe("WeChat's rules for what a message shows; 2014 unless told."),
  delivery: delivery
    .optional()
    .describe('When the receipt comes: immediate (unless told), manual, or a duration.'),
  profile: z.string().optional().describe('Name of a partner profile.'),
  partner_secret: wantedSecret,
  rebind: wantedRebind.optional(),
  oauth_scope: wantedScope.optional(),
  quotas: z.literal('off').optional().or(notYet('quotas')),
  review: notYet('template review'),
  callback: notYet('the delivery callback'),
  retention_days: notYet('retention'),
})
export type AccountInput = z.output<typeof accountInput>

export const addAccount = endpoint({
  id: 'account.create',
  methods: ['POST'],
  path: '/worlds/{world}/accounts',
  from: ['path', 'json'],
  summary: "Make a customer's account",
  source: control_source,
  fidelity: 'documented',
  status: 201,
  input: accountInput.extend({ world: z.string() }),
  answer: shownAccount,
  refusals: [404, 409, 422],
  example: {
    input: { world: 'default', key: 'initech', company: '首创软件' },
    answer: exampleAccount,
  },
  async handle(call) {
    const { world: _, ...input } = call.input
    const created = await createAccount(call, input)
    return isRefusal(created) ? created : reply(201, await showAccount(call, created))
  },
})

/** Makes an account; of stage `live` with an official account, industries, an approved template, and a menu. */
export async function createAccount(
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
  if (holder !== undefined || existing.some((account) => account.eid === eid)) {
    return idTaken(`${field}eid`, eid, holder ?? world.world)
  }
  const company = input.company ?? input.key
  const live =
    input.stage === 'live' ? await createLivePart(call, input, { eid, company }, field) : undefined
  if (isRefusal(live)) return live
  const account: AccountRow = {
    epoch: world.epoch,
    eid,
    n: existing.length,
    key: input.key,
    company,
    state: 'active',
    appid: live?.official.appid ?? null,
    template_id: live?.template_id ?? null,
    profile: input.profile ?? 'default',
    gateway: '{"kind":"local"}',
    partner_secret: partnerSecret(call, input.key, input.partner_secret),
    facts: null,
    facts_at: null,
    created_at: world.now,
    rebind: input.rebind ?? 'reject',
    oauth_scope: input.oauth_scope ?? 'snsapi_base',
  }
  await insertAccount(db, account)
  return account
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
  const early = official_fields.find((name) => input.stage === 'new' && input[name] !== undefined)
  if (early !== undefined) {
    return problem('not_yet', {
      field: `${field}${early}`,
      reason: 'an account of stage new has no official account to which it could apply',
      fix: 'leave the field out, or make the account live',
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
  const { rules = '2014', delivery: told = 'immediate', appid, key: natural } = input
  const wanted = { key: natural, name: company, appid, rules, delivery: told }
  const created = await createOfficialAccount(call, wanted)
  if (created === 'full') {
    return problem('conflict', {
      field: `${field}key`,
      reason: 'the world has all the official accounts it can have',
      fix: 'use another world',
    })
  }
  if ('taken_by' in created) return idTaken(`${field}appid`, appid ?? '', created.taken_by)
  const official = { ...created, ...industries }
  await updateOfficialAccount(call.db, created, industries)
  const template = await createTemplate(call, official, hiringTemplates[rules])
  await putMenu(call, official.appid, firstMenu(eid))
  return { official, template_id: template.template_id }
}

function idTaken(field: string, id: string, holder: string): Refusal {
  return problem('id_taken', {
    field,
    reason: `the world ${holder} has ${id}`,
    fix: 'choose another, or delete that world',
  })
}
