import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import { listAssociationChanges } from '../../../db/association-change.ts'
import type { AccountRow, AssociationChangeRow } from '../../../db/schema.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { chooseAccount } from '../../phone/choose.ts'
import { toIso } from '../../world/clock.ts'
import { cleanText } from '../field.ts'

const page_max = 100

const changeShape = z.object({
  at: z.iso.datetime(),
  account: z.string().nullable(),
  appid: z.string(),
  openid: z
    .string()
    .nullable()
    .meta(
      words(
        'Null: withdrawn since. The fact remains, the person’s identity does not.',
        'null：后来已撤回。事实保留，是谁的不保留。',
      ),
    ),
  verb: z.enum(['registered', 'changed', 'replaced', 'released', 'withdrawn']),
  who: z.enum(['candidate', 'operator', 'retention']),
  via: z.enum(['form', 'direct_application', 'control', 'job']),
  fields: z
    .array(z.string())
    .meta(
      words('Names of the changed fields; values are not recorded.', '变更的字段名；不保存值。'),
    ),
  trace: z
    .string()
    .nullable()
    .meta(
      words(
        'Null: withdrawn since, or created with the world.',
        'null：后来已撤回，或随世界一起建立。',
      ),
    ),
})

/** Who changed which association when, and from where. */
export const associationHistory = endpoint({
  id: 'association.history',
  methods: ['GET'],
  path: '/worlds/{world}/associations/history',
  from: ['path', 'query'],
  summary: {
    en: 'Changes of registrations, oldest first: who made them, when, and from where',
    zh: '登记的变更，从旧到新：谁、何时、从哪里',
  },
  input: z.strictObject({
    world: z.string(),
    account: z
      .string()
      .optional()
      .meta(
        words('Key, EID or appid. Default: all accounts.', 'key、EID 或 appid；不填则为全部账号。'),
      ),
    openid: cleanText.optional(),
    after: z
      .string()
      .regex(/^\d{0,30}$/, 'a next_cursor of this list')
      .optional()
      .meta(
        words('A next_cursor: returns only what came after it.', '一个 next_cursor：只列其后的。'),
      ),
  }),
  answer: z.object({ items: z.array(changeShape), next_cursor: z.string() }),
  example: { input: { account: 'acme' } },
  handle(call) {
    const { db, world, input } = call
    const { openid, after = '' } = input
    const account = input.account === undefined ? undefined : chooseAccount(call, input.account)
    if (isRefusal(account)) return account
    // An account without official account has nobody.
    const appid = account && (account.appid ?? '')
    const at = { epoch: world.epoch, appid, openid, after, limit: page_max }
    const rows = listAssociationChanges(db, at)
    const accounts = listAccounts(db, world.epoch)
    const items = rows.map((row) => changeResponse(row, accounts))
    return { items, next_cursor: rows.at(-1)?.change ?? after }
  },
})

function changeResponse(row: AssociationChangeRow, accounts: readonly AccountRow[]) {
  const { appid, openid, verb, who, via, trace } = row
  return {
    at: toIso(row.at),
    account: accounts.find((account) => account.appid === appid)?.key ?? null,
    appid,
    openid,
    verb,
    who,
    via,
    fields: z.array(z.string()).parse(JSON.parse(row.fields)),
    trace: trace === '' ? null : trace,
  }
}
