import { z } from 'zod'
import type { WebsiteAppRow } from '../../db/schema.ts'
import { listWebsiteApps as listRows } from '../../db/website.ts'
import type { Call } from '../core/call.ts'
import { endpoint } from '../core/control-endpoint.ts'
import { reply } from '../core/endpoint.ts'
import { words } from '../core/field.ts'
import { problem } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import {
  deleteWebsiteApp as closeWebsiteApp,
  createWebsiteApp as openWebsiteApp,
  website_apps_max,
} from '../wechat/oauth/website-app.ts'
import { cleanText, key } from './field.ts'
import { hostName, idTaken } from './official-account/official-account.ts'

const appFields = {
  key: key.meta(words('Its appid and secret are derived from it.', 'appid 和密钥由它推出。')),
  name: cleanText
    .min(1)
    .max(100)
    .optional()
    .meta(
      words(
        'Shown on the page with the QR code. Default: the key.',
        '二维码页面上的名称；不填为 key。',
      ),
    ),
  appid: z
    .string()
    .regex(/^wx[0-9a-f]{16}$/, 'wx and 16 hex digits')
    .optional()
    .meta(words('Default: derived.', '不填则推出。')),
  app_secret: z
    .string()
    .regex(/^[0-9a-f]{32}$/, '32 hex digits')
    .optional()
    .meta(words('Default: derived.', '不填则推出。')),
  domain: hostName
    .nullable()
    .default(null)
    .meta(
      words(
        'The host that a login may redirect to, without a port; null: any.',
        '登录后可以跳回的唯一域名，不带端口；null：任意。',
      ),
    ),
}

/** A website app, as world.create takes it. */
export const websiteAppInput = z.strictObject(appFields)

/** A website app as the control API describes it. */
export const websiteAppShape = z.object({
  key: z.string(),
  name: z.string(),
  appid: z.string(),
  app_secret: z.string(),
  domain: z.string().nullable(),
})

/** Declares a website app, as body or world says; the no to what cannot be. */
export function addWebsiteApp(
  call: Call,
  input: z.output<typeof websiteAppInput>,
  field = '',
): WebsiteAppRow | Refusal {
  const existing = listRows(call.db, call.world.epoch)
  if (existing.some((row) => row.key === input.key)) {
    const reason = `there is a website app ${input.key} already`
    return problem('conflict', { field: `${field}key`, reason, fix: 'choose another key' })
  }
  const made = openWebsiteApp(call, { ...input, name: input.name ?? input.key })
  if (made === 'full') {
    const reason = `a world has at most ${website_apps_max} website apps`
    return problem('conflict', { field: `${field}key`, reason, fix: 'use an existing one' })
  }
  if ('taken_by' in made) return idTaken(`${field}appid`, input.appid ?? '', made.taken_by)
  return made
}

/** Declares a website app of the Open Platform, at which people log in by QR code. */
export const createWebsiteApp = endpoint({
  id: 'website_app.create',
  methods: ['POST'],
  path: '/worlds/{world}/website-apps',
  from: ['path', 'json'],
  summary: {
    en: 'Declare a website app of the Open Platform, for login by QR code',
    zh: '声明一个开放平台的网站应用，用于扫码登录',
  },
  status: 201,
  input: z.strictObject({ world: z.string(), ...appFields }),
  answer: websiteAppShape,
  refusals: [409],
  example: { input: { key: 'portal', name: '入职平台', domain: 'hr.example.com' } },
  handle(call) {
    const { world: _, ...input } = call.input
    const row = addWebsiteApp(call, input)
    return isRefusal(row) ? row : reply(201, appResponse(row))
  },
})

export const listWebsiteApps = endpoint({
  id: 'website_app.list',
  methods: ['GET'],
  path: '/worlds/{world}/website-apps',
  from: ['path'],
  summary: { en: 'The website apps of a world', zh: '世界的网站应用' },
  input: z.strictObject({ world: z.string() }),
  answer: z.object({ items: z.array(websiteAppShape) }),
  example: { input: {}, after: [{ call: 'website_app.create', input: { key: 'portal' } }] },
  handle({ db, world }) {
    return { items: listRows(db, world.epoch).map(appResponse) }
  },
})

export const deleteWebsiteApp = endpoint({
  id: 'website_app.delete',
  methods: ['DELETE'],
  path: '/worlds/{world}/website-apps/{key}',
  from: ['path'],
  summary: {
    en: 'Delete a website app and release its appid; no effect if it is already gone',
    zh: '删除一个网站应用并释放其 appid；已经没有了也可以',
  },
  status: 204,
  input: z.strictObject({ world: z.string(), key: cleanText }),
  answer: 'none',
  example: {
    input: { key: 'intranet' },
    after: [{ call: 'website_app.create', input: { key: 'intranet' } }],
  },
  handle(call) {
    const app = listRows(call.db, call.world.epoch).find(({ key }) => key === call.input.key)
    if (app) closeWebsiteApp(call, app)
    return reply(204)
  },
})

function appResponse({ key, name, appid, app_secret, domain }: WebsiteAppRow) {
  return { key, name, appid, app_secret, domain }
}
