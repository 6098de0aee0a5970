import { z } from 'zod'
import { updateApplication as updateApplicationRow } from '../../../db/application.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { reply } from '../../core/endpoint.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import {
  applications_max,
  draftApplication,
  type Wanted,
} from '../../wechat/application/application.ts'
import { hiringTemplates } from '../account/hiring-template.ts'
import { cleanText, nameText } from '../field.ts'
import { contentText } from '../template.ts'
import {
  chooseApplication,
  chooseOfficial,
  drafted,
  showApplication,
  shownApplication,
  whichApplication,
  wrongState,
} from './show.ts'

const wanted = {
  title: nameText.optional(),
  content: contentText.optional(),
  example: cleanText.optional(),
}

export const createApplication = endpoint({
  id: 'application.create',
  methods: ['POST'],
  path: '/worlds/{world}/official-accounts/{appid}/applications',
  from: ['path', 'json'],
  summary: {
    en: "Draft an application for a template; left out, it is the hiring template of the account's rules",
    zh: '起草一份模板申请；不填内容则为该公众号规则下的入职模板',
  },
  status: 201,
  input: z.strictObject({ world: z.string(), appid: cleanText, ...wanted }),
  answer: shownApplication,
  refusals: [409],
  example: { input: { appid: '{acme.appid}' } },
  async handle(call) {
    const { input } = call
    const official = await chooseOfficial(call, input.appid)
    if (isRefusal(official)) return official
    const what = readWanted(input, hiringTemplates[official.rules])
    if (isRefusal(what)) return what
    const row = await draftApplication(call, official, what)
    if (row !== 'full') return reply(201, showApplication(row))
    return problem('conflict', {
      field: 'appid',
      reason: `the account has made ${applications_max} applications`,
      fix: 'change a rejected one',
    })
  },
})

function readWanted(
  { title, content, example = '' }: { [name in keyof Wanted]?: string | undefined },
  usual: Wanted,
): Wanted | Refusal {
  if (title === undefined && content === undefined) return usual
  if (title !== undefined && content !== undefined) return { title, content, example }
  return problem('invalid_field', {
    field: title === undefined ? 'title' : 'content',
    reason: 'it is missing',
    fix: 'give title and content, or neither',
  })
}

export const updateApplication = endpoint({
  id: 'application.update',
  methods: ['PATCH'],
  path: '/worlds/{world}/applications/{application}',
  from: ['path', 'json'],
  summary: {
    en: 'Change an application that is a draft or was rejected',
    zh: '修改草稿或被驳回的模板申请',
  },
  input: z.strictObject({ ...whichApplication, ...wanted }),
  answer: shownApplication,
  refusals: [409],
  example: { input: { application: '{application}', title: '面试安排通知' }, after: [drafted] },
  async handle(call) {
    const { db, input } = call
    const chosen = await chooseApplication(call)
    if (isRefusal(chosen)) return chosen
    const { row } = chosen
    const { title = row.title, content = row.content, example = row.example } = input
    const change = { title, content, example }
    const isOpen = row.state === 'draft' || row.state === 'rejected'
    if (isOpen && (await updateApplicationRow(db, row, change)))
      return showApplication({ ...row, ...change })
    return wrongState(row, 'draft another one')
  },
})
