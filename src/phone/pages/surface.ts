import { z } from 'zod'
import type { Call } from '../../core/call.ts'
import { basePathOf } from '../../page/context.ts'
import { looking, pageSurface, worldPages } from '../../page/surface.ts'
import { findPersonBy } from '../../world/person.ts'
import { readAddress } from './address.ts'
import { personForm, phoneForms } from './form.ts'
import { showMedia } from './media.ts'
import { showPage } from './page.ts'
import { home, notFound, views } from './views.ts'

const look = { ...looking, handle } as const

const person = z.string()

/** A page of a phone. */
const worldPage = worldPages({ surface: 'phone', named: (call) => ({ person: personOf(call) }) })

function personOf(call: Call): string | undefined {
  const { person } = call.fields
  return typeof person === 'string' ? findPersonBy(call, person)?.person : undefined
}

/** The pages of all phones, and what their forms do. */
export const phoneSurface = pageSurface({
  name: 'phone',
  home,
  views,
  notFound,
  endpoints: [
    worldPage({
      ...look,
      id: 'phone_page.people',
      path: '/phone',
      input: z.object({}),
    }),
    worldPage({
      ...personForm,
      id: 'phone_page.make',
      path: '/phone',
      input: z.object({}),
    }),
    worldPage({
      ...look,
      id: 'phone_page.phone',
      path: '/phone/{person}',
      input: z.object({ person }),
    }),
    worldPage({
      ...look,
      id: 'phone_page.screen',
      path: '/phone/{person}/{screen}',
      input: z.object({ person, screen: z.string() }),
    }),
    // Before the one in whose path its own would be a screen.
    worldPage({
      ...looking,
      id: 'phone_page.media',
      path: '/phone/{person}/media/{media_id}',
      input: z.object({ person, media_id: z.string() }),
      handle: (call: Call<undefined, { person: string; media_id: string }>) =>
        showMedia(call, call.input.media_id),
    }),
    worldPage({
      ...look,
      id: 'phone_page.account',
      path: '/phone/{person}/{screen}/{appid}',
      input: z.object({ person, screen: z.string(), appid: z.string() }),
    }),
    worldPage({
      ...phoneForms,
      id: 'phone_page.do',
      path: '/phone/{person}/do/{verb}',
      input: z.object({ person, verb: z.string() }),
    }),
  ],
})

function handle(call: Call) {
  const { request } = call
  const address = readAddress(request.url, basePathOf(request))
  return address ? showPage(call, address) : notFound(call, 'unknown_path')
}
