import { z } from 'zod'
import { control_source, endpoint, problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { type Obstacle, submitApplication } from '../../wechat/application/application.ts'
import { approve, reject } from '../../wechat/application/decide.ts'
import { isFull, templates_max } from '../../wechat/template.ts'
import { cleanText } from '../field.ts'
import {
  chooseApplication,
  exampleApplication,
  exampleWhich,
  showApplication,
  shownApplication,
  whichApplication,
  wrongState,
} from './show.ts'

const reason_length_max = 500

const exampleApproved = {
  ...exampleApplication,
  state: 'approved',
  due_at: null,
  decided_at: exampleApplication.submitted_at,
  template_id: 'mN4kQ2vXw7_aB0cD1eF2gH3iJ4kL5mN6oP7qR8sT9uV',
}

export const handInApplication = endpoint({
  id: 'application.submit',
  methods: ['POST'],
  path: '/worlds/{world}/applications/{application}/submit',
  from: ['path', 'json'],
  summary: 'Hand an application in; how long WeChat takes says the review of the official account',
  source: control_source,
  fidelity: 'documented',
  input: z.strictObject(whichApplication),
  answer: shownApplication,
  refusals: [404, 409, 422],
  example: { input: exampleWhich, answer: exampleApplication },
  async handle(call) {
    const chosen = await chooseApplication(call)
    if (isRefusal(chosen)) return chosen
    const { row, official } = chosen
    const submitted = await submitApplication(call, official, row)
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
  summary: 'Let WeChat approve a pending application now: its template can be sent at once',
  source: control_source,
  fidelity: 'documented',
  input: z.strictObject(whichApplication),
  answer: shownApplication,
  refusals: [404, 409, 422],
  example: { input: exampleWhich, answer: exampleApproved },
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
  summary: 'Let WeChat reject a pending application now; it can be changed and handed in again',
  source: control_source,
  fidelity: 'documented',
  input: z.strictObject({
    ...whichApplication,
    reason: cleanText.min(1).max(reason_length_max).describe('As WeChat tells it.'),
  }),
  answer: shownApplication,
  refusals: [404, 409, 422],
  example: {
    input: { ...exampleWhich, reason: '模板标题须以通知或提醒结尾' },
    answer: {
      ...exampleApproved,
      state: 'rejected',
      reason: '模板标题须以通知或提醒结尾',
      template_id: null,
    },
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
