import { z } from 'zod'
import { listAccounts } from '../../db/account.ts'
import { findFollowerOf } from '../../db/person.ts'
import type { AccountRow } from '../../db/schema.ts'
import type { Call, Outcome } from '../http/endpoint.ts'
import { control_source, endpoint, problem } from '../http/problem.ts'
import { isRefusal, type Refusal } from '../http/refusal.ts'
import { type FollowerState, findPersonBy, putFollower } from './person.ts'

/** The account of a key, an EID or an appid; left out, the first one. */
export async function chooseAccount(
  call: Pick<Call, 'db' | 'world'>,
  wanted: string | undefined,
  field = 'account',
): Promise<AccountRow | Refusal> {
  const accounts = await listAccounts(call.db, call.world.epoch)
  const found =
    wanted === undefined
      ? accounts[0]
      : accounts.find(({ key, eid, appid }) => key === wanted || eid === wanted || appid === wanted)
  if (found) return found
  const known = accounts.map((account) => account.key).join(', ')
  const reason =
    wanted === undefined ? 'the world has no account' : `the world has no account ${wanted}`
  return problem('not_found', {
    field,
    reason,
    fix: known ? `use one of: ${known}` : 'make one with account.create',
  })
}

interface Verb {
  readonly verb: string
  readonly summary: string
  /** What each state becomes; a state that is left out is told to follow first. */
  readonly to: Partial<Readonly<Record<FollowerState, FollowerState>>>
}

const verbs: readonly Verb[] = [
  { verb: 'follow', summary: 'The person follows the official account', to: all('following') },
  { verb: 'unfollow', summary: 'The person unfollows it', to: all('unfollowed') },
  {
    verb: 'block',
    summary: 'The person blocks its messages: sends are accepted and fail later',
    to: { following: 'blocking', blocking: 'blocking', muted: 'blocking' },
  },
  {
    verb: 'unblock',
    summary: 'The person takes its messages again',
    to: { following: 'following', blocking: 'following', muted: 'muted' },
  },
  {
    verb: 'mute',
    summary: 'The person switches its notifications off: sends are refused',
    to: { following: 'muted', blocking: 'muted', muted: 'muted' },
  },
  {
    verb: 'unmute',
    summary: 'The person switches them on again',
    to: { following: 'following', blocking: 'blocking', muted: 'following' },
  },
]

function all(state: FollowerState): Record<FollowerState, FollowerState> {
  return { never: state, following: state, unfollowed: state, blocking: state, muted: state }
}

const relation = z.object({
  person: z.string(),
  account: z.string(),
  appid: z.string(),
  openid: z.string(),
  state: z.string(),
})

/** What a person does to an official account, one endpoint a verb. The phone's buttons call the same. */
export const followEndpoints = verbs.map(({ verb, summary, to }) =>
  endpoint({
    id: `phone.${verb}`,
    methods: ['POST'],
    path: `/worlds/{world}/people/{person}/${verb}`,
    from: ['path', 'json'],
    summary,
    source: control_source,
    fidelity: 'documented',
    input: z.strictObject({
      world: z.string(),
      person: z.string(),
      account: z.string().optional().describe('Key, EID or appid; left out, the first account.'),
    }),
    answer: relation,
    refusals: [404, 409, 422],
    example: {
      input: { world: 'default', person: 'li', account: 'acme' },
      answer: {
        person: 'p-2k4m7c9x3b5z',
        account: 'acme',
        appid: 'wx1234567890abcdef',
        openid: 'oAbCdEfGhIjKlMnOpQrStUvWxYz0',
        state: to.following ?? 'following',
      },
    },
    handle: (call) => change(call, to),
  }),
)

/** Puts the relation into the state to which the verb leads from where it is. */
async function change(
  call: Call<unknown, { person: string; account?: string | undefined }>,
  to: Verb['to'],
): Promise<Outcome> {
  const person = await findPersonBy(call, call.input.person)
  if (!person) {
    return problem('not_found', {
      field: 'person',
      reason: `the world has no person ${call.input.person}`,
      fix: 'use an id or key of world.get',
    })
  }
  const account = await chooseAccount(call, call.input.account)
  if (isRefusal(account)) return account
  if (account.appid === null) {
    return problem('conflict', {
      field: 'account',
      reason: `${account.key} has no official account yet`,
      fix: 'choose a live account',
    })
  }
  const at = { epoch: call.world.epoch, person: person.person, appid: account.appid }
  const before = (await findFollowerOf(call.db, at))?.state ?? 'never'
  const state = to[before]
  if (state === undefined) {
    const reason = `${person.key} does not follow ${account.key} (${before})`
    return problem('conflict', { field: 'person', reason, fix: 'follow first' })
  }
  const { openid } = await putFollower(call, at, state)
  return { person: person.person, account: account.key, appid: account.appid, openid, state }
}
