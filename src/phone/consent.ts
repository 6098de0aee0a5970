import { z } from 'zod'
import { updatePerson } from '../../db/person.ts'
import type { FollowerRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { endpoint } from '../core/control-endpoint.ts'
import type { Outcome } from '../core/endpoint.ts'
import { isRefusal } from '../core/refusal.ts'
import { putFollower } from '../wechat/follower.ts'
import { allow, hasConsent, takeBack } from '../wechat/oauth/consent.ts'
import { choose, choosePerson } from './choose.ts'
import { relation, where } from './field.ts'

const input = z.strictObject(where)
const answer = relation.extend({ consented: z.boolean() })

/** The person lets an account see nickname and avatar, as on the page that asks. */
export const allowPhone = endpoint({
  id: 'phone.allow',
  methods: ['POST'],
  path: '/worlds/{world}/people/{person}/allow',
  from: ['path', 'json'],
  summary: {
    en: 'The person lets the account see nickname and avatar: web OAuth no longer asks',
    zh: '此人允许公众号获取昵称和头像：网页授权不再询问',
  },
  input,
  answer,
  refusals: [409],
  example: { input: { person: 'li', account: 'acme' } },
  handle: (call) => consent(call, allow),
})

/** The person does not, or no longer. */
export const denyPhone = endpoint({
  id: 'phone.deny',
  methods: ['POST'],
  path: '/worlds/{world}/people/{person}/deny',
  from: ['path', 'json'],
  summary: {
    en: 'The person does not let it, or no longer: web OAuth asks again',
    zh: '此人不允许或收回允许：网页授权会再次询问',
  },
  input,
  answer,
  refusals: [409],
  example: { input: { person: 'li', account: 'acme' } },
  handle: (call) => consent(call, takeBack),
})

/** Whether pages that want a profile open as a snapshot until the full page is asked for. */
export const phoneSnapshot = endpoint({
  id: 'phone.snapshot',
  methods: ['POST'],
  path: '/worlds/{world}/people/{person}/snapshot',
  from: ['path', 'json'],
  summary: {
    en: "The person's WeChat opens pages in snapshot mode, or no longer",
    zh: '此人的微信以快照模式打开页面，或不再如此',
  },
  input: z.strictObject({ world: z.string(), person: z.string(), on: z.boolean() }),
  answer: z.object({ person: z.string(), snapshot: z.boolean() }),
  example: { input: { person: 'li', on: true } },
  async handle(call) {
    const person = await choosePerson(call, call.input.person)
    if (isRefusal(person)) return person
    const { on } = call.input
    await updatePerson(call.db, person, { snapshot: on ? 1 : 0 })
    return { person: person.person, snapshot: on }
  },
})

async function consent(
  call: Call<unknown, z.output<typeof input>>,
  change: (call: Pick<Call, 'db' | 'world'>, follower: FollowerRow) => Promise<FollowerRow>,
): Promise<Outcome> {
  const chosen = await choose(call, call.input)
  if (isRefusal(chosen)) return chosen
  const { account, appid } = chosen
  const at = { person: chosen.person.person, appid }
  // Who never followed can be asked too: the relation is made by the asking.
  const follower = await change(call, chosen.follower ?? (await putFollower(call, at, 'never')))
  const { person, openid, state } = follower
  const consented = hasConsent(follower, call.world)
  return { person, account: account?.key ?? null, appid, openid, state, consented }
}
