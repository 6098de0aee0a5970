import { pathOf } from '../core/locate.ts'
import { isRefusal } from '../core/refusal.ts'
import { body_encodings, packedBy } from '../core/request.ts'
import type { Surface } from '../core/surface.ts'
import { encodePage } from '../page/refusal.ts'
import { attribute } from './attribute.ts'
import { configJssdk } from './jssdk/config.ts'
import { authorize } from './oauth/authorize.ts'
import { confirm } from './oauth/confirm.ts'
import { type PageCaller, refusePage, views } from './oauth/page.ts'
import { pageErrors, unnumbered } from './oauth/page-errors.ts'
import { loginWebsite, websiteStanding } from './oauth/website.ts'
import { decideLogin, scanLogin } from './oauth/website-confirm.ts'
import { chooseWho } from './oauth/who.ts'

/** The pages of WeChat: what it refuses is a page too, with HTTP 200. */
export const wechatPages: Surface<PageCaller> = {
  name: 'wechat',
  bases: ['/connect'],
  prefix: '',
  area: 'wechat',
  table: pageErrors,
  endpoints: [
    authorize,
    chooseWho,
    confirm,
    loginWebsite,
    websiteStanding,
    scanLogin,
    decideLogin,
    configJssdk,
  ],
  load: views.load,
  authenticate(call) {
    const { world, key } = attribute(call, '')
    call.enter(world, { key, caller: { address: call.address } })
    return undefined
  },
  refuseTransport(fault, { request, endpoint }) {
    if (fault === 'unknown_encoding') {
      const step = { rule: 'body.encoding', actual: packedBy(request), expected: body_encodings }
      return refusePage({ request }, unnumbered.link, step, 415)
    }
    if (fault === 'unknown_path') {
      const step = { rule: 'path.known', actual: pathOf(request.url) }
      return refusePage({ request }, unnumbered.path, step, 404)
    }
    const tooLarge = fault === 'body_too_large'
    const step = tooLarge
      ? { rule: 'body.size', expected: 'at most 1 MB' }
      : { rule: 'method.known', actual: request.method, expected: endpoint?.methods }
    return refusePage({ request }, unnumbered.link, step, tooLarge ? 413 : 405)
  },
  encode(outcome, at) {
    const answer = encodePage(outcome, at)
    return isRefusal(outcome) ? { ...answer, code: outcome.code } : answer
  },
}
