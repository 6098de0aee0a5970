import { listAccounts } from '../../db/account.ts'
import { findAssociationOf } from '../../db/association.ts'
import { findOfficialAccount } from '../../db/official-account.ts'
import { listPeople, listRelations } from '../../db/person.ts'
import type { AccountRow, FollowerRow, PersonRow } from '../../db/schema.ts'
import type { Db } from '../../db/unit.ts'
import { type ExampleScene, shownValues } from '../apidoc/example/scene.ts'
import type { Engine } from '../core/engine.ts'
import { eidOf } from '../tupu/account/eid.ts'
import { default_profile } from '../tupu/profile/profile.ts'
import { toIso } from '../world/clock.ts'
import { namedWorld, type World } from '../world/world.ts'

/** Whose world the examples of the documentation are called in. */
export interface DocsFacts extends ExampleScene {
  readonly world: string
  /** The account that examples name; undefined: the world has none that can send. */
  readonly sender:
    | { readonly company: string; readonly eid: string; readonly signed: boolean }
    | undefined
}

const day_ms = 86_400_000
/** Among so many people the examples look for theirs. */
const people_max = 50

/** Reads what the examples of a world say; undefined where there is no such world. */
export function readDocsFacts(
  engine: Engine,
  at: { world: string; origin: string; basePath: string },
): Promise<DocsFacts | undefined> {
  const real = engine.realNow()
  return engine.store.unit('docs', ({ db }) => {
    const world = namedWorld(db, at.world, real)
    if (!world) return undefined
    const base = at.origin + at.basePath
    const account = findSender(db, world.epoch)
    const values = shownValues()
    const own = account ? valuesOf(db, { world, account, base }) : []
    for (const [name, value] of [...own, ...valuesOfWorld(world)]) values.set(name, value)
    return {
      world: world.world,
      origin: at.origin,
      base,
      values,
      needsToken: engine.settings.exposed,
      sender: account && {
        company: account.company,
        eid: eidOf(account),
        signed: account.partner_secret !== null,
      },
    }
  })
}

function valuesOfWorld({ world, now }: World): [string, string][] {
  return [
    ['world', world],
    ['clock.tomorrow', toIso(now + day_ms)],
  ]
}

/** An account that can send by our own contract, one without a secret before others. */
function findSender(db: Db, epoch: number): AccountRow | undefined {
  const able = listAccounts(db, epoch).filter(
    ({ state, template_id, profile }) =>
      state === 'active' && template_id !== null && profile === default_profile.name,
  )
  return able.find(({ partner_secret }) => partner_secret === null) ?? able[0]
}

function valuesOf(
  db: Db,
  { world: { epoch }, account, base }: { world: World; account: AccountRow; base: string },
): [string, string][] {
  const appid = account.appid ?? ''
  const eid = eidOf(account)
  const secret = findOfficialAccount(db, epoch, appid)?.app_secret
  return [
    ['acme.eid', eid],
    ['acme.appid', appid],
    ['acme.template_id', account.template_id ?? ''],
    ['acme.register_url', `${base}/register/${eid}`],
    ['key acme', account.key],
    ...(secret === undefined ? [] : [['acme.app_secret', secret] satisfies [string, string]]),
    ...valuesOfPeople(db, epoch, appid),
  ]
}

/** The cast's part in a world of other people: who is registered is Wang, who only follows Li, who does neither Han. */
function valuesOfPeople(db: Db, epoch: number, appid: string): [string, string][] {
  const people = listPeople(db, epoch, people_max)
  const relations = listRelations(db, { epoch, appid, people: people.map((one) => one.person) })
  const seen = people.map((person) => {
    const follower = relations.find((one) => one.person === person.person)
    const { openid = '' } = follower ?? {}
    return { person, follower, mobile: findAssociationOf(db, { epoch, appid, openid })?.mobile }
  })
  const named = (key: string, fits: (one: (typeof seen)[number]) => boolean) => {
    const able = seen.filter(fits)
    return able.find(({ person }) => person.key === key) ?? able[0]
  }
  const wang = named('wang', ({ mobile, follower }) => mobile !== undefined && follows(follower))
  const li = named('li', ({ mobile, follower }) => mobile === undefined && follows(follower))
  const han = named('han', ({ follower }) => !follows(follower))
  return [
    ...(wang ? keyOf('wang', wang.person) : []),
    ...(wang?.mobile ? [['wang.mobile', wang.mobile] satisfies [string, string]] : []),
    ...(li?.follower ? [['li.openid', li.follower.openid] satisfies [string, string]] : []),
    ...(li ? keyOf('li', li.person) : []),
    ...(han ? keyOf('han', han.person) : []),
  ]
}

function follows(follower: FollowerRow | undefined): boolean {
  return follower?.state === 'following'
}

function keyOf(name: string, { key, person }: PersonRow): [string, string][] {
  return [[`key ${name}`, key ?? person]]
}
