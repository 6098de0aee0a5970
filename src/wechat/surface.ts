import { isReply } from '../core/endpoint.ts'
import { pathOf } from '../core/locate.ts'
import { isRefusal } from '../core/refusal.ts'
import type { Answer, Surface } from '../core/surface.ts'
import { authenticate } from './access.ts'
import { refuse, type WechatCaller } from './endpoint.ts'
import { wechatErrors } from './errors.ts'
import { getIndustry } from './industry/get.ts'
import { chooseIndustry } from './industry/set.ts'
import { createMenu } from './menu/create.ts'
import { deleteMenu, getMenu, getSelfmenu } from './menu/get.ts'
import { sendTemplate } from './message/send.ts'
import { exchangeOauth, refreshOauth } from './oauth/token.ts'
import { checkOauth, oauthUser } from './oauth/userinfo.ts'
import { createQrcode } from './qrcode/create.ts'
import { clearQuota, clearQuotaBySecret } from './quota/clear.ts'
import { getQuota } from './quota/get.ts'
import { getRid } from './quota/rid-get.ts'
import { wireText } from './rid.ts'
import { addTemplate } from './template/add.ts'
import { deleteTemplate } from './template/delete.ts'
import { listTemplates } from './template/list.ts'
import { getStableToken, getToken } from './token/get.ts'
import { userBatch, userInfo } from './user/info.ts'
import { listUsers } from './user/list.ts'
import { updateRemark } from './user/remark.ts'

/** Not `charset`: the word that api.weixin.qq.com has always sent. */
const content_type = 'application/json; encoding=utf-8'
/** What it sends under /sns, where the same JSON calls itself a text. */
const sns_content_type = 'text/plain'

/** The WeChat platform: refusals are HTTP 200 with `errcode` and an `errmsg` that ends in a rid. */
export const wechatSurface: Surface<WechatCaller> = {
  name: 'wechat',
  bases: ['/cgi-bin', '/sns', '/connect', '/wxaapi'],
  prefix: '',
  area: 'open',
  table: wechatErrors,
  endpoints: [
    getToken,
    getStableToken,
    chooseIndustry,
    getIndustry,
    addTemplate,
    listTemplates,
    deleteTemplate,
    sendTemplate,
    createMenu,
    getMenu,
    deleteMenu,
    getSelfmenu,
    userInfo,
    userBatch,
    listUsers,
    updateRemark,
    exchangeOauth,
    refreshOauth,
    oauthUser,
    checkOauth,
    createQrcode,
    clearQuota,
    clearQuotaBySecret,
    getQuota,
    getRid,
  ],
  authenticate,
  refuseTransport(fault, { endpoint, request }) {
    if (fault === 'unknown_path')
      return refuse(40066, { rule: 'path.known', actual: pathOf(request.url) })
    if (fault === 'body_too_large')
      return refuse(45002, { rule: 'body.size', expected: 'at most 1 MB' })
    if (fault === 'world_was_reset') return refuse(-1, { rule: 'world.same_epoch' })
    const post = endpoint?.methods.includes('GET') !== true
    return refuse(post ? 43002 : 43001, {
      rule: 'method.known',
      actual: request.method,
      expected: endpoint?.methods,
    })
  },
  encode(outcome, { trace, world, endpoint }): Answer {
    if (isReply(outcome)) throw new Error('the WeChat surface answers JSON with status 200')
    const body = isRefusal(outcome)
      ? {
          errcode: outcome.code,
          errmsg: wireText(outcome, endpoint?.path ?? '', { trace, now: world.now }),
        }
      : outcome
    const code = isRefusal(outcome) ? outcome.code : 0
    return {
      status: 200,
      headers: {
        'Content-Type': endpoint?.path.startsWith('/sns/') ? sns_content_type : content_type,
      },
      body: Buffer.from(JSON.stringify(body)),
      code,
    }
  },
}
