import { listAccounts } from '../../../db/account.ts'
import { findOpenid } from '../../../db/association.ts'
import { findFault } from '../../../db/fault.ts'
import { findMessage } from '../../../db/message.ts'
import { findOfficialAccount } from '../../../db/official-account.ts'
import { findFollower, findFollowerOf } from '../../../db/person.ts'
import type { AccountRow } from '../../../db/schema.ts'
import { findTemplate } from '../../../db/template.ts'
import { findTemplateMessage } from '../../../db/template-message.ts'
import type { Call } from '../../core/call.ts'
import { accountViewOf } from '../../tupu/account/account.ts'
import { keyOfEid } from '../../tupu/account/eid.ts'
import { missingSteps } from '../../tupu/gateway/facts.ts'
import { isFollowed } from '../../wechat/follower.ts'
import type { Fix } from '../../world/step.ts'
import { faultResponse } from '../fault/fault.ts'
import { type Found, findAsked } from './find.ts'
import { type Explained, explainFound } from './verdict.ts'

type ResolvedScope = Pick<Call, 'db' | 'world' | 'engine'>
type Input = Fix['input']

/** Whether what kept a send from its phone is so no more, as the world stands now, however that came about. */
export function isResolved(
  scope: ResolvedScope,
  { rule, actual, fix }: Explained,
  { message, sent }: Found,
): boolean {
  if (fix) return isMended(scope, fix)
  // Of these two there is a call only as long as something is left to be mended.
  if (rule === 'account.live') return message !== undefined && isLive(scope, message.eid)
  if (rule !== 'receipt.success' || actual !== 'user_block' || !sent) return false
  const follower = findFollower(scope.db, scope.world.epoch, sent.openid)
  return follower !== undefined && follower.state !== 'blocking'
}

/** The same of one message. */
export function isMessageResolved(scope: ResolvedScope, message: string): boolean {
  const row = findMessage(scope.db, scope.world.epoch, message)
  const found = row && findAsked(scope, { by: 'trace', value: row.trace })
  return found !== undefined && isResolved(scope, explainFound(scope, found), found)
}

/** Whether what a fix would bring about is so already. Of a call that is not here nobody can tell. */
export function isMended(scope: ResolvedScope, { call, input }: Fix): boolean {
  return mended[call]?.(scope, input) ?? false
}

const mended: Readonly<Record<string, (scope: ResolvedScope, input: Input) => boolean>> = {
  'phone.unmute': (scope, input) => isBetween(scope, input, (state) => state !== 'muted'),
  'phone.unblock': (scope, input) => isBetween(scope, input, (state) => state !== 'blocking'),
  'phone.follow': (scope, input) => isBetween(scope, input, isFollowed),
  'association.create': (scope, { account, mobile }) => {
    const appid = accountOf(scope, account)?.appid ?? null
    const at = { epoch: scope.world.epoch, mobile: String(mobile) }
    return appid !== null && findOpenid(scope.db, { ...at, appid }) !== undefined
  },
  'account.connect': (scope, { eid }) => (accountOf(scope, eid)?.appid ?? null) !== null,
  'account.update': (scope, { eid, ...change }) => has(accountOf(scope, eid), change),
  'eid.resume': (scope, { eid }) => accountOf(scope, eid)?.state === 'active',
  'clock.advance': ({ world }, { to }) => world.now >= Date.parse(String(to)),
  'fault.delete': (scope, { fault }) => {
    const row = findFault(scope.db, { epoch: scope.world.epoch, fault: String(fault) })
    return !row || faultResponse(scope, row).state !== 'active'
  },
  'message.receipt': ({ db, world }, { message }) =>
    findTemplateMessage(db, world.epoch, String(message))?.receipt != null,
  'official_account.update': ({ db, world }, { appid, ...change }) =>
    has(findOfficialAccount(db, world.epoch, String(appid)), change),
  'template.enable': ({ db, world }, { template_id }) =>
    findTemplate(db, world.epoch, String(template_id))?.state === 'active',
}

function isLive(scope: ResolvedScope, eid: string): boolean {
  const view = accountViewOf(scope, eid)
  return view !== undefined && missingSteps(view.facts).length === 0
}

/** The account of TUPU's that a fix names, by key or EID. */
function accountOf(scope: ResolvedScope, named: unknown): AccountRow | undefined {
  const name = String(named)
  return listAccounts(scope.db, scope.world.epoch).find(
    ({ key, eid }) => key === name || eid === keyOfEid(scope, name),
  )
}

type Follower = NonNullable<ReturnType<typeof findFollowerOf>>

function isBetween(
  { db, world }: ResolvedScope,
  { person, account }: Input,
  isGood: (state: Follower['state']) => boolean,
): boolean {
  const at = { epoch: world.epoch, person: String(person), appid: String(account) }
  const follower = findFollowerOf(db, at)
  return follower !== undefined && isGood(follower.state)
}

/** Whether a row has what a call would write into it: yes and no as numbers, lists as text. */
function has(row: object | undefined, change: Input): boolean {
  return (
    row !== undefined &&
    Object.entries(change).every(([name, value]) => Object(row)[name] === stored(value))
  )
}

function stored(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value)
  return Array.isArray(value) ? JSON.stringify(value) : value
}
