import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import { findPerson, listPeople } from '../../../db/person.ts'
import type { AccountRow, PersonRow } from '../../../db/schema.ts'
import { deleteSnapshots } from '../../../db/snapshot.ts'
import {
  countWorlds,
  deleteWorld as deleteWorldRow,
  endEpoch,
  findIdlestWorld,
  findWorldBody,
} from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { baseUrl, wayOf } from '../../core/locate.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { toDuration, toIso } from '../../world/clock.ts'
import { personId } from '../../world/person.ts'
import {
  beginNextEpoch,
  beginWorld,
  default_world,
  idle_ttl_ms_default,
  type NewWorld,
  namedWorld,
  type World,
} from '../../world/world.ts'
import { makeAccount } from '../account/account.ts'
import { accountInput } from '../account/input.ts'
import { type AccountResponse, accountResponse, accountShape } from '../account/response.ts'
import { makeFaults } from '../fault/fault.ts'
import { peopleResponse, personInput, personShape } from '../person/person.ts'
import { addWebsiteApp } from '../website-app.ts'
import {
  type createInput,
  default_accounts,
  default_people,
  type ReadWorldBody,
  type WorldBody,
  worldBody,
} from './body.ts'
import { addNewcomers, type Newcomer, newcomers_max } from './fill.ts'

/** Begins a world and fills it as its body says: but for the people after the first, who are answered. The call goes on in it. */
export function makeWorld(
  call: Call,
  name: string,
  sent: WorldBody,
  of: { readonly idle_ttl_ms?: null; readonly people_max?: number } = {},
): readonly Newcomer[] | Refusal {
  const body = worldBody.parse(sent)
  const row = {
    world: name,
    seed: body.seed ?? call.engine.settings.seed,
    ...firstClock(body, call.world.real_now),
    magic: body.magic,
    idle_ttl_ms: of.idle_ttl_ms === null ? null : (body.idle_ttl ?? idle_ttl_ms_default),
    body: JSON.stringify(sent),
  }
  call.enter(beginWorld(call.db, row, call.world.real_now))
  return populate(call, { body, sent }, of.people_max ?? newcomers_max)
}

/** Begins the call's world anew, from the body that made it; answers who is still to come. The call goes on in its new life. */
export function remakeWorld(call: Call): readonly Newcomer[] | Refusal {
  const sent = JSON.parse(findWorldBody(call.db, call.world.world)) as WorldBody
  const body = worldBody.parse(sent)
  const first = { ...firstClock(body, call.world.real_now), magic: body.magic }
  call.enter(beginNextEpoch(call.db, call.world, first))
  return populate(call, { body, sent }, newcomers_max)
}

function firstClock(
  body: ReadWorldBody,
  real_now: number,
): Pick<NewWorld, 'clock_mode' | 'clock_ms'> {
  const { mode = 'running', now } = body.clock ?? {}
  if (mode === 'frozen') return { clock_mode: 'frozen', clock_ms: now ?? real_now }
  return { clock_mode: 'running', clock_ms: now === undefined ? 0 : now - real_now }
}

function populate(
  call: Call,
  { body, sent }: { readonly body: ReadWorldBody; readonly sent: WorldBody },
  people_max: number,
): readonly Newcomer[] | Refusal {
  const cast = body.accounts === undefined && body.people === undefined
  const accounts = body.accounts ?? z.array(accountInput).parse(default_accounts)
  const people = body.people ?? (cast ? z.array(personInput).parse(default_people) : [])
  for (const [i, account] of accounts.entries()) {
    const created = makeAccount(call, account, `accounts.${i}.`)
    if (isRefusal(created)) return created
  }
  for (const [i, app] of (body.website_apps ?? []).entries()) {
    const declared = addWebsiteApp(call, app, `website_apps.${i}.`)
    if (isRefusal(declared)) return declared
  }
  // Those with keys first: the others get what is left.
  const newcomers = people
    .map((person, n) => ({ n, person }))
    .sort((a, b) => Number(!a.person.key) - Number(!b.person.key))
  const later = newcomers.slice(people_max)
  const keys = new Set(later.flatMap(({ person }) => person.key ?? []))
  return (
    addNewcomers(call, newcomers.slice(0, people_max)) ??
    makeFaults(call, sent.faults ?? [], keys) ??
    later
  )
}

/** People whom a world's description names; there may be more. */
const described_max = 1000

/** A world as the control API describes it. */
export const worldShape = z.object({
  world: z.string(),
  seed: z.string(),
  base_url: z.string(),
  clock: z.object({ mode: z.string(), now: z.string(), real_now: z.string() }),
  magic: z.string(),
  idle_ttl: z.string().nullable(),
  resets: z.int(),
  accounts: z.array(accountShape),
  people: z
    .array(personShape)
    .meta(
      words(
        `At most ${described_max}, those from the body first.`,
        `最多 ${described_max} 个，请求体中的在前。`,
      ),
    ),
  env: z.record(z.string(), z.string()),
})

/** The call's world, with its accounts, people and environment block. */
export function worldResponse(call: Call) {
  const { db, world } = call
  const rows = listAccounts(db, world.epoch)
  const accounts: AccountResponse[] = []
  for (const row of rows) accounts.push(accountResponse(call, row))
  const people = peopleResponse(call, listCast(call), rows)
  return {
    world: world.world,
    seed: world.seed,
    base_url: baseUrl(call),
    clock: { mode: world.clock_mode, now: toIso(world.now), real_now: toIso(world.real_now) },
    magic: world.magic,
    idle_ttl: world.idle_ttl_ms === null ? null : toDuration(world.idle_ttl_ms),
    resets: world.resets,
    accounts,
    people,
    env: environment(call, rows[0], accounts[0]),
  }
}

/** Those whom the world's body names, in its order; then the others, as far as there is room. */
function listCast({ db, world }: Call): PersonRow[] {
  const { people = default_people } = JSON.parse(findWorldBody(db, world.world)) as WorldBody
  const named: PersonRow[] = []
  for (const { key } of people) {
    const row = key && findPerson(db, world.epoch, personId(world, key))
    if (row) named.push(row)
  }
  const known = new Set(named.map((row) => row.person))
  const others = listPeople(db, world.epoch, described_max)
    .filter((row) => !known.has(row.person))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  return [...named, ...others].slice(0, described_max)
}

/** What a platform under test of the call's world is started with. */
export function environmentOf(call: Call): Record<string, string> {
  const [row] = listAccounts(call.db, call.world.epoch)
  return environment(call, row, row && accountResponse(call, row))
}

function environment(
  call: Call,
  account: Pick<AccountRow, 'profile'> | undefined,
  response: AccountResponse | undefined,
): Record<string, string> {
  const base = baseUrl(call)
  const { origin } = call.request
  const profile = call.engine.profiles.get(account?.profile ?? 'default')?.base ?? ''
  return {
    TUPU_BASE_URL: base + profile,
    ...(response ? { TUPU_EID: response.eid } : {}),
    ...(response?.partner_secret ? { TUPU_PARTNER_SECRET: response.partner_secret } : {}),
    WECHAT_API_BASE: base,
    WECHAT_OPEN_BASE: base,
    ...(response?.appid ? { WECHAT_APPID: response.appid } : {}),
    ...(response?.app_secret ? { WECHAT_SECRET: response.app_secret } : {}),
    ...smtpUrl(call),
    ...secureWays(call),
    TUPU_SIM_URL: origin,
    TUPU_SIM_WORLD: call.world.world,
    NO_PROXY: [...new Set(['localhost', '127.0.0.1', '::1', new URL(origin).hostname])].join(','),
  }
}

/** Where the world's mails are taken: the user name is the world, and mail clients want a password with it. */
function smtpUrl({ engine, request, world }: Call): Record<string, string> {
  const { smtpPort } = engine.settings
  if (smtpPort === undefined) return {}
  const { hostname } = new URL(request.origin)
  return { TUPU_SMTP_URL: `smtp://${world.world}:any@${hostname}:${smtpPort}` }
}

/** The ways in for what speaks HTTPS only, or has WeChat's hosts in its code. */
function secureWays({ engine, request, world }: Call): Record<string, string> {
  const { secure } = engine.settings
  if (!secure) return {}
  const { httpsPort, proxyPort, caFile } = secure
  const { hostname } = new URL(request.origin)
  const way = wayOf({ world: world.world, person: undefined })
  return {
    ...(httpsPort === undefined
      ? {}
      : { TUPU_HTTPS_URL: `https://${hostname}:${httpsPort}${way}` }),
    ...(proxyPort === undefined ? {} : { TUPU_PROXY_URL: `http://${hostname}:${proxyPort}` }),
    TUPU_CA_FILE: caFile,
  }
}

/** Makes the world of a name, but for the people who are answered, or goes on in the one that is there. */
export function putWorld(
  call: Call,
  name: string,
  { if_exists, body }: { readonly if_exists: IfExists; readonly body: WorldBody },
): readonly Newcomer[] | 'reused' | Refusal {
  const found = findPlace(call, name, if_exists)
  if (found) return found
  const existing = namedWorld(call.db, name, call.world.real_now)
  if (existing && name === default_world) return refuseEnding('name', name)
  if (existing) endWorld(call, existing)
  return makeWorld(call, name, body)
}

/** Whether a world may be made under a name: in place of the one that is there, too. It goes on in that one where it is wished. */
export function findPlace(
  call: Call,
  name: string,
  if_exists: IfExists,
): 'reused' | Refusal | undefined {
  const existing = namedWorld(call.db, name, call.world.real_now)
  if (!existing) return refuseWhenFull(call)
  if (if_exists === 'reuse') {
    call.enter(existing)
    return 'reused'
  }
  if (if_exists === 'replace') return undefined
  const fix = 'choose another name, or say if_exists: reuse or replace'
  return problem('world_exists', { field: 'name', reason: `the world ${name} exists`, fix })
}

type IfExists = z.output<typeof createInput>['if_exists']

function refuseWhenFull(call: Call): Refusal | undefined {
  const { worlds_max } = call.engine.limits
  if (countWorlds(call.db) - 1 < worlds_max) return undefined
  const idlest = findIdlestWorld(call.db)
  const reason = `the server has ${worlds_max} worlds${idlest ? `; the longest idle is ${idlest.world}` : ''}`
  return problem('too_many_worlds', {
    reason,
    fix: idlest ? `delete ${idlest.world}, or another one` : 'delete one',
  })
}

/** The no to the end of a world that every server has. */
export function refuseEnding(field: string, world: string): Refusal {
  return problem('conflict', {
    field,
    reason: `${world} is never deleted`,
    fix: 'reset it instead',
  })
}

/** Ends a world: its claims go with it, its rows are swept later. */
export function endWorld(call: Call, world: World): void {
  endEpoch(call.db, world.epoch, world.real_now)
  deleteSnapshots(call.db, world.world, world.real_now)
  deleteWorldRow(call.db, world.world)
}

/** A refusal after which there is no world: what was made of it ends, and the call belongs to the default world. */
export function endUnfilled(call: Call, no: Refusal): Refusal {
  const { db, world } = call
  return {
    ...no,
    writes() {
      endWorld(call, world)
      const home = namedWorld(db, default_world, world.real_now)
      if (home) call.enter(home)
    },
  }
}
