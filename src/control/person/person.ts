import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import { nextCount } from '../../../db/counter.ts'
import {
  findPersonByUnionid,
  listFollowed,
  listPeople as listPeopleRows,
  listRelations,
  updatePerson as updatePersonRow,
} from '../../../db/person.ts'
import type { AccountRow, PersonRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { baseUrl } from '../../core/locate.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { choosePerson } from '../../phone/choose.ts'
import { mobileField } from '../../tupu/mobile.ts'
import { putFollower } from '../../wechat/follower.ts'
import { unionidFrom } from '../../wechat/official-account.ts'
import { findPersonBy, putPerson } from '../../world/person.ts'
import { associate, chooseConnected } from '../association/association.ts'
import { key, lastOrNull, nameText } from '../field.ts'

const page_max = 100

/** How a person's WeChat is. */
const wechatFields = {
  platform: z
    .enum(['ios', 'android', 'other'])
    .optional()
    .meta(
      words(
        'The platform of the phone, used by conditional menus. Default: android.',
        '微信运行的系统，个性化菜单会看它。不填为 android。',
      ),
    ),
  double_redirect: z
    .enum(['off', 'same_code', 'second_code'])
    .optional()
    .meta(
      words(
        'Whether it opens a web OAuth redirect twice, as WeChat sometimes does: with the same code, or with a second one, unless the link has connect_redirect=1. Default: off.',
        '网页授权跳回时是否像微信偶尔那样打开两次：用同一个 code，或第二次用新的 code（链接带 connect_redirect=1 时除外）。不填为 off。',
      ),
    ),
}

const personFields = {
  key: key
    .optional()
    .meta(
      words(
        'Your name for the person. The id is derived from it.',
        '你给此人起的名字；ID 由此推导。',
      ),
    ),
  name: nameText.optional(),
  mobile: mobileField.optional(),
  unionid: z
    .string()
    .regex(/^o[\w-]{27,28}$/, 'o and 27 or 28 letters, digits, - and _')
    .optional()
    .meta(words('Default: derived from the id.', '不填则由 ID 推导。')),
  follows: z
    .array(z.string())
    .optional()
    .meta(words('Accounts, by key or EID.', '账号，写 key 或 EID。')),
  ...wechatFields,
}

/** A person in the body of world.create. */
export const personInput = z.strictObject({
  ...personFields,
  registered_with: z
    .array(z.string())
    .default([])
    .meta(
      words(
        'Accounts where the mobile is registered; implies following, unless `follows` says otherwise.',
        '登记了手机号的账号；同时视为已关注，除非 `follows` 另有说明。',
      ),
    ),
  source: z.enum(['form', 'direct_application']).optional(),
})

export type PersonInput = z.output<typeof personInput>

export const personShape = z.object({
  key: z.string(),
  person: z.string(),
  name: z.string(),
  mobile: z.string().nullable(),
  unionid: z.string(),
  platform: z.enum(['ios', 'android', 'other']),
  double_redirect: z.enum(['off', 'same_code', 'second_code']),
  openids: z.record(z.string(), z.string()),
  phone_url: z.string(),
})

export const createPerson = endpoint({
  id: 'person.create',
  methods: ['POST'],
  path: '/worlds/{world}/people',
  from: ['path', 'json'],
  summary: { en: 'Create a person with a phone', zh: '新建一个有手机的人物' },
  status: 201,
  input: z.strictObject({ world: z.string(), ...personFields }),
  answer: personShape,
  refusals: [409],
  example: { input: { key: 'zhao', name: '赵敏', mobile: '13800138009', follows: ['acme'] } },
  handle(call) {
    const { world: _, ...input } = call.input
    const accounts = listAccounts(call.db, call.world.epoch)
    const { mobile } = input
    if (mobile !== undefined) for (const { eid } of accounts) call.concern({ eid, mobile })
    const person = addPerson(call, { ...input, registered_with: [] }, '')
    return isRefusal(person) ? person : reply(201, personResponse(call, person, accounts))
  },
})

/** Changes how a person's WeChat is. */
export const updatePerson = endpoint({
  id: 'person.update',
  methods: ['PATCH'],
  path: '/worlds/{world}/people/{person}',
  from: ['path', 'json'],
  summary: { en: 'Change the WeChat settings of a person', zh: '修改人物的微信' },
  input: z.strictObject({ world: z.string(), person: z.string(), ...wechatFields }),
  answer: personShape,
  example: { input: { person: 'li', platform: 'ios' } },
  handle(call) {
    const { db, world, input } = call
    const person = choosePerson(call, input.person)
    if (isRefusal(person)) return person
    const { platform = person.platform, double_redirect = person.double_redirect } = input
    const change = { platform, double_redirect }
    updatePersonRow(db, person, change)
    return personResponse(call, { ...person, ...change }, listAccounts(db, world.epoch))
  },
})

/** Everybody in a world, also whom the world's own answer has no room for. */
export const listPeople = endpoint({
  id: 'person.list',
  methods: ['GET'],
  path: '/worlds/{world}/people',
  from: ['path', 'query'],
  summary: {
    en: 'The people of a world, in the order of their ids',
    zh: '世界里的人物，按 ID 排序',
  },
  input: z.strictObject({
    world: z.string(),
    after: z
      .string()
      .regex(/^[\w-]{1,64}$/, 'a next_cursor of this list')
      .optional()
      .meta(words('A next_cursor: continues after it.', '一个 next_cursor：列其后的人物。')),
  }),
  answer: z.object({ items: z.array(personShape), next_cursor: lastOrNull }),
  example: { input: {} },
  handle(call) {
    const { db, world, input } = call
    const rows = listPeopleRows(db, world.epoch, page_max + 1, input.after)
    const last = rows.length > page_max ? rows[page_max - 1] : undefined
    const items = peopleResponse(call, rows.slice(0, page_max), listAccounts(db, world.epoch))
    return { items, next_cursor: last?.person ?? null }
  },
})

/** Makes a person who follows and is registered as input. */
export function addPerson(call: Call, input: PersonInput, field: string): PersonRow | Refusal {
  if (input.key !== undefined && findPersonBy(call, input.key)) {
    return problem('conflict', {
      field: `${field}key`,
      reason: `the world already has a person ${input.key}`,
      fix: 'choose another key',
    })
  }
  const { key: wanted, name, mobile, unionid, platform, double_redirect } = input
  if (unionid !== undefined && isUnionidTaken(call, unionid)) {
    return problem('conflict', {
      field: `${field}unionid`,
      reason: 'somebody in the world has it',
      fix: 'choose another unionid',
    })
  }
  const person = putPerson(call, {
    key: wanted ?? nextKey(call),
    name,
    mobile,
    unionid,
    platform,
    double_redirect,
  })
  const list = input.follows ? 'follows' : 'registered_with'
  for (const [i, name] of (input[list] ?? []).entries()) {
    const account = chooseConnected(call, name, `${field}${list}.${i}`)
    if (isRefusal(account)) return account
    putFollower(call, { person: person.person, appid: account.appid }, 'following')
  }
  for (const [i, name] of input.registered_with.entries()) {
    const account = chooseConnected(call, name, `${field}registered_with.${i}`)
    if (isRefusal(account)) return account
    const no = register(call, { person, account, input, field })
    if (no) return no
  }
  return person
}

function isUnionidTaken({ db, world }: Call, unionid: string): boolean {
  return findPersonByUnionid(db, { epoch: world.epoch, unionid }) !== undefined
}

function nextKey(call: Call): string {
  for (;;) {
    const { epoch } = call.world
    const key = `person-${nextCount(call.db, { epoch, purpose: 'person', key: '' })}`
    if (!findPersonBy(call, key)) return key
  }
}

function register(
  call: Call,
  of: {
    person: PersonRow
    account: AccountRow & { appid: string }
    input: PersonInput
    field: string
  },
): Refusal | undefined {
  const { person, account, input, field } = of
  const { follows, source } = input
  if (person.mobile === null) {
    return problem('invalid_field', {
      field: `${field}mobile`,
      reason: 'a registered person needs a mobile',
      fix: 'give mobile',
    })
  }
  const isFollower = follows?.some((name) =>
    [account.key, account.eid, account.appid].includes(name),
  )
  const made = associate(call, {
    account,
    person,
    mobile: person.mobile,
    state: follows === undefined || isFollower ? 'following' : 'never',
    source,
    field,
    // Whoever a world begins with was registered by no call of its own.
    trace: '',
  })
  return isRefusal(made) ? made : undefined
}

/** An account by the name that answers give it. */
type Named = Pick<AccountRow, 'key' | 'appid'>

/** A person as the control API shows one. `openids` by account key. */
export function personResponse(
  call: Pick<Call, 'db' | 'world' | 'request'>,
  row: PersonRow,
  accounts: readonly Named[],
  relations = listFollowed(call.db, call.world.epoch, row.person),
) {
  const openids: Record<string, string> = {}
  for (const { appid, openid } of relations) {
    const account = accounts.find((candidate) => candidate.appid === appid)
    if (account) openids[account.key] = openid
  }
  const { key, person, name, mobile, platform, double_redirect } = row
  const unionid = unionidFrom(call, row)
  return {
    key,
    person,
    name,
    mobile,
    unionid,
    platform,
    double_redirect,
    openids,
    phone_url: `${baseUrl(call)}/phone/${person}`,
  }
}

/** Several people, whose relations are asked for together. */
export function peopleResponse(
  call: Pick<Call, 'db' | 'world' | 'request'>,
  rows: readonly PersonRow[],
  accounts: readonly Named[],
) {
  const people = rows.map(({ person }) => person)
  const relations = listRelations(call.db, { epoch: call.world.epoch, people })
  const byPerson = Map.groupBy(relations, ({ person }) => person)
  return rows.map((row) => personResponse(call, row, accounts, byPerson.get(row.person) ?? []))
}
