import { z } from 'zod'
import { listAccounts as listAccountRows } from '../../../db/account.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import { accountViewOf } from '../../tupu/account/account.ts'
import { eidOf } from '../../tupu/account/eid.ts'
import { missingSteps } from '../../tupu/gateway/facts.ts'
import { toIso } from '../../world/clock.ts'

/** An account in a list: who it is, and how it stands. */
export const listedAccount = z.object({
  key: z.string(),
  company: z.string(),
  eid: z.string(),
  appid: z.string().nullable(),
  state: z
    .enum(['active', 'suspended', 'revoked'])
    .meta(words('Of its EIDs.', '它的 EID 的状态。')),
  live: z.boolean(),
  missing: z
    .array(z.string())
    .meta(words('The steps without which the account is not live.', '缺了就不能开通的步骤。')),
  created_at: z.iso.datetime().meta(words('When the customer asked.', '客户提出需求的时间。')),
})

export const listAccounts = endpoint({
  id: 'account.list',
  methods: ['GET'],
  path: '/worlds/{world}/accounts',
  from: ['path'],
  summary: {
    en: 'All accounts of a world, and which of them can send; no other WeChat is asked',
    zh: '世界里的全部账号，以及哪些可以发送；不询问别处的微信',
  },
  input: z.strictObject({ world: z.string() }),
  answer: z.object({ items: z.array(listedAccount) }),
  example: { input: {} },
  async handle(call) {
    const items: z.output<typeof listedAccount>[] = []
    for (const row of await listAccountRows(call.db, call.world.epoch)) {
      const view = await accountViewOf(call, row.eid)
      if (!view) throw new Error(`the account ${row.eid} is gone within its epoch`)
      const { key, company, appid, state } = view.account
      const missing = missingSteps(view.facts)
      const live = missing.length === 0
      const created_at = toIso(row.created_at)
      items.push({ key, company, eid: eidOf(row), appid, state, live, missing, created_at })
    }
    return { items }
  },
})
