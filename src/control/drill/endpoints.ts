import { z } from 'zod'
import {
  deleteDrill,
  findDrill,
  insertDrill,
  listDrills as listDrillRows,
  updateDrill,
} from '../../../db/drill.ts'
import type { AccountRow, DrillRow } from '../../../db/schema.ts'
import { topics } from '../../../db/topic.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { useOneOf } from '../../core/nearest.ts'
import { problem, unknownName } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { chooseAccount } from '../../phone/choose.ts'
import { nextBeijingDay, toDuration, toIso } from '../../world/clock.ts'
import type { World } from '../../world/world.ts'
import { cleanText, duration } from '../field.ts'
import { carryActs, placesNamed, removeFaults } from './carry.ts'
import { type Drill, type DrillName, drill_names, drillOf, drills } from './drills.ts'
import { dueAt, placesOf } from './job.ts'

const localized = z.object({ en: z.string(), zh: z.string() })

export const drillShape = z.object({
  name: z.enum(drill_names),
  title: localized,
  advice: localized.meta(words('What a good platform does.', '好的平台会怎么做。')),
  lasts: z.string(),
  state: z
    .enum(['ready', 'running', 'over'])
    .meta(words('ready: it has not been started.', 'ready：还没有开始过。')),
  account: z.string().nullable().meta(words('Key of the drilled account.', '演练账号的 key。')),
  started_at: z.iso.datetime().nullable(),
  ends_at: z.iso.datetime().nullable(),
  acts: z
    .array(
      z.object({ after: z.string(), call: z.string(), input: z.record(z.string(), z.unknown()) }),
    )
    .meta(words('The control calls that it makes, and when.', '它所作的控制调用和时间。')),
})

export const listDrills = endpoint({
  id: 'drill.list',
  methods: ['GET'],
  path: '/worlds/{world}/drills',
  from: ['path'],
  summary: {
    en: 'The drills, what a good platform does in each, and which of them are running in the world',
    zh: '各种有名称的“糟糕的一天”、好的平台会怎么做，以及哪些正在进行',
  },
  input: z.strictObject({ world: z.string() }),
  answer: z.object({ items: z.array(drillShape) }),
  example: { input: {} },
  handle({ db, world }) {
    const rows = new Map(listDrillRows(db, world.epoch).map((row) => [row.drill, row]))
    return { items: drill_names.map((name) => drillResponse(name, rows.get(name))) }
  },
})

/** A fault delays no longer. */
const delay_ms_max = 60_000
const delay_ms_default = 3000

const place = { world: z.string(), name: cleanText }

/** A drill and what it is done to, between two units. */
interface Carrying {
  readonly name: DrillName
  readonly row: DrillRow
  readonly world: string
}

export const startDrill = endpoint({
  id: 'drill.start',
  methods: ['POST'],
  path: '/worlds/{world}/drills/{name}',
  from: ['path', 'json'],
  summary: {
    en: 'Start a drill: faults and calls happen by the clock of the world and end by themselves; audit.get judges how the platform coped',
    zh: '开始一次演练：故障和调用按世界的时钟自动发生、自动结束；由 audit.get 评判平台的表现',
  },
  input: z.strictObject({
    ...place,
    account: cleanText
      .optional()
      .meta(
        words(
          'Key, EID or appid. Default: the first account.',
          'key、EID 或 appid；不填则为第一个。',
        ),
      ),
    delay: duration
      .refine((ms) => ms <= delay_ms_max, 'a duration of at most PT60S')
      .optional()
      .meta({
        default: 'PT3S',
        ...words(
          'Delay of slow answers, in real time, if the drill has any.',
          '演练使应答变慢时，晚多久（真实时间）。',
        ),
      }),
  }),
  answer: drillShape,
  refusals: [409],
  example: { input: { name: 'wechat_busy' } },
  before(call) {
    const name = chooseDrill(call)
    if (isRefusal(name)) return name
    const account = chooseAccount(call, call.input.account)
    if (isRefusal(account)) return account
    const before = findDrill(call.db, call.world.epoch, name)
    if (before && before.due_at !== null) return refuseRunning(name)
    const { delay } = call.input
    const row = newRow(call.world, { name, account, delay: delay ?? delay_ms_default })
    const no = refusePlaces(name, { account, row, delay })
    if (no) return no
    if (before) deleteDrill(call.db, before)
    insertDrill(call.db, row)
    call.db.announce(call.world.epoch, topics.due(row.due_at ?? 0))
    return pending<Carrying>({ name, row, world: call.world.world })
  },
  async outside({ name, row, world }: Carrying, engine) {
    // Those of the last time are over, and would be listed for ever.
    await removeFaults(engine, { world, name: placesOf(row)['fault'] })
    const acts = drillOf(name)?.acts.slice(0, row.next_act) ?? []
    return carryActs(engine, { world, places: placesOf(row), acts })
  },
  after({ db, world }, { name }) {
    return drillResponse(name, findDrill(db, world.epoch, name))
  },
})

export const stopDrill = endpoint({
  id: 'drill.stop',
  methods: ['POST'],
  path: '/worlds/{world}/drills/{name}/stop',
  from: ['path', 'json'],
  summary: {
    en: 'Stop a drill immediately and undo its changes; no effect if it is not running',
    zh: '立即结束演练并恢复原状；未在进行的保持不变',
  },
  input: z.strictObject(place),
  answer: drillShape,
  example: {
    input: { name: 'wechat_busy' },
    after: [{ call: 'drill.start', input: { name: 'wechat_busy' } }],
  },
  before(call) {
    const { db, world } = call
    const name = chooseDrill(call)
    if (isRefusal(name)) return name
    const row = findDrill(db, world.epoch, name)
    if (!row || row.due_at === null) return drillResponse(name, row)
    updateDrill(db, row, { due_at: null, ends_at: world.now })
    return pending<Carrying>({ name, row, world: world.world })
  },
  async outside({ name, row, world }: Carrying, engine) {
    const places = placesOf(row)
    await removeFaults(engine, { world, name: places['fault'] })
    await carryActs(engine, { world, places, acts: drillOf(name)?.ends ?? [] })
  },
  after({ db, world }, { name }) {
    return drillResponse(name, findDrill(db, world.epoch, name))
  },
})

function chooseDrill(call: Call<unknown, { name: string }>): DrillName | Refusal {
  const { name } = call.input
  if (drillOf(name)) return name as DrillName
  const reason = `there is no drill ${name}`
  return unknownName(call, { field: 'name', reason, fix: useOneOf(name, drill_names) })
}

function refuseRunning(name: DrillName): Refusal {
  const reason = `${name} is running in this world`
  return problem('conflict', { field: 'name', reason, fix: 'call drill.stop first' })
}

/** A drill of an account that has not yet what it needs, or with a delay that nothing asks for. */
function refusePlaces(
  name: DrillName,
  of: { account: AccountRow; row: DrillRow; delay: number | undefined },
): Refusal | undefined {
  const { acts, ends = [] }: Drill = drills[name]
  const named = placesNamed([...acts, ...ends])
  const missing = named.find((one) => placesOf(of.row)[one] === undefined)
  if (missing !== undefined) return refuseUnready(of.account, missing)
  if (of.delay === undefined || named.includes('delay')) return undefined
  const reason = `${name} makes nothing slow`
  return problem('invalid_field', { field: 'delay', reason, fix: 'leave it out' })
}

function refuseUnready({ key }: AccountRow, missing: string): Refusal {
  const reason = `${key} has no ${missing} yet`
  return problem('conflict', { field: 'account', reason, fix: 'drill an account that is live' })
}

/** A drill that begins now: what has no time of its own it does at once. */
function newRow(
  { epoch, now }: World,
  of: { readonly name: DrillName; readonly account: AccountRow; readonly delay: number },
): DrillRow {
  const { name } = of
  const { key, appid, template_id } = of.account
  const { acts, lasts_ms }: Drill = drills[name]
  const ends_at = now + lasts_ms
  const span = { started_at: now, ends_at }
  const next_act = acts.filter(({ after_ms = 0 }) => after_ms === 0).length
  const until = toIso(ends_at)
  const places = JSON.stringify({
    account: key,
    appid: appid ?? undefined,
    template_id: template_id ?? undefined,
    fault: `drill: ${name}`,
    delay: toDuration(of.delay),
    until,
    midnight: toIso(nextBeijingDay(now)),
  })
  return { epoch, drill: name, places, ...span, next_act, due_at: dueAt(acts, next_act, span) }
}

function drillResponse(name: DrillName, row: DrillRow | undefined): z.output<typeof drillShape> {
  const { title, advice, lasts_ms, acts }: Drill = drills[name]
  const isRunning = row !== undefined && row.due_at !== null
  return {
    name,
    title,
    advice,
    lasts: toDuration(lasts_ms),
    state: isRunning ? 'running' : row ? 'over' : 'ready',
    account: row ? (placesOf(row)['account'] ?? null) : null,
    started_at: row ? toIso(row.started_at) : null,
    ends_at: row ? toIso(row.ends_at) : null,
    acts: acts.map(({ after_ms = 0, call, input }) => ({
      after: toDuration(after_ms),
      call,
      input,
    })),
  }
}
