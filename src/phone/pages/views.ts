import { frameOf, html } from '../../page/frame.ts'
import { lazyViews } from '../../page/lazy-views.ts'
import { notFoundPages } from '../../page/not-found.ts'
import { lostSiteOf } from '../../page/site/lost.ts'

/** The pages of phones. */
export const views = lazyViews(() => import('../../../views/phone/index.ts'))

/** Where they begin. */
export const home = '/phone'

/** Refuses a page that is not there, with a page that leads on. */
export const notFound = notFoundPages({
  home,
  lang: 'zh',
  reasons: {
    unknown_person: { type: 'not_found', field: 'person' },
    unknown_account: { type: 'not_found', field: 'account' },
    unknown_letter: { type: 'not_found', field: 'appid' },
  },
  render(lang, of, call) {
    const frame = frameOf(lang, call?.request)
    const { site, cookies } = lostSiteOf(frame.isFramed ? undefined : call, of.basePath)
    return {
      text: html(views().NotFoundPage({ frame, site, ...of })),
      cookies,
      needs: { script: true },
    }
  },
})
