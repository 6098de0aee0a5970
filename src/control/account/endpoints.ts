import { z } from 'zod'
import {
  findAccount,
  listAccounts as listAccountRows,
  updateAccount as updateAccountRow,
} from '../../../db/account.ts'
import type { AccountRow } from '../../../db/schema.ts'
import { topics } from '../../../db/topic.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending, reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { chooseAccount } from '../../phone/choose.ts'
import { gatewayConfig, gatewayOf, type RemoteGateway } from '../../tupu/gateway/config.ts'
import { keepFacts, lookAtReviews } from '../../tupu/gateway/facts.ts'
import { keepCalls } from '../../tupu/gateway/http.ts'
import { type AskedFacts, askFacts } from '../../tupu/gateway/remote.ts'
import { touchVersion } from '../../world/world.ts'
import { cleanText, nameText } from '../field.ts'
import { officialFields, readWishes } from '../official-account/official-account.ts'
import { changeOf, makeAccount, refuseProfile } from './account.ts'
import { connectOfficial } from './connect.ts'
import { accountFields, accountInput, settingFields } from './input.ts'
import {
  accountResponse,
  accountShape,
  lifeCall,
  lifeResponse,
  lifeShape,
  listedAccountResponse,
  listedAccountShape,
} from './response.ts'

/** A remote gateway that is asked for the facts of an account. */
interface RemoteAccount {
  readonly eid: string
  readonly gateway: RemoteGateway
}

export const createAccount = endpoint({
  id: 'account.create',
  methods: ['POST'],
  path: '/worlds/{world}/accounts',
  from: ['path', 'json'],
  summary: { en: 'Create the account of a customer', zh: '新建客户的账号' },
  status: 201,
  input: accountInput.extend({
    world: z.string(),
    gateway: gatewayConfig
      .optional()
      .meta(
        words(
          'Default: local. A remote WeChat is called immediately for its state; the simulated official account is kept for later.',
          '不填为 local。远端的微信会立即被询问；我们自己的公众号在其后等待。',
        ),
      ),
  }),
  answer: accountShape,
  refusals: [409],
  example: { input: { key: 'initech', company: '首创软件' } },
  before(call) {
    const { world: _, gateway, ...input } = call.input
    const made = makeAccount(call, input)
    if (isRefusal(made)) return made
    const change = changeOf(call, made, { gateway })
    if (gateway) updateAccountRow(call.db, made, change)
    const created = { ...made, ...change } as AccountRow
    return remoteOf(created) ?? reply(201, accountResponse(call, created))
  },
  outside: ({ gateway }: RemoteAccount, engine) => askFacts(gateway, engine),
  after: (call, remote, found) => reply(201, keepAsked(call, remote, found)),
})

/** The question for the facts of an account that is behind a remote gateway. */
function remoteOf(account: AccountRow) {
  const gateway = gatewayOf(account)
  if (gateway.kind === 'local') return undefined
  return pending<RemoteAccount>({ eid: account.eid, gateway })
}

function keepAsked(call: Call, remote: RemoteAccount, { facts, calls }: AskedFacts) {
  keepCalls(call, calls)
  if (facts) keepFacts(call, remote, facts)
  const account = findAccount(call.db, call.world.epoch, remote.eid)
  if (!account) throw new Error(`the account ${remote.eid} is gone within its epoch`)
  return accountResponse(call, account)
}

export const listAccounts = endpoint({
  id: 'account.list',
  methods: ['GET'],
  path: '/worlds/{world}/accounts',
  from: ['path'],
  summary: {
    en: 'All accounts of a world, and which of them can send; no remote WeChat is called',
    zh: '世界里的全部账号，以及哪些可以发送；不询问别处的微信',
  },
  input: z.strictObject({ world: z.string() }),
  answer: z.object({ items: z.array(listedAccountShape) }),
  example: { input: {} },
  handle(call) {
    const items = []
    for (const row of listAccountRows(call.db, call.world.epoch)) {
      items.push(listedAccountResponse(call, row))
    }
    return { items }
  },
})

export const updateAccount = endpoint({
  id: 'account.update',
  methods: ['PATCH'],
  path: '/worlds/{world}/accounts/{eid}',
  from: ['path', 'json'],
  summary: {
    en: 'Change an account; a remote gateway is called immediately for its state',
    zh: '修改账号；如为远端网关，会立即询问它所知道的情况',
  },
  input: z.strictObject({
    ...accountFields,
    company: nameText.optional(),
    profile: z.string().optional(),
    gateway: gatewayConfig
      .optional()
      .meta(
        words(
          'After a change back to local, the account has its own official account and template again.',
          '改回 local 后，账号重新使用自己的公众号和模板。',
        ),
      ),
    ...settingFields,
  }),
  answer: accountShape,
  example: { input: { eid: 'acme', company: '晨光' } },
  before(call) {
    const { input } = call
    const account = chooseAccount(call, input.eid, 'eid')
    if (isRefusal(account)) return account
    const no = refuseProfile(call, input.profile)
    if (no) return no
    const change = changeOf(call, account, input)
    touchVersion(call)
    if (Object.keys(change).length > 0) updateAccountRow(call.db, account, change)
    // What has been there for long may be due now.
    if (change.retention_days) call.db.announce(call.world.epoch, topics.due(call.world.now))
    const changed = { ...account, ...change } as AccountRow
    const asked = input.gateway && remoteOf(changed)
    return asked ?? accountResponse(call, changed)
  },
  outside: ({ gateway }: RemoteAccount, engine) => askFacts(gateway, engine),
  after: keepAsked,
})

/** An account with its checklist; a remote WeChat is asked anew. */
export const getAccount = endpoint({
  id: 'account.get',
  methods: ['GET'],
  path: '/worlds/{world}/accounts/{eid}',
  from: ['path'],
  summary: {
    en: 'An account with its progress, history and possible next steps',
    zh: '一个账号：开通到哪一步、发生过什么、下一步可以做什么',
  },
  input: z.strictObject(accountFields),
  answer: lifeShape,
  example: { input: { eid: 'acme' } },
  before(call) {
    const account = chooseAccount(call, call.input.eid, 'eid')
    if (isRefusal(account)) return account
    const gateway = gatewayOf(account)
    if (gateway.kind === 'remote') return pending<RemoteAccount>({ eid: account.eid, gateway })
    lookAtReviews(call, { account, gateway })
    return lifeResponse(call, account)
  },
  outside: ({ gateway }: RemoteAccount, engine) => askFacts(gateway, engine),
  after(call, remote, { facts, calls }) {
    keepCalls(call, calls)
    if (facts) keepFacts(call, remote, facts)
    return lifeResponse(call, remote)
  },
})

export const connectAccount = endpoint({
  ...lifeCall,
  id: 'account.connect',
  path: '/worlds/{world}/accounts/{eid}/official-account',
  summary: {
    en: 'Connect an official account: a new one, or an existing one of the customer',
    zh: '给账号接入公众号：新开一个，或用客户已有的',
  },
  input: z.strictObject({
    ...accountFields,
    existing: z
      .union([z.literal(true), cleanText], 'true, or an appid of the world')
      .optional()
      .meta(
        words(
          'true: an existing official account of the customer, not yet in this world; an appid: an existing one in this world. The vendor must have agreed. Default: a new one.',
          'true：客户原有、这个世界还不知道的公众号；appid：这个世界里已有的。服务商必须已同意。不填：新开一个。',
        ),
      ),
    ...officialFields,
  }),
  example: { input: { eid: 'globex' } },
  handle(call) {
    const { existing } = call.input
    const account = chooseAccount(call, call.input.eid, 'eid')
    if (isRefusal(account)) return account
    const no = connectOfficial(call, account, { existing, wishes: readWishes(call.input) })
    return no ?? lifeResponse(call, account)
  },
})
