import type { FaultFace } from '../core/apply-fault.ts'
import type { Call } from '../core/call.ts'
import { addressFill, refuse, type WechatCaller } from './caller.ts'
import { isAppid, officialAccountOf } from './official-account.ts'

/** What the variable parts of a text say when nothing has happened that could fill them. */
const sample_fill = { name: 'thing1', fault: 'invalid' }
/** Of a call that goes elsewhere: no address of anybody's. */
const sample_ip = '203.0.113.7'

/** How faults meet the calls of the platform. */
export const faults: FaultFace<WechatCaller> = {
  surface: 'wechat',
  named(call) {
    const appid = appidOf(call)
    return appid === undefined ? undefined : { appid, openids: openidsOf(call) }
  },
  refuse({ errcode, errmsg }, step, call) {
    if (errmsg !== null) return { kind: 'refusal', code: errcode, text: errmsg, step }
    const address = addressFill(call ? call.request.ip : sample_ip)
    return refuse(errcode, step, { ...sample_fill, ...address })
  },
}

/** A call that carries appid and secret is known by both, though its handler checks them: a wrong secret is refused as ever. */
function appidOf(call: Call<WechatCaller | undefined>): string | undefined {
  const { appid } = call.caller?.account ?? call.fields
  if (typeof appid !== 'string' || call.caller) return appid as string | undefined
  const account = isAppid(appid) ? officialAccountOf(call, appid) : undefined
  const { secret, appsecret = secret } = call.fields
  const isKnown = call.endpoint?.credential !== 'secret' || appsecret === account?.app_secret
  return account && isKnown ? appid : undefined
}

/** Everybody whom a call names, at whatever place. */
function openidsOf({ caller, fields }: Call<WechatCaller | undefined>): string[] {
  const { touser, openid, user_list } = fields
  const listed = Array.isArray(user_list) ? user_list.map((one) => Object(one)['openid']) : []
  const all: unknown[] = [touser, openid, caller?.web_token?.openid, ...listed]
  return all.filter((one) => typeof one === 'string')
}
