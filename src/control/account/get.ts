import { z } from 'zod'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { chooseAccount } from '../../phone/choose.ts'
import { gatewayOf, type RemoteGateway } from '../../tupu/gateway/config.ts'
import { keepFacts, lookAtReviews } from '../../tupu/gateway/facts.ts'
import { keepCalls } from '../../tupu/gateway/http.ts'
import { askFacts } from '../../tupu/gateway/remote.ts'
import { showLife, shownLife } from './life.ts'

/** The fields that name an account. */
export const oneAccount = {
  world: z.string(),
  eid: z.string().meta(words('Key or EID.', 'key 或 EID。')),
}

/** An account with its checklist; a remote WeChat is asked anew. */
export const getAccount = endpoint({
  id: 'account.get',
  methods: ['GET'],
  path: '/worlds/{world}/accounts/{eid}',
  from: ['path'],
  summary: {
    en: 'An account, how far it is, what has happened to it, and what could be done next',
    zh: '一个账号：开通到哪一步、发生过什么、下一步可以做什么',
  },
  input: z.strictObject(oneAccount),
  answer: shownLife,
  example: { input: { eid: 'acme' } },
  async before(call) {
    const account = await chooseAccount(call, call.input.eid, 'eid')
    if (isRefusal(account)) return account
    const gateway = gatewayOf(account)
    if (gateway.kind === 'remote') return pending<Asked>({ eid: account.eid, gateway })
    await lookAtReviews(call, { account, gateway })
    return showLife(call, account)
  },
  outside: ({ gateway }: Asked, engine) => askFacts(gateway, engine),
  async after(call, asked, { facts, calls }) {
    await keepCalls(call, calls)
    if (facts) await keepFacts(call, asked, facts)
    return showLife(call, asked)
  },
})

/** A remote gateway that is asked for the facts of an account. */
export interface Asked {
  readonly eid: string
  readonly gateway: RemoteGateway
}
