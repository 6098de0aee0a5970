import { z } from 'zod'
import type { WebsiteAppRow, WebsiteLoginRow } from '../../../db/schema.ts'
import type { Reply } from '../../core/endpoint.ts'
import { credentialElsewhere } from '../../core/locate.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { frameOf, html } from '../../page/frame.ts'
import { qrPng } from '../../page/qr-picture.ts'
import { langOfRequest, pageReply, redirect } from '../../page/reply.ts'
import { isAppid } from '../official-account.ts'
import { type PageCall, page, refusePage, textOf, views } from './page.ts'
import { unnumbered } from './page-errors.ts'
import { isListed, readRedirect } from './redirect-uri.ts'
import { websiteAppOf } from './website-app.ts'
import {
  backOf,
  beginLogin,
  findLogin,
  loginLink,
  standingOf,
  standingText,
} from './website-login.ts'

const state_bytes_max = 128
/** Pixels, with the white around it. */
const code_size = 280

/** Where websites on a desktop send people to scan a code. With `uuid` it is the page of a login that has begun. */
export const loginWebsite = page({
  id: 'oauth.website',
  methods: ['GET'],
  path: '/connect/qrconnect',
  from: ['query'],
  input: z.object({}),
  handle(call) {
    const app = findApp(call)
    if (isRefusal(app)) return app
    const where = checkLink(call, app)
    if (isRefusal(where)) return where
    call.steps.push('website.known', 'scope.known', 'redirect_uri.allowed')
    const begun = findLogin(call, textOf(call, 'uuid'))
    const login = begun?.appid === app.appid ? begun : beginLogin(call, app, where)
    return loginResponse(call, app, login)
  },
})

/** Whether somebody has scanned the code and allowed it: what the page asks until it is so. */
export const websiteStanding = page({
  id: 'oauth.website_standing',
  methods: ['GET'],
  path: '/connect/l/qrconnect',
  from: ['query'],
  journalled: false,
  input: z.object({}),
  handle(call) {
    const body = standingText(call, findLogin(call, textOf(call, 'uuid')))
    const headers = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }
    return { kind: 'reply', status: 200, body, type: 'text/javascript; charset=utf-8', headers }
  },
})

function findApp(call: PageCall): WebsiteAppRow | Refusal {
  const appid = textOf(call, 'appid')
  const app = isAppid(appid) ? websiteAppOf(call, appid) : undefined
  if (app) return app
  const step = {
    rule: 'website.known',
    actual: appid,
    expected: 'the appid of a website app of the Open Platform',
    fix: { call: 'website_app.create', input: { key: 'site', appid } },
  }
  const elsewhere = credentialElsewhere(call, 'appid', appid)
  return refusePage(call, unnumbered.website, elsewhere ?? step, 404)
}

function checkLink(call: PageCall, app: WebsiteAppRow): { redirect: URL; state: string } | Refusal {
  const response_type = textOf(call, 'response_type')
  if (response_type !== 'code') {
    const step = { rule: 'response_type.code', actual: response_type, expected: 'code' }
    return refusePage(call, unnumbered.link, step)
  }
  const scope = textOf(call, 'scope')
  if (scope !== 'snsapi_login') {
    const step = { rule: 'scope.known', actual: scope, expected: 'snsapi_login' }
    return refusePage(call, unnumbered.scope, step)
  }
  const state = textOf(call, 'state')
  const bytes = Buffer.byteLength(state)
  if (bytes > state_bytes_max) {
    const expected = `at most ${state_bytes_max} bytes`
    return refusePage(call, unnumbered.state, { rule: 'state.length', actual: bytes, expected })
  }
  const sent = textOf(call, 'redirect_uri')
  const redirect = readRedirect(sent)
  if (!redirect) {
    const expected = 'an address that begins with http:// or https://'
    const step = { rule: 'redirect_uri.web', actual: sent, expected }
    return refusePage(call, unnumbered.redirect, step)
  }
  if (app.domain === null || isListed(redirect, [app.domain])) return { redirect, state }
  const step = { rule: 'redirect_uri.allowed', actual: redirect.host, expected: app.domain }
  return refusePage(call, unnumbered.redirect, step)
}

function loginResponse(call: PageCall, app: WebsiteAppRow, login: WebsiteLoginRow): Reply {
  const standing = standingOf(call, login)
  if (standing === 'allowed' || standing === 'denied') return redirect(backOf(login))
  const { uuid } = login
  const sent = Object.entries(call.fields).filter(([name]) => name !== 'uuid')
  const query = Object.fromEntries(sent.map(([name, value]) => [name, String(value)]))
  const link = loginLink(call, login)
  const view = views().LoginCodePage({
    frame: frameOf(langOfRequest(call.request)),
    app: app.name,
    standing,
    link,
    picture: `data:image/png;base64,${qrPng(link, code_size).toString('base64')}`,
    asksHref: `l/qrconnect?uuid=${uuid}`,
    answer: standingText(call, login),
    onwardHref: `?${new URLSearchParams({ ...query, uuid })}`,
    anewHref: `?${new URLSearchParams(query)}`,
    langHref: (lang) => `?${new URLSearchParams({ ...query, uuid, lang })}`,
  })
  return pageReply(html(view), { needs: { script: true } })
}
