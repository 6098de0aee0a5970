import { lookersOf, saysWechat } from '../../auth/browser-identity.ts'
import type { Reply } from '../../core/endpoint.ts'
import { frameOf } from '../../page/frame.ts'
import { authorizeUrl, whoUrl } from '../gateway/oauth.ts'
import { langHref, type RegisterCall } from './call.ts'
import type { Visit } from './session.ts'
import { show } from './shown.ts'
import { baseOf, prepareSignIn } from './sign-in.ts'
import { drawQr, views } from './views.ts'

interface At {
  /** The page, from the root of this server. */
  readonly href: string
  readonly visit: Visit | undefined
}

/** Whether a browser is not WeChat's, and nobody says whose else it is. */
export function isOutside({ request, caller, engine, world }: RegisterCall): boolean {
  if (saysWechat(request)) return false
  return lookersOf(request, caller, engine.settings, world.real_now).length === 0
}

/** Says that the page opens in WeChat, and how. People at the simulator may choose who they are. */
export async function showOutside(call: RegisterCall, at: At): Promise<Reply> {
  const { caller, engine, request } = call
  const mayChoose = caller.gateway.kind === 'local' && !engine.settings.exposed
  const prepared = mayChoose ? await prepareSignIn(call, at) : undefined
  const page = views().Outside({
    frame: frameOf(caller.lang),
    company: caller.account.company,
    code: drawQr(request.origin + at.href),
    whoHref: prepared && whoUrl(baseOf(call), prepared.authorize),
    langHref: langHref(),
  })
  return show(call, page, { page: 'register.outside', cookie: prepared?.cookie })
}

/** Asks whoever sees a snapshot to open the full page, for which WeChat asks the person. */
export async function showSnapshot(call: RegisterCall, at: At): Promise<Reply> {
  const { caller } = call
  const { authorize, cookie } = await prepareSignIn(call, at)
  const page = views().Snapshot({
    frame: frameOf(caller.lang),
    company: caller.account.company,
    openHref: authorizeUrl(baseOf(call), { ...authorize, popup: true }),
    langHref: langHref(),
  })
  const openid = at.visit?.row.openid ?? null
  return show(call, page, { page: 'register.snapshot', openid, cookie })
}
