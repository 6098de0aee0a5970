import { z } from 'zod'
import { findAssociation } from '../../../db/association.ts'
import { type Outcome, pending } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import { areFactsStale } from '../account/account.ts'
import { endpoint, ok } from '../endpoint.ts'
import { gatewayOf, type RemoteGateway, timeoutOf } from '../gateway/config.ts'
import { type Facts, keepFacts, missingSteps } from '../gateway/facts.ts'
import { keepCalls, type OutwardCall } from '../gateway/http.ts'
import { refuseSilence } from '../gateway/leg.ts'
import { followsLocally } from '../gateway/local.ts'
import { isFacts, type RemoteAnswer, RemoteClient } from '../gateway/remote.ts'
import { codeOf, findMagic } from '../message/magic.ts'
import { partnerMobileField } from '../mobile.ts'

const reasons = ['unknown_mobile', 'not_following', 'account_not_live'] as const

/** What a remote WeChat is asked. */
interface Lookup {
  readonly gateway: RemoteGateway
  readonly openid: string
  /** Ask for the account's facts first. */
  readonly stale: boolean
}

interface LookupResult {
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
  looks: true,
  from: ['json'],
  summary: { en: 'Whether a mobile can be reached by WeChat', zh: '某个手机号能否通过微信送达' },
  credential: 'eid',
  input: z.object({ mobile: partnerMobileField }),
  answer: z.object({
    errcode: z.literal(0),
    errmsg: z.literal('ok'),
    reachable: z.boolean(),
    reason: z.enum(reasons).nullable(),
  }),
  refusals: [100010, 100031, 100032],
  example: { input: { mobile: '{wang.mobile}' } },
  before(call) {
    const { db, world, caller, input, engine } = call
    const { gateway } = caller
    call.concern({ eid: caller.account.eid, mobile: input.mobile })
    const stale = areFactsStale(caller, world.real_now)
    if (!stale && missingSteps(caller.facts).length > 0) return unreachable('account_not_live')
    const magic = findMagic(world, input.mobile)
    if (magic) return magicResponse(codeOf(call, input.mobile, magic))
    const at = { epoch: world.epoch, appid: caller.account.appid ?? '', mobile: input.mobile }
    const association = findAssociation(db, at)
    if (!association) return unreachable('unknown_mobile')
    const { appid, openid } = association
    if (gateway.kind === 'remote') return pending<Lookup>({ gateway, openid, stale })
    const follows = followsLocally(call, appid, openid)
    const lost = { kind: 'none', errcode: 100031, detail: 'no answer' } as const
    return follows === undefined
      ? refuseSilence(lost, timeoutOf(gatewayOf(caller.account), engine.limits))
      : reachableIf(follows)
  },
  outside: lookUpRemotely,
  after(call, { gateway }, { facts, user, calls }) {
    const { eid } = call.caller.account
    if (user?.kind === 'none') {
      const no = refuseSilence(user, timeoutOf(gateway, call.engine.limits))
      return { ...no, writes: () => keepCalls(call, calls) }
    }
    keepCalls(call, calls)
    if (facts) keepFacts(call, { eid, gateway }, facts)
    return user ? reachableIf(user.body['subscribe'] === 1) : unreachable('account_not_live')
  },
})

async function lookUpRemotely(lookup: Lookup, engine: Engine): Promise<LookupResult> {
  const client = new RemoteClient(engine, lookup.gateway)
  const { calls } = client
  const fresh = lookup.stale ? await client.facts() : undefined
  const facts = fresh && isFacts(fresh) ? fresh : undefined
  if (facts && missingSteps(facts).length > 0) return { facts, user: undefined, calls }
  return { facts, user: await client.userInfo(lookup.openid), calls }
}

function magicResponse(errcode: number): Outcome {
  if (errcode === 43004) return unreachable('not_following')
  return errcode === 0 ? reachableIf(true) : unreachable('unknown_mobile')
}

function reachableIf(follows: boolean): Outcome {
  return follows ? { ...ok, reachable: true, reason: null } : unreachable('not_following')
}

function unreachable(reason: (typeof reasons)[number]): Outcome {
  return { ...ok, reachable: false, reason }
}
