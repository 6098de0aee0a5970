import { z } from 'zod'
import { findAssociation } from '../../db/association.ts'
import type { AssociationRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { type Outcome, pending } from '../core/endpoint.ts'
import type { Engine } from '../core/engine.ts'
import { errcodes, words } from '../core/field.ts'
import { areFactsStale } from './account.ts'
import { endpoint, ok, type TupuCaller } from './endpoint.ts'
import type { RemoteGateway } from './gateway/config.ts'
import { type Facts, keepFacts, missingSteps } from './gateway/facts.ts'
import { followsLocally } from './gateway/local.ts'
import { keepCalls, type OutwardCall } from './gateway/outward.ts'
import { isTold, type RemoteAnswer, RemoteTalk, refuseSilence } from './gateway/remote.ts'
import { findMagic } from './message/magic.ts'
import { mobileField } from './mobile.ts'

type Reason = 'unknown_mobile' | 'not_following' | 'account_not_live'

/** What WeChat is asked when it is not our own. */
interface Question {
  readonly gateway: RemoteGateway
  readonly openid: string
  /** Ask for the account's facts first. */
  readonly stale: boolean
}

interface Told {
  readonly facts: Facts | undefined
  /** Undefined: with the new facts there was nothing to ask. */
  readonly user: RemoteAnswer | undefined
  readonly calls: readonly OutwardCall[]
}

/** Whether a send to a mobile would reach a follower. A POST: mobiles do not belong in addresses. */
export const queryRegistration = endpoint({
  id: 'registration.query',
  methods: ['POST'],
  path: '/registrations/query',
  from: ['json'],
  summary: { en: 'Whether a mobile can be reached by WeChat', zh: '某个手机号能否通过微信送达' },
  credential: 'eid',
  input: z.object({
    mobile: errcodes(
      mobileField.meta(
        words(
          'In any usual spelling; without a country code it is Chinese.',
          '常见写法都可以；不带国家代码即为中国大陆号码。',
        ),
      ),
      {
        missing: 100010,
        type: 100010,
        invalid: 100010,
      },
    ),
  }),
  answer: z.object({
    errcode: z.literal(0),
    errmsg: z.literal('ok'),
    reachable: z.boolean(),
    reason: z.enum(['unknown_mobile', 'not_following', 'account_not_live']).nullable(),
  }),
  refusals: [100010, 100031, 100032],
  example: { input: { mobile: '{wang.mobile}' } },
  async before(call) {
    const { world, caller, input } = call
    const { gateway } = caller
    call.concern({ eid: caller.account.eid, mobile: input.mobile })
    const stale = areFactsStale(caller, world.real_now)
    if (!stale && missingSteps(caller.facts).length > 0) return unreachable('account_not_live')
    const magic = findMagic(world, input.mobile)
    if (magic) return magicAnswer(magic.errcode)
    const association = await associationOf(call, input.mobile)
    if (!association) return unreachable('unknown_mobile')
    const { appid, openid } = association
    if (gateway.kind === 'remote') return pending<Question>({ gateway, openid, stale })
    return reachableIf(await followsLocally(call, appid, openid))
  },
  outside: askRemote,
  async after(call, { gateway }, { facts, user, calls }) {
    const { eid } = call.caller.account
    if (user?.kind === 'none')
      return { ...refuseSilence(user, call.engine.limits), writes: () => keepCalls(call, calls) }
    await keepCalls(call, calls)
    if (facts) await keepFacts(call, { eid, gateway }, facts)
    return user ? reachableIf(user.body['subscribe'] === 1) : unreachable('account_not_live')
  },
})

async function askRemote(question: Question, engine: Engine): Promise<Told> {
  const talk = new RemoteTalk(engine, question.gateway)
  const asked = question.stale ? await talk.facts() : undefined
  const facts = asked && isTold(asked) ? asked : undefined
  if (facts && missingSteps(facts).length > 0) {
    return { facts, user: undefined, calls: talk.calls }
  }
  return { facts, user: await talk.userInfo(question.openid), calls: talk.calls }
}

function associationOf(
  call: Call<TupuCaller, unknown>,
  e164: string,
): Promise<AssociationRow | undefined> {
  const { db, world, caller } = call
  return findAssociation(db, {
    epoch: world.epoch,
    appid: caller.account.appid ?? '',
    mobile: e164,
  })
}

function magicAnswer(errcode: number): Outcome {
  if (errcode === 43004) return unreachable('not_following')
  return errcode === 0 ? reachableIf(true) : unreachable('unknown_mobile')
}

function reachableIf(follows: boolean): Outcome {
  return follows ? { ...ok, reachable: true, reason: null } : unreachable('not_following')
}

function unreachable(reason: Reason): Outcome {
  return { ...ok, reachable: false, reason }
}
