import { frameOf, html } from '../page/frame.ts'
import { lazyViews } from '../page/lazy-views.ts'
import { notFoundPages } from '../page/not-found.ts'
import { lostSiteOf } from '../page/site/lost.ts'

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
    const { site, cookies } = lostSiteOf(call, basePath)
    const frame = frameOf(lang)
    return { text: html(views().NotFoundPage({ frame, site, reason })), cookies, needs }
  },
})

const needs = { script: true }
