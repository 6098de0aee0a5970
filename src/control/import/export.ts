import { z } from 'zod'
import { listAssociations } from '../../../db/association.ts'
import { listFollowersBy } from '../../../db/person.ts'
import type { Db } from '../../../db/unit.ts'
import { findWorld } from '../../../db/world.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { reply } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import { words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { nextTurn, toIso } from '../../world/clock.ts'
import { chooseConnected } from '../association/association.ts'
import { csvOf } from './csv.ts'

/** Read in one unit. */
const portion_rows = 200

const header = 'name,mobile,email,openid,person,state,source,registered_at\r\n'
/** By it spreadsheets know that it is UTF-8. */
const byte_order_mark = '\uFEFF'

/** Everybody who is registered at an account, as a file that association_import.create takes. */
export const exportAssociation = endpoint({
  id: 'association.export',
  methods: ['GET'],
  path: '/worlds/{world}/associations/export',
  from: ['path', 'query'],
  summary: {
    en: 'All registrations of an account as CSV in UTF-8, streamed in portions, each as it is when read',
    zh: '某账号的全部登记，UTF-8 的 CSV；数量大时分批给出，每批以读取时为准',
  },
  input: z.strictObject({
    world: z.string(),
    account: z
      .string()
      .optional()
      .meta(words('Key or EID. Default: the first account.', 'key 或 EID；不填则为第一个账号。')),
  }),
  answer: 'text/csv',
  refusals: [409],
  example: { input: { account: 'acme' } },
  handle(call) {
    const { db, world, engine } = call
    const account = chooseConnected(call, call.input.account)
    if (isRefusal(account)) return account
    const of = { epoch: world.epoch, world: world.world, appid: account.appid }
    const { text, next } = readPortion(db, of, '')
    const begun = byte_order_mark + header + text
    const whole = {
      ...reply(200, begun, {
        'Content-Disposition': `attachment; filename="registrations-${account.key}.csv"`,
      }),
      type: 'text/csv; charset=utf-8',
    }
    return next === undefined ? whole : { ...whole, stream: rest(engine, of, next) }
  },
})

interface Exported {
  readonly epoch: number
  readonly world: string
  readonly appid: string
}

async function* rest(engine: Engine, of: Exported, from: string): AsyncGenerator<string> {
  for (let after: string | undefined = from; after !== undefined; ) {
    await nextTurn()
    const at: string = after
    const portion = await engine.store.unit('association.export', ({ db }) => {
      if (findWorld(db, of.world)?.epoch !== of.epoch)
        throw new Error(`the world ${of.world} was reset or has ended while it was exported`)
      return readPortion(db, of, at)
    })
    yield portion.text
    after = portion.next
  }
}

function readPortion(db: Db, { epoch, appid }: Exported, after: string) {
  const rows = listAssociations(db, { epoch, appid, after, limit: portion_rows })
  const openids = rows.map(({ openid }) => openid)
  const followers = new Map(listFollowersBy(db, epoch, openids).map((row) => [row.openid, row]))
  const lines = rows.map(({ name, mobile, email, openid, source, created_at }) => {
    const { person = '', state = '' } = followers.get(openid) ?? {}
    return [name, mobile, email, openid, person, state, source, toIso(created_at)]
  })
  return {
    text: csvOf(lines),
    next: rows.length === portion_rows ? openids.at(-1) : undefined,
  }
}
