import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import { findAssociation, listAssociations as listRows } from '../../../db/association.ts'
import { listFollowersBy } from '../../../db/person.ts'
import type { AccountRow, AssociationRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { chooseAccount } from '../../phone/choose.ts'
import { mobileField } from '../../tupu/mobile.ts'
import { lastOrNull } from '../field.ts'
import { anyAssociationResponse, anyAssociationShape } from './response.ts'

const page_max = 100

const listInput = z.strictObject({
  world: z.string(),
  account: z
    .string()
    .optional()
    .meta(
      words('Key, EID or appid. Default: all accounts.', 'key、EID 或 appid；不填则为全部账号。'),
    ),
  mobile: mobileField.optional(),
  after: z
    .string()
    .regex(/^wx\w{1,30}\.[\w-]{1,64}$/, 'a next_cursor of this list')
    .optional()
    .meta(words('A next_cursor: continues after it.', '一个 next_cursor：列其后的。')),
})

/** Who is registered where, in the order of appids and openids. */
export const listAssociations = endpoint({
  id: 'association.list',
  methods: ['GET'],
  path: '/worlds/{world}/associations',
  from: ['path', 'query'],
  summary: {
    en: 'Registrations, by official account and openid',
    zh: '已登记的人，按公众号和 openid 排序',
  },
  input: listInput,
  answer: z.object({ items: z.array(anyAssociationShape), next_cursor: lastOrNull }),
  example: { input: { account: 'acme' } },
  handle(call) {
    const { db, world, input } = call
    const account = input.account === undefined ? undefined : chooseAccount(call, input.account)
    if (isRefusal(account)) return account
    const accounts = account ? [account] : listAccounts(db, world.epoch)
    const rows = listPage(call, accounts)
    const last = rows.length > page_max ? rows[page_max - 1] : undefined
    const items = itemsOf(call, accounts, rows.slice(0, page_max))
    return { items, next_cursor: last ? `${last.appid}.${last.openid}` : null }
  },
})

/** A page, and one more where there is one. */
function listPage(
  { db, world, input }: Call<unknown, z.output<typeof listInput>>,
  accounts: readonly AccountRow[],
): AssociationRow[] {
  const { epoch } = world
  const { mobile, after = '.' } = input
  const [reached = '', openid = ''] = after.split('.')
  const appids = new Set(accounts.flatMap(({ appid }) => appid ?? []))
  const rows: AssociationRow[] = []
  for (const appid of [...appids].filter((each) => each >= reached).sort()) {
    if (rows.length > page_max) break
    const at = { epoch, appid, after: appid === reached ? openid : '' }
    const found =
      mobile === undefined
        ? listRows(db, { ...at, limit: page_max + 1 - rows.length })
        : (findAssociation(db, { epoch, appid, mobile }) ?? [])
    rows.push(...[found].flat())
  }
  return rows
}

function itemsOf(call: Call, accounts: readonly AccountRow[], rows: readonly AssociationRow[]) {
  const openids = rows.map(({ openid }) => openid)
  const followers = listFollowersBy(call.db, call.world.epoch, openids)
  const byOpenid = new Map(followers.map((row) => [row.openid, row]))
  return rows.flatMap((row) => {
    const account = accounts.find(({ appid }) => appid === row.appid)
    const follower = byOpenid.get(row.openid)
    return account ? anyAssociationResponse(call, account, { row, follower }) : []
  })
}
