import { z } from 'zod'
import { topics } from '../../db/topic.ts'
import { file_bytes_max } from '../control/import/endpoints.ts'
import type { Call } from '../core/call.ts'
import { type Reply, reply } from '../core/endpoint.ts'
import { resume, type Suspended, waitFor } from '../core/invoke.ts'
import { headerOf } from '../core/request.ts'
import { basePathOf } from '../page/context.ts'
import { liveReply } from '../page/live.ts'
import { looking, pageSurface, worldPage } from '../page/surface.ts'
import { namedWorld } from '../world/world.ts'
import { readAddress } from './address.ts'
import { consoleForms } from './form.ts'
import { type ConsolePage, digestOf } from './page.ts'
import { consolePages } from './pages.ts'
import { home, notFound, views } from './views.ts'

/** A file, each byte of which a form may spell by three, and its other fields. */
const form_bytes_max = 3 * file_bytes_max + 65_536

/** The operator's pages. They do nothing that the control API cannot: every form is one of its calls. */
export const consoleSurface = pageSurface({
  name: 'console',
  home,
  // What is nowhere else is a page that is lost; a platform's call to a wrong address must not come here.
  bases: ['/accounts', '/do'],
  views,
  notFound,
  endpoints: [
    ...consolePages.map(endpointOf),
    worldPage({
      ...consoleForms,
      id: 'console_page.do',
      path: '/do/{verb}',
      body_bytes_max: form_bytes_max,
      // It says whom to forget, or who many people are.
      forgets: ({ verb }) =>
        verb === 'association.withdraw' || verb === 'association_import.create',
      input: z.object({ verb: z.string() }),
    }),
    worldPage({
      ...looking,
      id: 'console_page.events',
      path: '/events',
      from: ['query'],
      input: z.object({ page: z.string().catch('/'), seen: z.string().catch('') }),
      handle: (call) => watch(call, call.input),
    }),
  ],
})

function endpointOf(page: ConsolePage) {
  const { name, path, takes, methods } = page
  const names = [...path.matchAll(/\{(\w+)\}/gu)].map(([, field = '']) => [field, z.string()])
  return worldPage({
    ...looking,
    id: `console_page.${name}`,
    path,
    ...(methods && { methods }),
    ...(takes && { takes }),
    input: z.object(Object.fromEntries(names)),
    before(call: Call) {
      const address = addressOf(call)
      if (!address) return notFound(call, 'unknown_path')
      return page.begin?.(call, address) ?? page.show(call, address)
    },
    outside: waitFor,
    after(call: Call, wait: Suspended, result: unknown) {
      const address = addressOf(call)
      const ended = address && page.end?.(call, address, resume(wait, result))
      return ended ?? notFound(call, 'unknown_path')
    },
  })
}

function addressOf(call: Call) {
  return readAddress(call.request.url, basePathOf(call.request))
}

/** Tells a page when something on it has changed. */
function watch(call: Call, { page: path, seen }: { page: string; seen: string }): Reply {
  const { engine, world, request, hungUp } = call
  const address = readAddress(path, '')
  const look = () =>
    engine.store.unit('console.look', ({ db }) => {
      const now = namedWorld(db, world.world, engine.realNow())
      return now?.epoch === world.epoch ? digestOf({ db, engine, world: now }, address) : undefined
    })
  const told = [topics.version, topics.clock, ...(address?.page?.live?.topics ?? [])]
  const last = headerOf(request, 'last-event-id') ?? seen
  const live = liveReply(engine, { epoch: world.epoch, topics: told, hungUp, seen: last, look })
  return live ?? reply(503, undefined, { 'Retry-After': '5' })
}
