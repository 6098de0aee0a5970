import { z } from 'zod'
import {
  findAssociation,
  findAssociationOf,
  listAssociations as listRows,
} from '../../../db/association.ts'
import { listFollowed, listFollowersBy } from '../../../db/person.ts'
import type { AssociationRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { chooseAccount, choosePerson } from '../../phone/choose.ts'
import { readMobile } from '../../tupu/mobile.ts'
import { toIso } from '../../world/clock.ts'
import { cleanText } from '../field.ts'
import { fitsOf, looked_max, walk } from '../walk.ts'
import { anyAssociationResponse, anyAssociationShape } from './response.ts'

const items_max = 50

/** A registration as a list shows it. */
export const foundAssociationShape = anyAssociationShape.extend({
  registered_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
})

const searchInput = z.strictObject({
  world: z.string(),
  account: z.string().meta(words('Key, EID or appid.', 'key、EID 或 appid。')),
  q: cleanText
    .max(100)
    .optional()
    .meta(words('A part of name, mobile or email.', '姓名、手机号或邮箱的一部分。')),
  person: z
    .string()
    .optional()
    .meta(words('Only for this person: id or key.', '只列此人：ID 或 key。')),
  after: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'a next_cursor of this call')
    .optional()
    .meta(words('A next_cursor: continues after it.', '一个 next_cursor：列其后的。')),
})

/** Who is looked for among the registered. A POST, because a mobile or a name belongs into no address. */
export const searchAssociation = endpoint({
  id: 'association.search',
  methods: ['POST'],
  path: '/worlds/{world}/associations/search',
  from: ['path', 'json'],
  summary: {
    en: 'Registrations of an account, in the order of openids: all, or by any part of name, mobile or email',
    zh: '某账号已登记的人，按 openid 排序：全部，或按姓名、手机号、邮箱的任一部分查找',
  },
  looks: true,
  journalled: false,
  input: searchInput,
  answer: z.object({
    items: z.array(foundAssociationShape),
    next_cursor: z
      .string()
      .nullable()
      .meta(
        words(
          `Where to continue; null: the search is complete. One call searches ${looked_max} registrations.`,
          `继续查找的位置；null：已全部查看。一次调用最多查看 ${looked_max} 条登记。`,
        ),
      ),
  }),
  example: { input: { account: 'acme', q: '8002' } },
  handle(call) {
    const { db, world, input } = call
    const account = chooseAccount(call, input.account)
    if (isRefusal(account)) return account
    const { appid } = account
    if (appid === null) return { items: [], next_cursor: null }
    const person = input.person === undefined ? undefined : choosePerson(call, input.person)
    if (isRefusal(person)) return person
    const { rows, next } = person
      ? findOfPerson(call, { appid, person: person.person })
      : findRows(call, appid)
    const openids = rows.map(({ openid }) => openid)
    const followers = new Map(
      listFollowersBy(db, world.epoch, openids).map((row) => [row.openid, row]),
    )
    const items = rows.map((row) => ({
      ...anyAssociationResponse(call, account, { row, follower: followers.get(row.openid) }),
      registered_at: toIso(row.created_at),
      updated_at: toIso(row.updated_at),
    }))
    return { items, next_cursor: next }
  },
})

interface Found {
  readonly rows: readonly AssociationRow[]
  readonly next: string | null
}

function findOfPerson(
  { db, world }: Call,
  { appid, person }: { appid: string; person: string },
): Found {
  const { epoch } = world
  const relation = listFollowed(db, epoch, person).find((row) => row.appid === appid)
  const row = relation && findAssociationOf(db, { epoch, appid, openid: relation.openid })
  return { rows: row ? [row] : [], next: null }
}

/** Who has exactly this mobile is found by it; any other text is looked for. */
function findRows(
  { db, world, input }: Call<unknown, z.output<typeof searchInput>>,
  appid: string,
): Found {
  const { epoch } = world
  const { q = '', after: from = '' } = input
  const mobile = readMobile(q)
  const own = mobile === undefined ? undefined : findAssociation(db, { epoch, appid, mobile })
  if (own) return { rows: [own], next: null }
  const fits = fitsOf(q)
  return walk(from, {
    list: (after, limit) => listRows(db, { epoch, appid, after, limit }),
    keyOf: ({ openid }) => openid,
    isWanted: ({ name, mobile, email }) => fits([name, mobile, email]),
    items_max,
  })
}
