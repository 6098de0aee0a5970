import { z } from 'zod'
import { listAccounts } from '../../db/account.ts'
import type { AccountRow, PersonRow } from '../../db/schema.ts'
import { nextCount } from '../../db/world.ts'
import type { Call } from '../core/call.ts'
import { endpoint } from '../core/control-endpoint.ts'
import { reply } from '../core/endpoint.ts'
import { words } from '../core/field.ts'
import { problem } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { putPerson, showPerson } from '../phone/person.ts'
import { mobileField } from '../tupu/mobile.ts'
import { putFollower } from '../wechat/follower.ts'
import { findPersonBy } from '../world/person.ts'
import { chooseConnected } from './association/account.ts'
import { associate } from './association/associate.ts'
import { key, nameText } from './field.ts'

const people_fields = {
  key: key
    .optional()
    .meta(
      words(
        'Your name for the person; the id is derived from it.',
        '你给此人起的名字；ID 由此推导。',
      ),
    ),
  name: nameText.optional(),
  mobile: mobileField.optional(),
  follows: z
    .array(z.string())
    .optional()
    .meta(words('Accounts, by key or EID.', '账号，写 key 或 EID。')),
}

/** A person in the body of world.create. */
export const personInput = z.strictObject({
  ...people_fields,
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

export const shownPerson = z.object({
  key: z.string(),
  person: z.string(),
  name: z.string(),
  mobile: z.string().nullable(),
  openids: z.record(z.string(), z.string()),
  phone_url: z.string(),
})

export const createPerson = endpoint({
  id: 'person.create',
  methods: ['POST'],
  path: '/worlds/{world}/people',
  from: ['path', 'json'],
  summary: { en: 'Make a person with a phone', zh: '新建一个有手机的人物' },
  status: 201,
  input: z.strictObject({ world: z.string(), ...people_fields }),
  answer: shownPerson,
  refusals: [409],
  example: { input: { key: 'zhao', name: '赵敏', mobile: '13800138009', follows: ['acme'] } },
  async handle(call) {
    const { world: _, ...wanted } = call.input
    const accounts = await listAccounts(call.db, call.world.epoch)
    const { mobile } = wanted
    if (mobile !== undefined) for (const { eid } of accounts) call.concern({ eid, mobile })
    const person = await addPerson(call, { ...wanted, registered_with: [] }, '')
    return isRefusal(person) ? person : reply(201, await showPerson(call, person, accounts))
  },
})

/** Makes a person who follows and is registered as wanted. */
export async function addPerson(
  call: Call,
  wanted: PersonInput,
  field: string,
): Promise<PersonRow | Refusal> {
  if (wanted.key !== undefined && (await findPersonBy(call, wanted.key))) {
    return problem('conflict', {
      field: `${field}key`,
      reason: `the world has a person ${wanted.key} already`,
      fix: 'choose another key',
    })
  }
  const personKey = wanted.key ?? (await nextKey(call))
  const person = await putPerson(call, { key: personKey, name: wanted.name, mobile: wanted.mobile })
  const follows = wanted.follows ?? wanted.registered_with
  for (const [i, name] of follows.entries()) {
    const account = await chooseConnected(call, name, `${field}follows.${i}`)
    if (isRefusal(account)) return account
    await putFollower(call, { person: person.person, appid: account.appid }, 'following')
  }
  for (const [i, name] of wanted.registered_with.entries()) {
    const account = await chooseConnected(call, name, `${field}registered_with.${i}`)
    if (isRefusal(account)) return account
    const no = await register(call, { person, account, wanted, field })
    if (no) return no
  }
  return person
}

async function nextKey(call: Call): Promise<string> {
  for (;;) {
    const { epoch } = call.world
    const key = `person-${await nextCount(call.db, { epoch, purpose: 'person', key: '' })}`
    if (!(await findPersonBy(call, key))) return key
  }
}

async function register(
  call: Call,
  of: {
    person: PersonRow
    account: AccountRow & { appid: string }
    wanted: PersonInput
    field: string
  },
): Promise<Refusal | undefined> {
  const { person, account, wanted, field } = of
  const { follows, source } = wanted
  if (person.mobile === null) {
    return problem('invalid_field', {
      field: `${field}mobile`,
      reason: 'whoever is registered has a mobile',
      fix: 'give mobile',
    })
  }
  const isFollower = follows?.some((name) =>
    [account.key, account.eid, account.appid].includes(name),
  )
  const made = await associate(call, {
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
