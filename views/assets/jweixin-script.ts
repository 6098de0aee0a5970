/**
 * WeChat's JS-SDK for pages of platforms that are tried here: `wx`, as its documentation has it. In place of `{apis}` stands
 * how the phone answers each call. In the phone's web view it asks the phone, by messages from frame to frame; a browser that
 * calls itself WeChat's asks the server that the script came from; any other is answered nothing, as outside of WeChat.
 */
export const jweixinScript = `'use strict'
;(() => {
  if (window.jWeixin) return
  const apis = {apis}
  const src = document.currentScript ? document.currentScript.src : ''
  const base = src.replace(/\\/open\\/js\\/[^/]*$/, '')
  const phone = window.parent === window ? undefined : window.parent
  const isWechat = /micromessenger/i.test(navigator.userAgent)

  // To the phone alone, at the server that the script came from; by the name of WeChat's host that is not known.
  const home = /^https?:\\/\\/res2?\\.wx\\.qq\\.com\\//.test(src) ? '*' : new URL(src, location.href).origin
  const waiting = new Map()
  let asked = 0
  const askPhone = (name, args) =>
    new Promise((resolve) => {
      waiting.set(++asked, resolve)
      phone.postMessage({ jweixin: asked, name, args }, home)
    })
  addEventListener('message', ({ source, data }) => {
    if (source !== phone || !data || !waiting.has(data.jweixin) || !data.answer) return
    waiting.get(data.jweixin)(data.answer)
    waiting.delete(data.jweixin)
  })
  const askServer = async (args) => {
    try {
      const answer = await fetch(base + '/connect/jssdk/config', { method: 'POST', body: JSON.stringify(args) })
      return await answer.json()
    } catch {
      console.warn(base + ' hears no pages of this site: open the page in its /phone, or by the same host name')
      return { errMsg: 'config:fail' }
    }
  }

  /** 0: nothing is known yet, 1: done, -1: refused. */
  let state = 0
  let config = {}
  let said = {}
  let permitted = new Set()
  let ready = []
  let failed

  const wx = {}
  const tell = (said, to = {}) => {
    if (config.debug) console.log(JSON.stringify(said))
    const word = said.errMsg.slice(said.errMsg.indexOf(':') + 1)
    const hear = word === 'ok' ? to.success : word === 'cancel' ? to.cancel : to.fail
    if (hear) hear(said)
    if (to.complete) to.complete(said)
  }

  wx.config = async (given) => {
    config = given || {}
    const { appId, timestamp, nonceStr, signature, jsApiList } = config
    const args = { appid: appId, timestamp: String(timestamp), nonceStr, signature, jsApiList, url: location.href }
    if (!phone && !isWechat) return
    said = await (phone ? askPhone('config', args) : askServer(args))
    const isGood = said.errMsg === 'config:ok'
    permitted = new Set(isGood ? said.jsApiList : [])
    delete said.jsApiList
    if (config.debug) console.log(JSON.stringify(said))
    state = 1
    if (!isGood) {
      if (failed) failed(said)
      else state = -1
    }
    // Also after a refusal, as WeChat's own script does it.
    for (const one of ready.splice(0)) one()
  }
  wx.ready = (callback) => {
    if (state !== 0) callback()
    else ready.push(callback)
  }
  wx.error = (callback) => {
    if (state === -1) callback(said)
    else failed = callback
  }

  const more = {
    checkJsApi: ({ jsApiList = [] }) => ({
      checkResult: Object.fromEntries(jsApiList.map((name) => [name, Object.hasOwn(apis, name)])),
    }),
    getNetworkType: () => ({ networkType: 'wifi' }),
  }
  const refusalOf = (name) => {
    if (name === 'checkJsApi') return undefined
    if (said.errMsg !== 'config:ok') return 'the permission value is offline verifying'
    return permitted.has(name) ? undefined : 'permission denied'
  }
  for (const name of Object.keys(apis)) {
    wx[name] = (args) => {
      const given = args || {}
      // Outside of WeChat nothing ever answers.
      if (!phone && !isWechat) return
      const answer = refusalOf(name) || apis[name]
      if (answer === 'wait') return
      if (answer === 'ok' && phone) phone.postMessage({ jweixin: 0, name, args: {} }, home)
      const extra = answer === 'ok' && more[name] ? more[name](given) : {}
      Promise.resolve().then(() => tell({ errMsg: name + ':' + answer, ...extra }, given))
    }
  }
  // A page in no mini program can only ask whether it is in one.
  wx.miniProgram = { getEnv: (callback) => callback({ miniprogram: false }) }

  window.wx = window.jWeixin = wx
  if (typeof define === 'function' && (define.amd || define.cmd)) define(() => wx)
})()
`
