import { z } from 'zod'
import type { Call } from '../core/call.ts'
import { resume, type Suspended, waitFor } from '../core/invoke.ts'
import { basePathOf } from '../page/context.ts'
import { looking, pageSurface, worldPage } from '../page/surface.ts'
import { readAddress } from './address.ts'
import { consoleForms } from './form.ts'
import { accountResponse, beginPage } from './page.ts'
import { home, notFound, views } from './views.ts'

const look = { ...looking, before, outside: waitFor, after } as const

/** The operator's pages. They do nothing that the control API cannot: every form is one of its calls. */
export const consoleSurface = pageSurface({
  name: 'console',
  home,
  views,
  notFound,
  endpoints: [
    worldPage({
      ...look,
      id: 'console_page.accounts',
      path: '/accounts',
      input: z.object({}),
    }),
    worldPage({
      ...look,
      id: 'console_page.account',
      path: '/accounts/{eid}',
      input: z.object({ eid: z.string() }),
    }),
    worldPage({
      ...consoleForms,
      id: 'console_page.do',
      path: '/accounts/do/{verb}',
      input: z.object({ verb: z.string() }),
    }),
  ],
})

function before(call: Call) {
  const { request } = call
  const address = readAddress(request.url, basePathOf(request))
  return address ? beginPage(call, address) : notFound(call, 'unknown_path')
}

function after(call: Call, wait: Suspended, result: unknown) {
  const { request } = call
  const address = readAddress(request.url, basePathOf(request))
  if (!address) return notFound(call, 'unknown_path')
  return accountResponse(call, address, resume(wait, result))
}
