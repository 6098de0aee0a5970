import { isReply } from '../core/endpoint.ts'
import { locate, pathOf } from '../core/locate.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { body_encodings, packedBy, type RawRequest } from '../core/request.ts'
import type { Answer, Surface } from '../core/surface.ts'
import { answerReply } from '../page/reply.ts'
import { authenticate } from './authenticate.ts'
import { addBlacklist, listBlacklist, removeBlacklist } from './blacklist/endpoints.ts'
import { refuse, type WechatCaller } from './caller.ts'
import { sendCustomMessage, setCustomTyping } from './custom/endpoints.ts'
import { documented_bases, documented_paths } from './documented-paths.ts'
import { wechatErrors } from './errors.ts'
import { chooseIndustry, getIndustry } from './industry/endpoints.ts'
import { getTicket } from './jssdk/endpoints.ts'
import { showJssdk } from './jssdk/script.ts'
import { deleteMaterial, getMaterial, listMaterials, materialCount } from './material/endpoints.ts'
import { getMedia, uploadMedia } from './media/endpoints.ts'
import {
  addConditionalMenu,
  deleteConditionalMenu,
  matchMenu,
} from './menu/conditional-endpoints.ts'
import { createMenu, deleteMenu, getMenu, getSelfmenu } from './menu/endpoints.ts'
import { sendTemplate } from './message/endpoints.ts'
import { checkNetwork, ipApi, ipCallback } from './network/endpoints.ts'
import { checkOauth, exchangeOauth, oauthUser, refreshOauth } from './oauth/endpoints.ts'
import { createQrcode, showQrcode } from './qrcode/endpoints.ts'
import { clearQuota, clearQuotaBySecret, getQuota, getRid } from './quota/endpoints.ts'
import { wireText } from './rid.ts'
import { createShortLink, getShortLink } from './short-link/endpoints.ts'
import {
  addSubscriptionTemplate,
  deleteSubscriptionTemplate,
  listSubscriptionCategories,
  listSubscriptionKeywords,
  listSubscriptionTemplates,
  listSubscriptionTitles,
} from './subscription/endpoints.ts'
import { sendSubscriptionMessage } from './subscription/message.ts'
import { sendOneTimeMessage } from './subscription/once.ts'
import { createTag, deleteTag, listTags, tagFans, updateTag } from './tag/endpoints.ts'
import { createTagging, deleteTagging, listTaggings } from './tagging/endpoints.ts'
import {
  addTemplate,
  deleteTemplate,
  listTemplates,
  templateBlocked,
} from './template/endpoints.ts'
import { getStableToken, getToken } from './token/endpoints.ts'
import { listUsers, updateRemark, userBatch, userInfo } from './user/endpoints.ts'

/** Not `charset`: the word that api.weixin.qq.com has always sent. */
const json_headers = { 'Content-Type': 'application/json; encoding=utf-8' }
/** What it sends under /sns, where the same JSON calls itself a text. */
const sns_headers = { 'Content-Type': 'text/plain' }

/** The WeChat platform: refusals are HTTP 200 with `errcode` and an `errmsg` that ends in a rid. */
export const wechatSurface: Surface<WechatCaller> = {
  name: 'wechat',
  bases: [...new Set(['/cgi-bin', '/sns', '/wxaapi', ...documented_bases])],
  prefix: '',
  area: 'wechat',
  table: wechatErrors,
  endpoints: [
    getToken,
    getStableToken,
    chooseIndustry,
    getIndustry,
    addTemplate,
    listTemplates,
    deleteTemplate,
    templateBlocked,
    sendTemplate,
    createMenu,
    getMenu,
    deleteMenu,
    getSelfmenu,
    addConditionalMenu,
    deleteConditionalMenu,
    matchMenu,
    userInfo,
    userBatch,
    listUsers,
    updateRemark,
    createTag,
    listTags,
    updateTag,
    deleteTag,
    tagFans,
    createTagging,
    deleteTagging,
    listTaggings,
    listBlacklist,
    addBlacklist,
    removeBlacklist,
    listSubscriptionCategories,
    listSubscriptionTitles,
    listSubscriptionKeywords,
    addSubscriptionTemplate,
    listSubscriptionTemplates,
    deleteSubscriptionTemplate,
    sendSubscriptionMessage,
    sendOneTimeMessage,
    uploadMedia,
    getMedia,
    sendCustomMessage,
    setCustomTyping,
    exchangeOauth,
    refreshOauth,
    oauthUser,
    checkOauth,
    createQrcode,
    getTicket,
    createShortLink,
    getShortLink,
    materialCount,
    listMaterials,
    ipApi,
    ipCallback,
    checkNetwork,
    clearQuota,
    clearQuotaBySecret,
    getQuota,
    getRid,
  ],
  authenticate,
  refuseTransport(fault, { endpoint, request, stranger }) {
    if (fault === 'unknown_path') return stranger ?? refusePath(request)
    if (fault === 'unknown_encoding') {
      const step = { rule: 'body.encoding', actual: packedBy(request), expected: body_encodings }
      return { ...refuse(47001, step), status: 415 }
    }
    if (fault === 'body_too_large') {
      const most = endpoint?.body_bytes_max
      const expected = most === undefined ? 'at most 1 MB' : `at most ${most} bytes`
      return refuse(most === undefined ? 45002 : 45001, { rule: 'body.size', expected })
    }
    if (fault === 'world_was_reset') return refuse(-1, { rule: 'world.same_epoch' })
    const post = endpoint?.methods.includes('GET') !== true
    return refuse(post ? 43002 : 43001, {
      rule: 'method.known',
      actual: request.method,
      expected: endpoint?.methods,
    })
  },
  encode(outcome, { trace, world, endpoint }): Answer {
    if (isReply(outcome)) return answerReply(outcome)
    const body = isRefusal(outcome)
      ? {
          errcode: outcome.code,
          errmsg: errmsgOf(outcome, endpoint?.path ?? '', { trace, now: world.now }),
        }
      : outcome
    const code = isRefusal(outcome) ? outcome.code : 0
    return {
      status: (isRefusal(outcome) ? outcome.status : undefined) ?? 200,
      headers: endpoint?.path.startsWith('/sns/') ? sns_headers : json_headers,
      body: Buffer.from(JSON.stringify(body)),
      code,
    }
  },
}

/** What is documented is no mistake of the caller's: WeChat refuses it to accounts that have not got the permission. */
function refusePath(request: RawRequest): Refusal {
  const { path } = locate(pathOf(request.url))
  if (!documented_paths.has(path))
    return refuse(40066, { rule: 'path.known', actual: pathOf(request.url) })
  const expected = 'a call that this simulator answers; /docs lists them'
  const refusal = refuse(48001, { rule: 'endpoint.built', actual: path, expected, nearest: [] })
  return { ...refusal, complete: (text, at) => wireText({ text }, path, at) }
}

function errmsgOf(refusal: Refusal, path: string, at: { trace: string; now: number }): string {
  return refusal.complete?.(refusal.text, at) ?? wireText(refusal, path, at)
}

/**
 * What the WeChat platform answers with pictures and scripts, and calls that it can only refuse here: they stand beside those
 * whose good answers are JSON.
 */
export const wechatPictureSurface: Surface<WechatCaller> = {
  ...wechatSurface,
  bases: [],
  endpoints: [showQrcode, showJssdk, getMaterial, deleteMaterial],
  encode: (outcome, at) =>
    isReply(outcome) ? answerReply(outcome) : wechatSurface.encode(outcome, at),
}
