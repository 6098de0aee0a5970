import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import { listEids, listWorldEids } from '../../../db/eid.ts'
import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import { words } from '../../core/field.ts'
import { baseUrl } from '../../core/locate.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { eidOf } from '../../tupu/account/eid.ts'
import { keepEvent } from '../../tupu/account/event.ts'
import { gatewayOf, type RemoteGateway } from '../../tupu/gateway/config.ts'
import { keepFacts } from '../../tupu/gateway/facts.ts'
import { keepCalls } from '../../tupu/gateway/http.ts'
import { publishLocally } from '../../tupu/gateway/local.ts'
import type { MenuFault, RegisterItem } from '../../tupu/gateway/menu.ts'
import { askFacts, publishRemotely } from '../../tupu/gateway/remote.ts'
import { chooseConnected } from '../association/account.ts'
import { cleanText } from '../field.ts'
import { oneAccount } from './get.ts'
import { showLife, shownLife } from './life.ts'

const usual_name = '入职登记'

export const publishRegistrationPage = endpoint({
  id: 'registration_page.publish',
  methods: ['POST'],
  path: '/worlds/{world}/accounts/{eid}/registration-page/publish',
  from: ['path', 'json'],
  summary: {
    en: 'Put an item that opens the registration page into the menu, by the menu call of WeChat',
    zh: '用微信的菜单接口把打开登记页的一项放进菜单',
  },
  input: z.strictObject({
    ...oneAccount,
    name: cleanText
      .min(1)
      .optional()
      .meta(
        words(
          `What a new item is called; WeChat takes 16 bytes. ${usual_name} unless told.`,
          `新菜单项的名称；微信最多 16 字节。不填为“${usual_name}”。`,
        ),
      ),
  }),
  answer: shownLife,
  refusals: [409],
  example: { input: { eid: 'acme' } },
  async before(call) {
    const account = await chooseConnected(call, call.input.eid, 'eid')
    if (isRefusal(account)) return account
    const gateway = gatewayOf(account)
    const item = await itemOf(call, account, gateway.kind)
    if (gateway.kind === 'remote') return pending<Publishing>({ eid: account.eid, gateway, item })
    const fault = await publishLocally(call, account, item)
    if (fault) return refuseFault(fault)
    await keepEvent(call, account, 'registration_page_published')
    return showLife(call, account)
  },
  outside: publish,
  async after(call, asked, { fault, calls, facts }) {
    if (fault) return { ...refuseFault(fault), writes: () => keepCalls(call, calls) }
    await keepCalls(call, calls)
    if (facts) await keepFacts(call, asked, facts)
    await keepEvent(call, asked, 'registration_page_published')
    return showLife(call, asked)
  },
})

interface Publishing {
  readonly eid: string
  readonly gateway: RemoteGateway
  readonly item: RegisterItem
}

/** A remote WeChat is then asked how the account stands. */
async function publish({ gateway, item }: Publishing, engine: Engine) {
  const { fault, calls } = await publishRemotely(engine, gateway, item)
  if (fault) return { fault, calls, facts: undefined }
  const asked = await askFacts(gateway, engine)
  return { fault, calls: [...calls, ...asked.calls], facts: asked.facts }
}

/** An official account of ours may have been another account's before: items that lead there are ours as well. */
async function itemOf(
  call: Call<unknown, { name?: string | undefined }>,
  account: AccountRow,
  kind: 'local' | 'remote',
): Promise<RegisterItem> {
  const { db, world, input } = call
  const { epoch } = world
  const accounts = kind === 'local' ? await listAccounts(db, epoch) : [account]
  const rotated =
    kind === 'local'
      ? await listWorldEids(db, epoch)
      : await listEids(db, { epoch, account: account.eid })
  const eids = [...accounts, ...rotated].map(({ eid }) => eid)
  return { base: baseUrl(call), eid: eidOf(account), eids, name: input.name ?? usual_name }
}

function refuseFault(fault: MenuFault): Refusal {
  if (fault.kind === 'full') {
    const reason = 'the menu has three buttons, and no room below one of them'
    return problem('conflict', { field: 'eid', reason, fix: 'take one away by menu.create' })
  }
  const reason =
    fault.kind === 'none'
      ? `WeChat did not answer: ${fault.detail}`
      : `WeChat answers ${fault.errcode} ${fault.errmsg}`
  return problem('conflict', { field: 'eid', reason, fix: 'see the journal for what was sent' })
}
