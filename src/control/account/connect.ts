import { z } from 'zod'
import { listAccounts, updateAccount } from '../../../db/account.ts'
import { findOfficialAccount } from '../../../db/official-account.ts'
import type { AccountRow, OfficialAccountRow } from '../../../db/schema.ts'
import { listTemplates } from '../../../db/template.ts'
import type { Db } from '../../../db/unit.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { chooseAccount } from '../../phone/choose.ts'
import { eventsOf, keepEvent, latestOf } from '../../tupu/account/event.ts'
import { homeAppid } from '../../tupu/gateway/config.ts'
import { touchVersion } from '../../world/world.ts'
import { cleanText } from '../field.ts'
import { oneAccount } from './get.ts'
import { showLife, shownLife } from './life.ts'
import { officialFields, openOfficial, readWishes, type Wishes } from './official.ts'
import { hasAgreed } from './vendor.ts'

export const connectAccount = endpoint({
  id: 'account.connect',
  methods: ['POST'],
  path: '/worlds/{world}/accounts/{eid}/official-account',
  from: ['path', 'json'],
  summary: {
    en: 'Give an account its official account: a new one, or one that the customer has already',
    zh: '给账号接入公众号：新开一个，或用客户已有的',
  },
  input: z.strictObject({
    ...oneAccount,
    existing: z
      .union([z.literal(true), cleanText], 'true, or an appid of the world')
      .optional()
      .meta(
        words(
          'true: one that the customer has had, unknown to this world until now; an appid: one that is here. The vendor must have agreed. Left out: a new one.',
          'true：客户原有、这个世界还不知道的公众号；appid：这个世界里已有的。服务商必须已同意。不填：新开一个。',
        ),
      ),
    ...officialFields,
  }),
  answer: shownLife,
  refusals: [409],
  example: { input: { eid: 'globex' } },
  async handle(call) {
    const { existing } = call.input
    const account = await chooseAccount(call, call.input.eid, 'eid')
    if (isRefusal(account)) return account
    if (account.appid !== null) return hasOne(account)
    if (existing !== undefined && !(await hasAgreed(call, account))) return needsGrant(account)
    const wanted = readWishes(call.input)
    const official =
      typeof existing === 'string'
        ? await findFree(call, existing, wanted)
        : await open(call, account, wanted)
    if (isRefusal(official)) return official
    await connect(call, account, official, existing !== undefined)
    return showLife(call, account)
  },
})

function hasOne({ key, appid }: AccountRow): Refusal {
  const reason = `${key} has the official account ${appid}`
  return problem('conflict', { field: 'eid', reason, fix: 'make another account' })
}

function needsGrant({ key }: AccountRow): Refusal {
  const reason = `the vendor of ${key} has not agreed`
  const fix = 'call vendor.ask and vendor.grant first, or leave existing out'
  return problem('conflict', { field: 'existing', reason, fix })
}

/** Opens one as the customer wished when they enquired, unless the call says otherwise. */
async function open(
  call: Call,
  account: AccountRow,
  wanted: Wishes,
): Promise<OfficialAccountRow | Refusal> {
  const enquiry = latestOf(await eventsOf(call, account), 'enquired')
  const wishes = readWishes(enquiry?.detail['wishes'])
  return openOfficial(call, { ...wishes, ...wanted, key: account.key, name: account.company })
}

/** An official account of the world that no account of TUPU's has any more: revoked for good, it has lost it. */
async function findFree(
  { db, world }: Call,
  appid: string,
  wanted: Wishes,
): Promise<OfficialAccountRow | Refusal> {
  const [field] = Object.keys(wanted)
  if (field !== undefined) {
    const reason = 'it says what an official account is to be that is there already'
    return problem('invalid_field', { field, reason, fix: 'call official_account.update' })
  }
  const official = await findOfficialAccount(db, world.epoch, appid)
  const holder = await holderOf(db, world.epoch, appid)
  if (official && (!holder || holder.state === 'revoked')) return official
  const reason = holder ? `${holder.key} has it` : `the world has no official account ${appid}`
  const at = { field: 'existing', reason, fix: 'choose another one, or say true' }
  return problem(holder ? 'conflict' : 'not_found', at)
}

async function holderOf(db: Db, epoch: number, appid: string): Promise<AccountRow | undefined> {
  return (await listAccounts(db, epoch)).find((row) => homeAppid(row) === appid)
}

async function connect(
  call: Call,
  account: AccountRow,
  { appid }: OfficialAccountRow,
  existing: boolean,
): Promise<void> {
  const { db, world } = call
  const templates = await listTemplates(db, world.epoch, appid)
  // A template that is there was approved before.
  const template_id = templates.find(({ state }) => state === 'active')?.template_id ?? null
  await touchVersion(call)
  const holder = await holderOf(db, world.epoch, appid)
  if (holder) await updateAccount(db, holder, { ...gone, gateway: '{"kind":"local"}' })
  await updateAccount(db, account, { appid, template_id })
  await keepEvent(call, account, 'official_account_connected', { appid, existing })
}

const gone = { appid: null, template_id: null, facts: null, facts_at: null }
