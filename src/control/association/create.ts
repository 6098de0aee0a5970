import { z } from 'zod'
import { findAssociation, findAssociationOf } from '../../../db/association.ts'
import { findFollower, listFollowed, listPeopleWithMobile } from '../../../db/person.ts'
import type { AccountRow, AssociationRow, PersonRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { baseUrl } from '../../core/locate.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { putPerson } from '../../phone/person.ts'
import { eidOf } from '../../tupu/account/eid.ts'
import { register } from '../../tupu/association/association.ts'
import { mobileField } from '../../tupu/mobile.ts'
import { putFollower } from '../../wechat/follower.ts'
import { cleanText, nameText } from '../field.ts'
import { type ConnectedAccount, chooseConnected } from './account.ts'
import { type Association, associate, operator } from './associate.ts'

const state = z.enum(['following', 'unfollowed', 'blocking', 'muted', 'never'])
const source = z.enum(['form', 'direct_application'])

const associationInput = z.strictObject({
  world: z.string(),
  mobile: mobileField,
  name: nameText.optional(),
  email: cleanText.optional(),
  account: z
    .string()
    .optional()
    .meta(words('Key or EID; left out, the first account.', 'key 或 EID；不填则为第一个账号。')),
  source: source
    .optional()
    .meta(
      words(
        'form (default), or direct_application: the candidate applied in WeChat.',
        'form（默认），或 direct_application：应聘者直接在微信中申请。',
      ),
    ),
  state: state
    .optional()
    .meta(
      words(
        'How the person stands to the official account; following unless told.',
        '此人与公众号的关系；不填为 following。',
      ),
    ),
  openid: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'letters, digits, - and _, at most 64')
    .optional()
    .meta(
      words(
        'Only through a remote gateway, whose openids are not ours to make.',
        '只用于远端网关：那里的 openid 不由我们产生。',
      ),
    ),
})
type Input = z.output<typeof associationInput>

const shownAssociation = z.object({
  mobile: z.string(),
  account: z.string(),
  eid: z.string(),
  appid: z.string(),
  openid: z.string(),
  person: z.string(),
  phone_url: z.string(),
  source,
  state,
  name: z.string(),
  email: z.string(),
})

/** The one line that a test needs: somebody follows, and has registered this mobile. */
export const createAssociation = endpoint({
  id: 'association.create',
  methods: ['POST'],
  path: '/worlds/{world}/associations',
  from: ['path', 'json'],
  summary: {
    en: 'Make a following, registered person by mobile; again with the same mobile: update the named fields',
    zh: '按手机号建一个已关注、已登记的人；同一手机号再来一次则更新所写的字段',
  },
  status: 201,
  statusIfThere: 200,
  input: associationInput,
  answer: shownAssociation,
  refusals: [409],
  example: { input: { mobile: '13800138009', name: '王小雨' } },
  async handle(call) {
    const { input, db, world } = call
    const account = await chooseConnected(call, input.account)
    if (isRefusal(account)) return account
    const { appid } = account
    const at = { epoch: world.epoch, appid, mobile: input.mobile }
    const existing = await findAssociation(db, at)
    if (existing) {
      call.concern({ appid, openid: existing.openid })
      const updated = await update(call, account, existing)
      return isRefusal(updated) ? updated : show(call, account, updated)
    }
    const person = await choosePerson(call, appid, input)
    const wanted = { ...input, account, person }
    const created = await associate(call, { ...wanted, state: input.state ?? 'following' })
    if (!isRefusal(created)) {
      call.concern({ appid, openid: created.row.openid })
      return reply(201, await show(call, account, created))
    }
    call.concern({ eid: account.eid, mobile: input.mobile })
    // Another replica may have registered the mobile since we looked.
    if (await findAssociation(db, at)) db.unitConnection.retry('the mobile is registered now')
    return created
  },
})

async function update(
  call: Call<unknown, Input>,
  account: ConnectedAccount,
  existing: AssociationRow,
): Promise<Association | Refusal> {
  const { db, world, input } = call
  const { openid, mobile } = existing
  if (input.openid !== undefined && input.openid !== openid) {
    return problem('conflict', {
      field: 'openid',
      reason: `the mobile is registered for ${openid}`,
      fix: 'leave it out, or choose another mobile',
    })
  }
  const { name = existing.name, email = existing.email, source } = input
  const of = { account, openid, source, ...operator }
  const changed = await register(call, of, { name, mobile, email, notice_version: null })
  if (changed.kind === 'taken') throw new Error('an association has lost its own mobile')
  const { row } = changed
  const follower = await findFollower(db, world.epoch, openid)
  if (!follower) throw new Error(`the openid ${openid} of an association is nobody's`)
  if (input.state === undefined) return { row, follower }
  const at = { person: follower.person, appid: row.appid }
  return { row, follower: await putFollower(call, at, input.state) }
}

/** Whoever has this mobile and is not registered here yet; else somebody new. */
async function choosePerson(call: Call, appid: string, input: Input): Promise<PersonRow> {
  const { db, world } = call
  const { epoch } = world
  for (const person of await listPeopleWithMobile(db, epoch, input.mobile)) {
    const relations = await listFollowed(db, epoch, person.person)
    const relation = relations.find((row) => row.appid === appid)
    if (!relation) return person
    // Known there under another openid than the one that was told: that is somebody else.
    if (input.openid !== undefined && input.openid !== relation.openid) continue
    const { openid } = relation
    if (!(await findAssociationOf(db, { epoch, appid, openid }))) return person
  }
  // A name as a message would show it: nobody is called by a number.
  const name = input.name ?? `候选人${input.mobile.slice(-4)}`
  return putPerson(call, { key: `mobile ${appid} ${input.mobile}`, name, mobile: input.mobile })
}

async function show(call: Call, account: AccountRow, { row, follower }: Association) {
  const { mobile: e164, appid, openid, source: from, name, email } = row
  return {
    mobile: e164,
    account: account.key,
    eid: eidOf(account),
    appid,
    openid,
    person: follower.person,
    phone_url: `${baseUrl(call)}/phone/${follower.person}`,
    source: from,
    state: follower.state,
    name,
    email,
  }
}
