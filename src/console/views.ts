import { frameOf, html } from '../page/frame.ts'
import { lazyViews } from '../page/lazy-views.ts'
import { notFoundPages } from '../page/not-found.ts'

/** The operator's pages. */
export const views = lazyViews(() => import('../../views/console/index.ts'))

/** Where they begin. */
export const home = '/accounts'

/** Refuses a page that is not there, with a page that leads on. */
export const notFound = notFoundPages({
  home,
  lang: 'en',
  reasons: { unknown_account: { type: 'not_found', field: 'eid' } },
  render: (lang, of) => html(views().NotFoundPage({ frame: frameOf(lang), ...of })),
})
