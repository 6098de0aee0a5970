import { z } from 'zod'
import { endpoint } from '../../core/control-endpoint.ts'
import type { EarlierCall } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import {
  approve,
  handInApplication,
  type Obstacle,
  reject,
} from '../../wechat/application/application.ts'
import { isFull, templates_max } from '../../wechat/template/template.ts'
import { cleanText } from '../field.ts'
import {
  chooseApplication,
  drafted,
  showApplication,
  shownApplication,
  whichApplication,
  wrongState,
} from './show.ts'

const reason_length_max = 500

/** It waits for a hand. */
const submitted: readonly EarlierCall[] = [
  { call: 'official_account.update', input: { appid: '{acme.appid}', review: 'manual' } },
  drafted,
  { call: 'application.submit', input: { application: '{application}' } },
]

export const submitApplication = endpoint({
  id: 'application.submit',
  methods: ['POST'],
  path: '/worlds/{world}/applications/{application}/submit',
  from: ['path', 'json'],
  summary: {
    en: 'Hand an application in; how long WeChat takes says the review of the official account',
    zh: '提交模板申请；微信审核多久由公众号的 review 决定',
  },
  input: z.strictObject(whichApplication),
  answer: shownApplication,
  refusals: [409],
  example: { input: { application: '{application}' }, after: [drafted] },
  async handle(call) {
    const chosen = await chooseApplication(call)
    if (isRefusal(chosen)) return chosen
    const { row, official } = chosen
    const submitted = await handInApplication(call, official, row)
    if (typeof submitted !== 'string') return showApplication(submitted)
    return submitted === 'submitted'
      ? wrongState(row, 'wait for the decision, or draft another one')
      : problem('conflict', { field: 'application', ...obstacles[submitted] })
  },
})

const obstacles: Readonly<
  Record<Exclude<Obstacle, 'submitted'>, { readonly reason: string; readonly fix: string }>
> = {
  not_entitled: {
    reason: 'WeChat takes applications of verified service accounts only',
    fix: 'call official_account.update with kind service and verified true',
  },
  industries_missing: {
    reason: 'WeChat takes applications of accounts with both industries only',
    fix: 'call industry.set first',
  },
  templates_full: {
    reason: `the account has ${templates_max} templates, as many as it may`,
    fix: 'delete one by /cgi-bin/template/del_private_template',
  },
}

export const approveApplication = endpoint({
  id: 'application.approve',
  methods: ['POST'],
  path: '/worlds/{world}/applications/{application}/approve',
  from: ['path', 'json'],
  summary: {
    en: 'Let WeChat approve a pending application now: its template can be sent at once',
    zh: '让微信立即通过审核中的申请：其模板马上可以发送',
  },
  input: z.strictObject(whichApplication),
  answer: shownApplication,
  refusals: [409],
  example: { input: { application: '{application}' }, after: submitted },
  async handle(call) {
    const chosen = await chooseApplication(call)
    if (isRefusal(chosen)) return chosen
    const { row } = chosen
    if (row.state !== 'pending') return notPending(row)
    if (await isFull(call, row.appid))
      return problem('conflict', { field: 'application', ...obstacles.templates_full })
    const approved = await approve(call, row)
    return approved ? showApplication(approved) : notPending(row)
  },
})

export const rejectApplication = endpoint({
  id: 'application.reject',
  methods: ['POST'],
  path: '/worlds/{world}/applications/{application}/reject',
  from: ['path', 'json'],
  summary: {
    en: 'Let WeChat reject a pending application now; it can be changed and handed in again',
    zh: '让微信立即驳回审核中的申请；可以修改后再次提交',
  },
  input: z.strictObject({
    ...whichApplication,
    reason: cleanText
      .min(1)
      .max(reason_length_max)
      .meta(words('As WeChat tells it.', '微信给出的理由。')),
  }),
  answer: shownApplication,
  refusals: [409],
  example: {
    input: { application: '{application}', reason: '模板标题须以通知或提醒结尾' },
    after: submitted,
  },
  async handle(call) {
    const chosen = await chooseApplication(call)
    if (isRefusal(chosen)) return chosen
    const rejected = await reject(call, chosen.row, call.input.reason)
    return rejected ? showApplication(rejected) : notPending(chosen.row)
  },
})

function notPending(row: Parameters<typeof wrongState>[0]): Refusal {
  return wrongState(row, 'hand it in first')
}
