import { z } from 'zod'
import { updateApplication as updateApplicationRow } from '../../../db/application.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { type EarlierCall, reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal } from '../../core/refusal.ts'
import {
  applications_max,
  approve,
  draftApplication,
  handInApplication,
  reject,
  seeApplication,
  seeApplications,
} from '../../wechat/application/application.ts'
import { isFull } from '../../wechat/template/template.ts'
import { cleanText } from '../field.ts'
import { chooseOfficial } from '../official-account/official-account.ts'
import { hiringTemplates } from '../template.ts'
import {
  applicationFields,
  applicationResponse,
  applicationShape,
  chooseApplication,
  contentFields,
  contentOf,
  drafted,
  notPending,
  obstacles,
  wrongState,
} from './application.ts'

export const createApplication = endpoint({
  id: 'application.create',
  methods: ['POST'],
  path: '/worlds/{world}/official-accounts/{appid}/applications',
  from: ['path', 'json'],
  summary: {
    en: "Draft an application for a template; by default, the onboarding template of the account's rules",
    zh: '起草一份模板申请；不填内容则为该公众号规则下的入职模板',
  },
  status: 201,
  input: z.strictObject({ world: z.string(), appid: cleanText, ...contentFields }),
  answer: applicationShape,
  refusals: [409],
  example: { input: { appid: '{acme.appid}' } },
  handle(call) {
    const { input } = call
    const official = chooseOfficial(call, input.appid)
    if (isRefusal(official)) return official
    const what = contentOf(input, hiringTemplates[official.rules])
    if (isRefusal(what)) return what
    const row = draftApplication(call, official, what)
    if (row !== 'full') return reply(201, applicationResponse(row))
    return problem('conflict', {
      field: 'appid',
      reason: `the account has made ${applications_max} applications`,
      fix: 'change a rejected one',
    })
  },
})

export const updateApplication = endpoint({
  id: 'application.update',
  methods: ['PATCH'],
  path: '/worlds/{world}/applications/{application}',
  from: ['path', 'json'],
  summary: {
    en: 'Change a draft or rejected application',
    zh: '修改草稿或被驳回的模板申请',
  },
  input: z.strictObject({ ...applicationFields, ...contentFields }),
  answer: applicationShape,
  refusals: [409],
  example: { input: { application: '{application}', title: '面试安排通知' }, after: [drafted] },
  handle(call) {
    const { db, input } = call
    const chosen = chooseApplication(call)
    if (isRefusal(chosen)) return chosen
    const { row } = chosen
    const { title = row.title, content = row.content, example = row.example } = input
    const change = { title, content, example }
    const isOpen = row.state === 'draft' || row.state === 'rejected'
    if (isOpen && updateApplicationRow(db, row, change))
      return applicationResponse({ ...row, ...change })
    return wrongState(row, 'draft another one')
  },
})

const reason_length_max = 500

/** It waits for a hand. */
const submitted: readonly EarlierCall[] = [
  { call: 'official_account.update', input: { appid: '{acme.appid}', review: 'manual' } },
  drafted,
  { call: 'application.submit', input: { application: '{application}' } },
]

/** What all calls have in common that lead an application to its decision. */
const decision = {
  methods: ['POST'],
  from: ['path', 'json'],
  answer: applicationShape,
  refusals: [409],
} as const

export const submitApplication = endpoint({
  ...decision,
  id: 'application.submit',
  path: '/worlds/{world}/applications/{application}/submit',
  summary: {
    en: 'Submit an application; the review setting of the official account says how long WeChat takes',
    zh: '提交模板申请；微信审核多久由公众号的 review 决定',
  },
  input: z.strictObject(applicationFields),
  example: { input: { application: '{application}' }, after: [drafted] },
  handle(call) {
    const chosen = chooseApplication(call)
    if (isRefusal(chosen)) return chosen
    const { row, official } = chosen
    const submitted = handInApplication(call, official, row)
    if (typeof submitted !== 'string') return applicationResponse(submitted)
    return submitted === 'submitted'
      ? wrongState(row, 'wait for the decision, or draft another one')
      : problem('conflict', { field: 'application', ...obstacles[submitted] })
  },
})

export const approveApplication = endpoint({
  ...decision,
  id: 'application.approve',
  path: '/worlds/{world}/applications/{application}/approve',
  summary: {
    en: 'Approve a pending application as WeChat: its template can be used immediately',
    zh: '让微信立即通过审核中的申请：其模板马上可以发送',
  },
  input: z.strictObject(applicationFields),
  example: { input: { application: '{application}' }, after: submitted },
  handle(call) {
    const chosen = chooseApplication(call)
    if (isRefusal(chosen)) return chosen
    const { row } = chosen
    if (row.state !== 'pending') return notPending(row)
    if (isFull(call, row.appid))
      return problem('conflict', { field: 'application', ...obstacles.templates_full })
    const approved = approve(call, row)
    return approved ? applicationResponse(approved) : notPending(row)
  },
})

export const rejectApplication = endpoint({
  ...decision,
  id: 'application.reject',
  path: '/worlds/{world}/applications/{application}/reject',
  summary: {
    en: 'Reject a pending application as WeChat; it can be changed and submitted again',
    zh: '让微信立即驳回审核中的申请；可以修改后再次提交',
  },
  input: z.strictObject({
    ...applicationFields,
    reason: cleanText
      .min(1)
      .max(reason_length_max)
      .meta(words('As WeChat reports it.', '微信给出的理由。')),
  }),
  example: {
    input: { application: '{application}', reason: '模板标题须以通知或提醒结尾' },
    after: submitted,
  },
  handle(call) {
    const chosen = chooseApplication(call)
    if (isRefusal(chosen)) return chosen
    const rejected = reject(call, chosen.row, call.input.reason)
    return rejected ? applicationResponse(rejected) : notPending(chosen.row)
  },
})

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
  answer: z.object({ items: z.array(applicationShape) }),
  example: { input: { appid: '{acme.appid}' }, after: [drafted] },
  handle(call) {
    const official = chooseOfficial(call, call.input.appid)
    if (isRefusal(official)) return official
    const rows = seeApplications(call, official.appid)
    return { items: rows.map(applicationResponse) }
  },
})

export const getApplication = endpoint({
  id: 'application.get',
  methods: ['GET'],
  path: '/worlds/{world}/applications/{application}',
  from: ['path'],
  summary: { en: 'One application for a template', zh: '一份模板申请' },
  input: z.strictObject(applicationFields),
  answer: applicationShape,
  example: { input: { application: '{application}' }, after: [drafted] },
  handle(call) {
    const chosen = chooseApplication(call)
    return isRefusal(chosen) ? chosen : applicationResponse(seeApplication(call, chosen.row))
  },
})
