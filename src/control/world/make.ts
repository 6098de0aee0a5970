import { z } from 'zod'
import { findWorldBody } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import {
  beginNextEpoch,
  beginWorld,
  idle_ttl_ms_default,
  type NewWorld,
} from '../../world/world.ts'
import { accountInput, makeAccount } from '../account/create.ts'
import { addPerson, personInput } from '../person.ts'
import {
  default_accounts,
  default_people,
  type ReadWorldBody,
  type WorldBody,
  worldBody,
} from './body.ts'

/** Begins a world and fills it as its body says. The call goes on in it. */
export async function makeWorld(
  call: Call,
  name: string,
  sent: WorldBody,
  fixed: { idle_ttl_ms?: null } = {},
): Promise<Refusal | undefined> {
  const body = worldBody.parse(sent)
  const row = {
    world: name,
    seed: body.seed ?? call.engine.settings.seed,
    ...firstClock(body, call.world.real_now),
    magic: body.magic,
    idle_ttl_ms: fixed.idle_ttl_ms === null ? null : (body.idle_ttl ?? idle_ttl_ms_default),
    body: JSON.stringify(sent),
  }
  call.enter(await beginWorld(call.db, row, call.world.real_now))
  return populate(call, body)
}

/** Begins the call's world anew, from the body that made it. The call goes on in its new life. */
export async function remakeWorld(call: Call): Promise<Refusal | undefined> {
  const body = worldBody.parse(JSON.parse(await findWorldBody(call.db, call.world.world)))
  const first = { ...firstClock(body, call.world.real_now), magic: body.magic }
  call.enter(await beginNextEpoch(call.db, call.world, first))
  return populate(call, body)
}

function firstClock(
  body: ReadWorldBody,
  real_now: number,
): Pick<NewWorld, 'clock_mode' | 'clock_ms'> {
  const { mode = 'running', now } = body.clock ?? {}
  if (mode === 'frozen') return { clock_mode: 'frozen', clock_ms: now ?? real_now }
  return { clock_mode: 'running', clock_ms: now === undefined ? 0 : now - real_now }
}

async function populate(call: Call, body: ReadWorldBody): Promise<Refusal | undefined> {
  const cast = body.accounts === undefined && body.people === undefined
  const accounts = body.accounts ?? z.array(accountInput).parse(default_accounts)
  const people = body.people ?? (cast ? z.array(personInput).parse(default_people) : [])
  for (const [i, account] of accounts.entries()) {
    const created = await makeAccount(call, account, `accounts.${i}.`)
    if (isRefusal(created)) return created
  }
  // Those with keys first: the others get what is left.
  const inOrder = [...people.entries()].sort(([, a], [, b]) => Number(!a.key) - Number(!b.key))
  for (const [i, person] of inOrder) {
    const made = await addPerson(call, person, `people.${i}.`)
    if (isRefusal(made)) return made
  }
  return undefined
}
