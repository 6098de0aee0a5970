import { z } from 'zod'
import { findAccount, updateAccount as updateAccountRow } from '../../../db/account.ts'
import type { AccountChange, AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { chooseAccount } from '../../phone/choose.ts'
import {
  type GatewayConfig,
  gatewayConfig,
  type RemoteGateway,
  throughGateway,
} from '../../tupu/gateway/config.ts'
import { keepFacts } from '../../tupu/gateway/facts.ts'
import { keepCalls } from '../../tupu/gateway/http.ts'
import { type AskedFacts, askFacts } from '../../tupu/gateway/remote.ts'
import { touchVersion } from '../../world/world.ts'
import { nameText } from '../field.ts'
import { keptCallback, wantedCallback } from './callback.ts'
import { partnerSecret, refuseProfile, wantedMinuteLimit, wantedSecret } from './partner.ts'
import { wantedRebind, wantedRetention, wantedScope } from './registration.ts'
import { showAccount, shownAccount } from './show.ts'

export const updateAccount = endpoint({
  id: 'account.update',
  methods: ['PATCH'],
  path: '/worlds/{world}/accounts/{eid}',
  from: ['path', 'json'],
  summary: {
    en: 'Change an account; a remote gateway is asked at once what it knows',
    zh: '修改账号；如为远端网关，会立即询问它所知道的情况',
  },
  input: z.strictObject({
    world: z.string(),
    eid: z.string().meta(words('Key or EID.', 'key 或 EID。')),
    company: nameText.optional(),
    profile: z.string().optional(),
    gateway: gatewayConfig
      .optional()
      .meta(
        words(
          'Back at local, the account has its own official account and template again.',
          '改回 local 后，账号重新使用自己的公众号和模板。',
        ),
      ),
    partner_secret: wantedSecret,
    minute_limit: wantedMinuteLimit.optional(),
    rebind: wantedRebind.optional(),
    oauth_scope: wantedScope.optional(),
    callback: wantedCallback.optional(),
    retention_days: wantedRetention.optional(),
  }),
  answer: shownAccount,
  example: { input: { eid: 'acme', company: '晨光' } },
  async before(call) {
    const { input } = call
    const account = await chooseAccount(call, input.eid, 'eid')
    if (isRefusal(account)) return account
    const no = refuseProfile(call, input.profile)
    if (no) return no
    const change = changeOf(call, account, input)
    await touchVersion(call)
    if (Object.keys(change).length > 0) await updateAccountRow(call.db, account, change)
    // What has been there for long may be due now.
    if (change.retention_days) call.engine.wake(call.world.world, call.world.now)
    if (input.gateway?.kind === 'remote')
      return pending({ eid: account.eid, gateway: input.gateway })
    return showAccount(call, { ...account, ...change } as AccountRow)
  },
  outside: ({ gateway }: Asked, engine) => askFacts(gateway, engine),
  async after(call, asked, { facts, calls }: AskedFacts) {
    await keepCalls(call, calls)
    if (facts) await keepFacts(call, asked, facts)
    const account = await findAccount(call.db, call.world.epoch, asked.eid)
    if (!account) throw new Error(`the account ${asked.eid} is gone within its epoch`)
    return showAccount(call, account)
  },
})

interface Asked {
  readonly eid: string
  readonly gateway: RemoteGateway
}

function changeOf(
  call: Call,
  account: AccountRow,
  input: {
    company?: string | undefined
    profile?: string | undefined
    gateway?: GatewayConfig | undefined
    partner_secret?: 'generated' | null | undefined
    rebind?: AccountRow['rebind'] | undefined
    oauth_scope?: AccountRow['oauth_scope'] | undefined
    callback?: z.output<typeof wantedCallback> | undefined
    retention_days?: number | null | undefined
    minute_limit?: number | null | undefined
  },
): AccountChange {
  const change: AccountChange = {}
  if (input.company !== undefined) change.company = input.company
  if (input.profile !== undefined) change.profile = input.profile
  if (input.rebind !== undefined) change.rebind = input.rebind
  if (input.oauth_scope !== undefined) change.oauth_scope = input.oauth_scope
  if (input.minute_limit !== undefined) change.minute_limit = input.minute_limit
  if (input.callback !== undefined) Object.assign(change, keptCallback(input.callback))
  const { retention_days } = input
  if (retention_days !== undefined && retention_days !== account.retention_days) {
    change.retention_days = retention_days
    change.retention_since = retention_days === null ? null : call.world.now
  }
  if (input.partner_secret !== undefined) {
    change.partner_secret = partnerSecret(call, account.key, input.partner_secret)
  }
  if (!input.gateway) return change
  // What another WeChat told is worth nothing here.
  return { ...change, ...throughGateway(account, input.gateway), facts: null, facts_at: null }
}
