import { identitiesOf, saysWechat } from '../../auth/browser-identity.ts'
import type { Reply } from '../../core/endpoint.ts'
import { frameOf } from '../../page/frame.ts'
import { authorizeUrl, whoUrl } from '../gateway/oauth.ts'
import { langHref, type RegisterCall } from './call.ts'
import { pageResponse } from './response.ts'
import type { Session } from './session.ts'
import { baseOf, prepareSignIn } from './sign-in.ts'
import { drawQr, views } from './views.ts'

interface At {
  /** The page, from the root of this server. */
  readonly href: string
  readonly session: Session | undefined
}

/** Whether a browser is not WeChat's, and nobody says whose else it is. */
export function isOutside(call: RegisterCall): boolean {
  return !saysWechat(call.request) && identitiesOf(call, call.caller).length === 0
}

/** Says that the page opens in WeChat, and how. People at the simulator may choose who they are. */
export function outsideResponse(call: RegisterCall, at: At): Reply {
  const { caller, engine, request } = call
  const mayChoose = caller.gateway.kind === 'local' && !engine.settings.exposed
  const signIn = mayChoose ? prepareSignIn(call, at) : undefined
  const page = views().Outside({
    frame: frameOf(caller.lang, call.request),
    company: caller.account.company,
    code: drawQr(request.origin + at.href),
    whoHref: signIn && whoUrl(baseOf(call), signIn.authorize),
    langHref: langHref(),
  })
  return pageResponse(call, page, { page: 'register.outside', cookie: signIn?.cookie })
}

/** Asks whoever sees a snapshot to open the full page, for which WeChat asks the person. */
export function snapshotResponse(call: RegisterCall, at: At): Reply {
  const { caller } = call
  const { authorize, cookie } = prepareSignIn(call, at)
  const page = views().Snapshot({
    frame: frameOf(caller.lang, call.request),
    company: caller.account.company,
    openHref: authorizeUrl(baseOf(call), { ...authorize, popup: true }),
    langHref: langHref(),
  })
  const openid = at.session?.row.openid ?? null
  return pageResponse(call, page, { page: 'register.snapshot', openid, cookie })
}
