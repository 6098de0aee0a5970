import { z } from 'zod'
import { endpoint } from '../../core/control-endpoint.ts'
import { isRefusal } from '../../core/refusal.ts'
import { seeApplication, seeApplications } from '../../wechat/application/application.ts'
import { cleanText } from '../field.ts'
import {
  chooseApplication,
  chooseOfficial,
  drafted,
  showApplication,
  shownApplication,
  whichApplication,
} from './show.ts'

export const listApplications = endpoint({
  id: 'application.list',
  methods: ['GET'],
  path: '/worlds/{world}/official-accounts/{appid}/applications',
  from: ['path'],
  summary: {
    en: "An official account's applications for templates, oldest first",
    zh: '公众号的模板申请，最早的在前',
  },
  input: z.strictObject({ world: z.string(), appid: cleanText }),
  answer: z.object({ items: z.array(shownApplication) }),
  example: { input: { appid: '{acme.appid}' }, after: [drafted] },
  async handle(call) {
    const official = await chooseOfficial(call, call.input.appid)
    if (isRefusal(official)) return official
    const rows = await seeApplications(call, official.appid)
    return { items: rows.map(showApplication) }
  },
})

export const getApplication = endpoint({
  id: 'application.get',
  methods: ['GET'],
  path: '/worlds/{world}/applications/{application}',
  from: ['path'],
  summary: { en: 'One application for a template', zh: '一份模板申请' },
  input: z.strictObject(whichApplication),
  answer: shownApplication,
  example: { input: { application: '{application}' }, after: [drafted] },
  async handle(call) {
    const chosen = await chooseApplication(call)
    return isRefusal(chosen) ? chosen : showApplication(await seeApplication(call, chosen.row))
  },
})
