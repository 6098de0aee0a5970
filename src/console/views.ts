import type { Site } from '../../views/site/props.ts'
import { isSignedIn } from '../auth/control-token.ts'
import { readSite } from '../control/site/site.ts'
import type { Call } from '../core/call.ts'
import { queryOf } from '../core/request.ts'
import { readContext } from '../page/context.ts'
import { frameOf, html } from '../page/frame.ts'
import { lazyViews } from '../page/lazy-views.ts'
import { notFoundPages } from '../page/not-found.ts'
import { default_world, namedWorld, unattributed } from '../world/world.ts'

/** The operator's pages. */
export const views = lazyViews(() => import('../../views/console/index.ts'))

/** Where they begin. */
export const home = '/'

/** Refuses a page that is not there, with a page that leads on. */
export const notFound = notFoundPages({
  home,
  lang: 'en',
  reasons: {
    unknown_account: { type: 'not_found', field: 'eid' },
    unknown_message: { type: 'not_found', field: 'message' },
    unknown_exchange: { type: 'not_found', field: 'seq' },
    unknown_import: { type: 'not_found', field: 'import' },
    unknown_person: { type: 'not_found', field: 'person' },
  },
  render(lang, { basePath, reason }, call) {
    const { site, cookies } = call?.isInWorld ? siteOf(call, basePath) : nowhere
    const frame = frameOf(lang)
    return { text: html(views().NotFoundPage({ frame, site, reason })), cookies, needs }
  },
})

const nowhere = { site: undefined, cookies: [] }
const needs = { script: true }

/** The frame of a page that is not there; around what is nobody's, the default world's. */
function siteOf(
  call: Call,
  basePath: string,
): { site: Site | undefined; cookies: readonly (string | undefined)[] } {
  const { db, engine, request, real_now } = call
  const isNobodys = call.world.world === unattributed
  const world = isNobodys ? namedWorld(db, default_world, real_now) : call.world
  if (!world) return nowhere
  const { controlToken } = engine.settings
  const isDefault = world.world === default_world
  const at = { basePath: isDefault ? '' : basePath, returnTo: isDefault ? '/' : `${basePath}/` }
  const { context, cookies } = readContext(
    call,
    { parts: [], query: queryOf(request.url), ...at },
    { home: '' },
  )
  const signedIn = isSignedIn(request, { controlToken, real_now })
  return { site: { facts: readSite({ db, engine, world }, { signedIn }), context }, cookies }
}
