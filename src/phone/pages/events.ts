import { topics } from '../../../db/topic.ts'
import type { Engine } from '../../core/engine.ts'
import { locate, pathOf } from '../../core/locate.ts'
import { queryOf } from '../../core/request.ts'
import { guardRoute } from '../../http/admit.ts'
import { type App, type AppContext, hangUpOf, readHead } from '../../http/wire.ts'
import { findPersonBy } from '../../world/person.ts'
import { default_world, namedWorld } from '../../world/world.ts'
import { newestInInbox } from '../inbox.ts'
import { readRelations } from '../state.ts'
import { digestOf } from './digest.ts'
import { Stream } from './stream.ts'

/** Open phones of one simulator: each holds a connection, and looks when something of it was announced. */
export const streams_max = 200
const openStreams = new WeakMap<Engine, number>()

/**
 * What happens on a phone while somebody looks at it, as server-sent events: `change` with the phone's new digest. A stream
 * is no call: it stands in no journal, and ends with the simulator, the world or the epoch.
 */
export function mountPhoneEvents(app: App): void {
  app.get('/phone/:person/events', async (c) => {
    const no = guardRoute(c, 'pages')
    if (no) return no
    const { engine } = c.env
    const open = openStreams.get(engine) ?? 0
    if (open >= streams_max || engine.closing.aborted) {
      const reason = `${streams_max} phones are watched already, or the simulator is closing`
      return refuse(503, reason, 'close a phone; its page works without, by reloading')
    }
    openStreams.set(engine, open + 1)
    const ended = () => {
      openStreams.set(engine, (openStreams.get(engine) ?? 1) - 1)
    }
    let phone: WatchedPhone | undefined
    try {
      phone = await findPhone(c)
    } finally {
      if (!phone) ended()
    }
    if (!phone) return refuse(404, 'there is no such phone', 'see /phone')
    const stream = new Stream(engine, {
      epoch: phone.epoch,
      topics: [topics.phone(phone.person), topics.version, topics.clock],
      hungUp: hangUpOf(c),
      seen: seenBy(c),
      look: lookAt(engine, phone),
      ended,
    })
    return new Response(stream.body, { headers: stream_headers })
  })
}

const stream_headers = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  // Proxies that collect an answer before they hand it on would keep everything back.
  'X-Accel-Buffering': 'no',
}

function refuse(status: 404 | 503, reason: string, fix: string): Response {
  const title = status === 404 ? 'It does not exist' : 'Too many phones are open'
  const problem = { type: 'about:blank', title, status, field: null, reason, fix }
  return new Response(JSON.stringify(problem), {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '5' },
  })
}

/** What a browser has seen before it lost the stream, else when its page was made. */
function seenBy(c: AppContext): string {
  return c.req.header('last-event-id') ?? queryOf(readHead(c).url)['seen'] ?? ''
}

interface WatchedPhone {
  readonly world: string
  readonly epoch: number
  readonly person: string
  /** SMS and mails are looked at. */
  readonly isInbox: boolean
}

function findPhone(c: AppContext): Promise<WatchedPhone | undefined> {
  const { engine } = c.env
  const world = locate(pathOf(readHead(c).url)).world ?? default_world
  const real = engine.realNow()
  return engine.store.unit('phone.events', ({ db }) => {
    const found = namedWorld(db, world, real)
    const row = found && findPersonBy({ db, world: found }, c.req.param('person') ?? '')
    const isInbox = queryOf(readHead(c).url)['inbox'] !== undefined
    return row && { world, epoch: row.epoch, person: row.person, isInbox }
  })
}

/** A phone's present digest; undefined when it is gone: with its world, or with a reset. */
function lookAt(engine: Engine, { world: name, epoch, person, isInbox }: WatchedPhone) {
  return (): Promise<string | undefined> => {
    const real = engine.realNow()
    return engine.store.unit('phone.look', ({ db }) => {
      const world = namedWorld(db, name, real)
      if (world?.epoch !== epoch) return undefined
      const row = findPersonBy({ db, world }, person)
      const letters = row && isInbox ? newestInInbox({ db, world }, row) : []
      return row && digestOf(world, row, readRelations({ db, world, engine }, row), letters)
    })
  }
}
