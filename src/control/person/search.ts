import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import { listAssociationsBy } from '../../../db/association.ts'
import { listPeopleWithMobile, listRelations, listPeople as listRows } from '../../../db/person.ts'
import type { AccountRow, PersonRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import { baseUrl } from '../../core/locate.ts'
import { readMobile } from '../../tupu/mobile.ts'
import { stateField } from '../association/association.ts'
import { cleanText } from '../field.ts'
import { fitsOf, looked_max, walk } from '../walk.ts'
import { createPerson, listPeople, updatePerson } from './person.ts'

const items_max = 50

/** A person in a list: who it is, and how they stand to every account that they have met. */
export const foundPersonShape = z.object({
  key: z.string(),
  person: z.string(),
  name: z.string(),
  mobile: z.string().nullable(),
  phone_url: z.string(),
  accounts: z.array(
    z.object({
      account: z.string(),
      company: z.string(),
      state: stateField,
      registered: z.boolean(),
    }),
  ),
})

type FoundPerson = z.output<typeof foundPersonShape>

/** Who is looked for among people. A POST, because a mobile or a name belongs into no address. */
export const searchPerson = endpoint({
  id: 'person.search',
  methods: ['POST'],
  path: '/worlds/{world}/people/search',
  from: ['path', 'json'],
  summary: {
    en: 'People and their state at each account, in the order of their ids: all, or by any part of name or mobile',
    zh: '人物及其与各账号的关系，按 ID 排序：全部，或按姓名、手机号的任一部分查找',
  },
  looks: true,
  journalled: false,
  input: z.strictObject({
    world: z.string(),
    q: cleanText
      .max(100)
      .optional()
      .meta(words('A part of name, key or mobile.', '姓名、key 或手机号的一部分。')),
    after: z
      .string()
      .regex(/^[\w-]{1,64}$/, 'a next_cursor of this call')
      .optional()
      .meta(words('A next_cursor: continues after it.', '一个 next_cursor：列其后的人物。')),
  }),
  answer: z.object({
    items: z.array(foundPersonShape),
    next_cursor: z
      .string()
      .nullable()
      .meta(
        words(
          `Where to continue; null: the search is complete. One call searches ${looked_max} people.`,
          `继续查找的位置；null：已全部查看。一次调用最多查看 ${looked_max} 人。`,
        ),
      ),
  }),
  example: { input: { q: '李' } },
  handle(call) {
    const { q = '', after = '' } = call.input
    const { rows, next } = findPeople(call, q, after)
    return { items: foundResponse(call, rows), next_cursor: next }
  },
})

/** What there is to people, as calls of the control API. */
export const personEndpoints = [createPerson, listPeople, searchPerson, updatePerson] as const

/** Who has exactly this mobile is found by it; any other text is looked for. */
function findPeople({ db, world }: Call, q: string, from: string) {
  const { epoch } = world
  const mobile = readMobile(q)
  const own = mobile === undefined || from !== '' ? [] : listPeopleWithMobile(db, epoch, mobile)
  if (own.length > 0) return { rows: own, next: null }
  const fits = fitsOf(q)
  return walk<PersonRow>(from, {
    list: (after, limit) => listRows(db, epoch, limit, after),
    keyOf: ({ person }) => person,
    isWanted: ({ name, key, person, mobile }) => fits([name, key, person, mobile ?? '']),
    items_max,
  })
}

/** What is asked of all of them together costs as many questions as of one. */
function foundResponse(call: Call, rows: readonly PersonRow[]): FoundPerson[] {
  const { db, world } = call
  const { epoch } = world
  const accounts = new Map<string, AccountRow>()
  for (const row of listAccounts(db, epoch)) if (row.appid !== null) accounts.set(row.appid, row)
  const relations = listRelations(db, { epoch, people: rows.map(({ person }) => person) })
  const values = relations.map(({ openid }) => openid)
  const registered = new Set(
    listAssociationsBy(db, 'openid', { epoch, appids: [...accounts.keys()], values }).map(
      ({ openid }) => openid,
    ),
  )
  const byPerson = Map.groupBy(relations, ({ person }) => person)
  return rows.map(({ key, person, name, mobile }) => ({
    ...{ key, person, name, mobile },
    phone_url: `${baseUrl(call)}/phone/${person}`,
    accounts: (byPerson.get(person) ?? []).flatMap(({ appid, openid, state }) => {
      const account = accounts.get(appid)
      if (!account) return []
      const { key, company } = account
      return { account: key, company, state, registered: registered.has(openid) }
    }),
  }))
}
