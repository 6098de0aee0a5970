import { z } from 'zod'
import type { EpochTable } from '../../../db/schema.ts'
import { findWorld, findWorldBody } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending, type Reply, reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { type Aliases, type Known, makeAliases } from '../../journal/alias.ts'
import { maskBody, maskField } from '../../journal/mask.ts'
import { version } from '../../version.ts'
import { toIso } from '../../world/clock.ts'
import { default_people, type WorldBody } from '../world/body.ts'
import { exported_tables, exportedColumns, isOfExchanges } from '../world/export.ts'
import { beginListing, type Listing } from '../world/table-text.ts'
import { exchangeTexts } from './exchanges.ts'
import { bundle_format, bundleShape } from './format.ts'
import { addNamesOf, gatherKnown } from './known.ts'

/** Everything that a report of a fault needs, in one file that gives nobody away. */
export const getBundle = endpoint({
  id: 'bundle.get',
  methods: ['GET'],
  path: '/worlds/{world}/bundle',
  from: ['path', 'query'],
  summary: {
    en: 'One file for a bug report: how the world was made, every call with its answer, faults, clock, versions and settings, without names, mobiles, emails, secrets and tokens; whatever is the same stays the same. `tupu-sim replay` makes the calls again',
    zh: '供报告问题的一个文件：世界如何建立、每次调用及应答、故障、时钟、版本和设置；不含姓名、手机号、邮箱、密钥和令牌，相同的仍然相同。`tupu-sim replay` 可重做这些调用',
  },
  input: z.strictObject({
    world: z.string(),
    seed: z
      .enum(['true', 'false'])
      .default('false')
      .meta(
        words(
          'Where others can reach the server, the seed is left out unless this is true: secrets follow from it, and without it there is no replay.',
          '他人可访问的服务器上，除非为 true，否则不含种子：密钥由它推出；没有它就不能重做。',
        ),
      ),
  }),
  answer: bundleShape,
  example: { input: {} },
  before: ({ world }) => pending(world),
  outside: (world: Call['world'], engine) => gatherKnown(engine, world),
  after: fileOf,
})

type BundleCall = Call<undefined, { readonly seed: 'true' | 'false' }>

/** The file, piece by piece. */
function fileOf(call: BundleCall, _: unknown, known: Known): Reply {
  const { db, engine, world } = call
  const body = JSON.stringify(wholeBody(JSON.parse(findWorldBody(db, world.world)) as WorldBody))
  const names = new Set(known.names)
  addNamesOf(names, body)
  const aliases = makeAliases({ ...known, names })
  const { text, rest } = beginListing(db, listingOf(call, aliases))
  const begun = `${headOf(call, maskBody(body, { reveal: false, as: aliases })).slice(0, -1)},"tables":{${text}`
  const calls = exchangeTexts(engine, world, aliases)
  const stream = rest ? joined(rest(engine, '}'), calls) : calls
  return { ...reply(200, rest ? begun : `${begun}}`), type: 'application/json', stream }
}

/** A body that names nobody gets the usual people, whose mobiles the calls have aliases for. */
function wholeBody(body: WorldBody): WorldBody {
  return body.accounts || body.people ? body : { ...body, people: default_people }
}

async function* joined(...parts: readonly AsyncIterable<string>[]): AsyncGenerator<string> {
  for (const part of parts) yield* part
}

function headOf(call: BundleCall, body: string): string {
  const { db, engine, world, input } = call
  const { exposed, partnerOpen } = engine.settings
  const seed = exposed && input.seed === 'false' ? {} : { seed: world.seed }
  return JSON.stringify({
    format: bundle_format,
    program: { version, node: process.versions.node.split('.', 1)[0], database: db.dialect },
    settings: { exposed, partner_open: partnerOpen, limits: engine.limits },
    profiles: engine.givenProfiles,
    world: {
      world: world.world,
      ...seed,
      magic: world.magic,
      clock: { mode: world.clock_mode, now: toIso(world.now) },
      resets: world.resets,
      dropped: world.dropped,
      body: JSON.parse(body),
    },
  })
}

/** A hash of a whole body, in which a mobile could be found by trial. */
const columns_left_out = ['body_hash']

/** The world's rows as they stand, until it has begun a new life. */
function listingOf({ world }: BundleCall, as: Aliases): Listing {
  return {
    label: 'bundle.get',
    epoch: world.epoch,
    tables: exported_tables,
    columnsOf: (table) =>
      exportedColumns(table, true).filter((one) => !columns_left_out.includes(one)),
    show: (table, row) => (isOfExchanges(table, row) ? undefined : aliasRow(table, row, as)),
    refuse(db) {
      if (findWorld(db, world.world)?.epoch === world.epoch) return undefined
      return `the world ${world.world} was reset or has ended while it was bundled`
    },
  }
}

function aliasRow(_: EpochTable, row: Readonly<Record<string, unknown>>, as: Aliases) {
  const values = Object.entries(row).map(([column, value]) => {
    return [
      column,
      typeof value === 'string' ? maskField(column, value, { reveal: false, as }) : value,
    ]
  })
  return Object.fromEntries(values)
}
