import { z } from 'zod'
import { updateAccount } from '../../../db/account.ts'
import type { AccountChange, AccountRow } from '../../../db/schema.ts'
import { type Call, pending } from '../../http/endpoint.ts'
import { control_source, endpoint } from '../../http/problem.ts'
import { isRefusal } from '../../http/refusal.ts'
import { chooseAccount } from '../../phone/account.ts'
import { touchVersion } from '../../sim/world.ts'
import {
  type GatewayConfig,
  gatewayConfig,
  type RemoteGateway,
  throughGateway,
} from '../../tupu/gateway/config.ts'
import { keepFacts } from '../../tupu/gateway/facts.ts'
import { keepCalls } from '../../tupu/gateway/outward.ts'
import { type AskedFacts, askFacts } from '../../tupu/gateway/remote.ts'
import { nameText, notYet } from '../field.ts'
import { partnerSecret, refuseProfile, wantedSecret } from './partner.ts'
import { wantedRebind, wantedScope } from './registration.ts'
import { exampleAccount, showAccount, shownAccount } from './show.ts'

export const changeAccount = endpoint({
  id: 'account.update',
  methods: ['PATCH'],
  path: '/worlds/{world}/accounts/{eid}',
  from: ['path', 'json'],
  summary: 'Change an account; a remote gateway is asked at once what it knows',
  source: control_source,
  fidelity: 'documented',
  input: z.strictObject({
    world: z.string(),
    eid: z.string().describe('Key or EID.'),
    company: nameText.optional(),
    profile: z.string().optional(),
    gateway: gatewayConfig
      .optional()
      .describe('Back at local, the account has its own official account and template again.'),
    partner_secret: wantedSecret,
    rebind: wantedRebind.optional(),
    oauth_scope: wantedScope.optional(),
    callback: notYet('the delivery callback'),
    retention_days: notYet('retention'),
  }),
  answer: shownAccount,
  refusals: [404, 422],
  example: {
    input: { world: 'default', eid: 'acme', gateway: { kind: 'local' } },
    answer: exampleAccount,
  },
  async before(call) {
    const { input } = call
    const account = await chooseAccount(call, input.eid, 'eid')
    if (isRefusal(account)) return account
    const no = refuseProfile(call, input.profile)
    if (no) return no
    const change = changeOf(call, account, input)
    await touchVersion(call)
    if (Object.keys(change).length > 0) await updateAccount(call.db, account, change)
    if (input.gateway?.kind === 'remote')
      return pending({ eid: account.eid, gateway: input.gateway })
    return showAccount(call, { ...account, ...change } as AccountRow)
  },
  outside: ({ gateway }: Asked, engine) => askFacts(gateway, engine),
  async after(call, asked, { facts, calls }: AskedFacts) {
    await keepCalls(call, calls)
    if (facts) await keepFacts(call, asked, facts)
    const account = await chooseAccount(call, asked.eid, 'eid')
    return isRefusal(account) ? account : showAccount(call, account)
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
  },
): AccountChange {
  const change: AccountChange = {}
  if (input.company !== undefined) change.company = input.company
  if (input.profile !== undefined) change.profile = input.profile
  if (input.rebind !== undefined) change.rebind = input.rebind
  if (input.oauth_scope !== undefined) change.oauth_scope = input.oauth_scope
  if (input.partner_secret !== undefined) {
    change.partner_secret = partnerSecret(call, account.key, input.partner_secret)
  }
  if (!input.gateway) return change
  // What another WeChat told is worth nothing here.
  return { ...change, ...throughGateway(account, input.gateway), facts: null, facts_at: null }
}
