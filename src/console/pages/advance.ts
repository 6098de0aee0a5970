import { z } from 'zod'
import type { AdvanceFacts } from '../../../views/console/advance.tsx'
import { ownPath } from '../../core/locate.ts'
import { allOf, withQuery } from '../../page/address.ts'
import { readDuration, toIso } from '../../world/clock.ts'
import { flashQuery, groupsOf, groupTexts } from '../flash.ts'
import { type ConsoleAddress, type ConsolePage, pageResponse } from '../page.ts'
import { notFound, views } from '../views.ts'

const path = '/advance'

/** An advance that goes in portions: how far it is, and how one goes on or stays where it is. */
export const advancePage: ConsolePage = {
  name: 'advance',
  path,
  show(call, address, state = {}) {
    const way = readWay(address)
    if (!way) return notFound(call, 'unknown_path')
    const now = toIso(call.world.now)
    const facts: AdvanceFacts = { ...way, now, isRefused: state.status !== undefined }
    return pageResponse(call, address, state, (of) => views().AdvancePage({ ...of, facts }))
  },
}

const sent = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  stop: z.string().catch('/'),
})

/** From where to where the clock is on its way, what has run, and where it began. */
function readWay({ query, returnTo }: ConsoleAddress) {
  const known = sent.safeParse(query).data
  if (!known) return undefined
  const { from, to } = known
  return { from, to, stop: ownPath(known.stop), ran: groupsOf(allOf({ url: returnTo }, 'so_far')) }
}

const advanced = z.object({ from: z.string(), now: z.string(), settled: z.boolean() })

/** Where an advance leads: back when all has happened, else to the page from which it goes on. */
export function pageAfterAdvance(
  from: ConsoleAddress,
  input: Readonly<Record<string, unknown>>,
  done: unknown,
): string {
  // The buttons of the header begin another way, also from here.
  const goesOn = from.page === advancePage && input['to'] !== undefined
  const way = goesOn ? readWay(from) : undefined
  const { settled, ...at } = advanced.parse(done)
  const back = way?.stop ?? from.returnTo
  if (settled) return withQuery(back, flashQuery('clock.advance', done, way?.ran))
  const query = new URLSearchParams({
    from: way?.from ?? at.from,
    to: way?.to ?? targetOf(input, at),
    stop: back,
  })
  for (const text of groupTexts(done, way?.ran ?? [])) query.append('so_far', text)
  return `${from.basePath}${path}?${query}`
}

/** Where the clock is to stand in the end; of what is due next it stands there already. */
function targetOf({ by }: Readonly<Record<string, unknown>>, at: { from: string; now: string }) {
  const ms = typeof by === 'string' ? readDuration(by) : undefined
  return ms === undefined ? at.now : toIso(Date.parse(at.from) + ms)
}
