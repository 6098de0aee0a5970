import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import { findPerson, listPeople } from '../../../db/person.ts'
import type { AccountRow, PersonRow } from '../../../db/schema.ts'
import { findWorldBody } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { baseUrl } from '../../core/locate.ts'
import { showPerson } from '../../phone/person.ts'
import { toDuration, toIso } from '../../world/clock.ts'
import { personId } from '../../world/person.ts'
import { type ShownAccount, showAccount, shownAccount } from '../account/show.ts'
import { shownPerson } from '../person.ts'
import { default_people, type WorldBody } from './body.ts'

/** People whom a world's description names; there may be more. */
const people_shown_max = 1000

/** A world as the control API describes it. */
export const shownWorld = z.object({
  world: z.string(),
  seed: z.string(),
  base_url: z.string(),
  clock: z.object({ mode: z.string(), now: z.string(), real_now: z.string() }),
  magic: z.string(),
  idle_ttl: z.string().nullable(),
  resets: z.int(),
  accounts: z.array(shownAccount),
  people: z
    .array(shownPerson)
    .meta(
      words(
        `At most ${people_shown_max}, those of the body first.`,
        `最多 ${people_shown_max} 个，请求体中的在前。`,
      ),
    ),
  env: z.record(z.string(), z.string()),
})

/** The call's world, with its accounts, people and environment block. */
export async function showWorld(call: Call) {
  const { db, world } = call
  const rows = await listAccounts(db, world.epoch)
  const accounts: ShownAccount[] = []
  for (const row of rows) accounts.push(await showAccount(call, row))
  const people = []
  for (const row of await peopleToShow(call)) people.push(await showPerson(call, row, rows))
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
async function peopleToShow({ db, world }: Call): Promise<PersonRow[]> {
  const { people = default_people } = JSON.parse(await findWorldBody(db, world.world)) as WorldBody
  const named: PersonRow[] = []
  for (const { key } of people) {
    const row = key && (await findPerson(db, world.epoch, personId(world, key)))
    if (row) named.push(row)
  }
  const known = new Set(named.map((row) => row.person))
  const others = (await listPeople(db, world.epoch, people_shown_max))
    .filter((row) => !known.has(row.person))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  return [...named, ...others].slice(0, people_shown_max)
}

/** What a platform under test is started with. */
function environment(
  call: Call,
  account: Pick<AccountRow, 'profile'> | undefined,
  shown: ShownAccount | undefined,
): Record<string, string> {
  const base = baseUrl(call)
  const { origin } = call.request
  const profile = call.engine.profileBases.get(account?.profile ?? 'default') ?? ''
  return {
    TUPU_BASE_URL: base + profile,
    ...(shown ? { TUPU_EID: shown.eid } : {}),
    WECHAT_API_BASE: base,
    WECHAT_OPEN_BASE: base,
    ...(shown?.appid ? { WECHAT_APPID: shown.appid } : {}),
    ...(shown?.app_secret ? { WECHAT_SECRET: shown.app_secret } : {}),
    TUPU_SIM_URL: origin,
    TUPU_SIM_WORLD: call.world.world,
    NO_PROXY: [...new Set(['localhost', '127.0.0.1', '::1', new URL(origin).hostname])].join(','),
  }
}
