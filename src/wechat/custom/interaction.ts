import { listInteractions, spendInteraction, upsertInteraction } from '../../../db/interaction.ts'
import type { FollowerRow, InteractionRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { Refusal } from '../../core/refusal.ts'
import { toIso } from '../../world/clock.ts'
import { type Scope, touchVersion } from '../../world/world.ts'
import { refuse } from '../caller.ts'
import { isFollowed } from '../follower.ts'

/** What a person can do that lets an account write: wrote to it, tapped its menu, followed, scanned its code. */
export type InteractionKind = Exclude<InteractionRow['kind'], 'sent' | 'typing'>

interface Allowance {
  readonly sends: number
  readonly ms: number
}

const minute_ms = 60_000
const short: Allowance = { sends: 3, ms: minute_ms }

/** How many messages each allows, and for how long. Source: the platform's page on customer-service messages since 2021. */
const allowances: Readonly<Record<InteractionKind, Allowance>> = {
  message: { sends: 5, ms: 48 * 60 * minute_ms },
  menu: short,
  follow: short,
  scan: short,
}

/** Writes down that a person did something: the allowance of its kind begins anew. */
export function noteInteraction(
  { db, world }: Scope,
  { openid }: Pick<FollowerRow, 'openid'>,
  kind: InteractionKind,
): void {
  const { epoch, now: at } = world
  upsertInteraction(db, { epoch, openid, kind, at, sends_left: allowances[kind].sends })
}

interface Open extends InteractionRow {
  readonly kind: InteractionKind
  readonly ends_at: number
}

/** The allowance that a message to the follower uses up: of those with something left, the one that ends first. */
export function openWindow(call: Scope, follower: FollowerRow): Open | Refusal {
  const { db, world } = call
  const { openid, state } = follower
  const rows = isFollowed(state) ? listInteractions(db, { epoch: world.epoch, openid }) : []
  const windows = rows.flatMap((row) => asWindow(row))
  const open = windows.filter(({ ends_at }) => ends_at > world.now)
  if (open.length === 0) return refuseClosed(follower, windows)
  const [first] = open
    .filter(({ sends_left }) => sends_left > 0)
    .sort((a, b) => a.ends_at - b.ends_at)
  return first ?? refuseUsed(follower, open)
}

function asWindow(row: InteractionRow): Open[] {
  const { kind } = row
  if (kind === 'sent' || kind === 'typing') return []
  return [{ ...row, kind, ends_at: row.at + allowances[kind].ms }]
}

function refuseClosed(follower: FollowerRow, windows: readonly Open[]): Refusal {
  const { openid, state, person, appid } = follower
  const last = windows.toSorted((a, b) => b.ends_at - a.ends_at)[0]
  const input = { person, account: appid }
  return refuse(45015, {
    rule: 'window.open',
    row: { openid, state },
    actual: last ? { kind: last.kind, ended_at: toIso(last.ends_at) } : 'nothing done yet',
    expected: 'a message of the last 48 hours; or a tap, a follow or a scan of the last minute',
    fix: isFollowed(state)
      ? { call: 'phone.text', input: { ...input, content: '你好' } }
      : { call: 'phone.follow', input },
  })
}

function refuseUsed({ person, appid }: FollowerRow, open: readonly Open[]): Refusal {
  const used = open.map(({ kind }) => `${allowances[kind].sends} after ${kind}`)
  return refuse(45047, {
    rule: 'window.left',
    actual: used.join(', '),
    expected: 'fewer messages since the person did something',
    fix: { call: 'phone.text', input: { person, account: appid, content: '你好' } },
  })
}

/** Uses one message of an allowance up, and remembers when the account wrote last. */
export function useWindow(scope: Scope, { epoch, openid, kind }: Open): void {
  const { db, world } = scope
  if (!spendInteraction(db, { epoch, openid, kind })) db.retry('another message was sent meanwhile')
  upsertInteraction(db, { epoch, openid, kind: 'sent', at: world.now, sends_left: 0 })
  const began = typingBegan(scope, openid)
  if (began !== undefined) noteTyping(scope, openid, world.now - typing_ms)
}

/** An exchange is not longer ago when an account may show that it types, and it shows it no longer than that. */
const exchange_ms = 30_000
const typing_ms = 15_000

/** Shows the follower that the account types, or no longer. */
export function showTyping(
  scope: Scope,
  { openid }: FollowerRow,
  command: 'Typing' | 'CancelTyping',
): Refusal | undefined {
  const { db, world } = scope
  const { epoch, now } = world
  const rows = listInteractions(db, { epoch, openid })
  const at = (kind: InteractionRow['kind']) =>
    rows.find((row) => row.kind === kind)?.at ?? Number.NEGATIVE_INFINITY
  const last = Math.max(at('message'), at('sent'))
  if (now - last > exchange_ms) {
    const actual = Number.isFinite(last) ? toIso(last) : 'never'
    return refuse(45080, {
      rule: 'typing.exchange',
      actual,
      expected: 'a message of the last 30 s',
    })
  }
  const isTyping = now - at('typing') < typing_ms
  if (command === 'Typing' && isTyping)
    return refuse(45081, { rule: 'typing.once', expected: 'not typing already' })
  const began = command === 'Typing' ? now : now - typing_ms
  noteTyping(scope, openid, began)
  return undefined
}

/** Phones look anew when the version of the world has changed. */
function noteTyping(scope: Scope, openid: string, at: number): void {
  const { db, world } = scope
  upsertInteraction(db, { epoch: world.epoch, openid, kind: 'typing', at, sends_left: 0 })
  touchVersion(scope)
}

/** How long the phone of an openid shows yet that the account types, in milliseconds; 0: not. */
export function typingLeft(scope: Scope & Pick<Call, 'engine'>, openid: string): number {
  const began = scope.engine.cache.get(scope, ['typing', openid], () => typingBegan(scope, openid))
  return began === undefined ? 0 : Math.max(0, began + typing_ms - scope.world.now)
}

/** When the account began to type, if it still does. */
function typingBegan({ db, world }: Scope, openid: string): number | undefined {
  const rows = listInteractions(db, { epoch: world.epoch, openid })
  const began = rows.find(({ kind }) => kind === 'typing')?.at
  return began !== undefined && world.now - began < typing_ms ? began : undefined
}
