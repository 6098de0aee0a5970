import { z } from 'zod'
import type { SubscriptionRow } from '../../db/schema.ts'
import { listSubscriptions, listSubscriptionTemplates } from '../../db/subscription.ts'
import { endpoint } from '../core/control-endpoint.ts'
import { words } from '../core/field.ts'
import { useOneOf } from '../core/nearest.ts'
import { unknownName } from '../core/problem.ts'
import { isRefusal } from '../core/refusal.ts'
import { putFollower } from '../wechat/follower.ts'
import { answerSubscription } from '../wechat/subscription/consent.ts'
import { pushAnswer, pushChange } from '../wechat/subscription/event.ts'
import { fixed_title, fixedTemplateId } from '../wechat/subscription/template.ts'
import { toIso } from '../world/clock.ts'
import type { Scope } from '../world/world.ts'
import { type Chosen, choose } from './choose.ts'
import { accountKey, relation, where } from './field.ts'

const answerField = z.enum(['accept', 'reject'])
const sendsLeft = z
  .int()
  .nullable()
  .meta(words('Null: no limit, until it is withdrawn.', 'null：不限次数，直到收回。'))

/** What a person can be asked for by an account, and what the answer was. */
export const subscriptionShape = z.object({
  template_id: z.string(),
  title: z.string(),
  kind: z
    .enum(['once', 'long_term', 'under_scene'])
    .meta(
      words(
        'once: each consent permits one send, and consents add up. under_scene: one-time subscription, with the template that every account has.',
        'once：每次同意可发一条，可累积。under_scene：一次性订阅消息，每个公众号固定的模板。',
      ),
    ),
  content: z.string(),
  example: z.string(),
  answers: z
    .array(
      z.object({
        scene: z.int().nullable(),
        answer: answerField,
        sends_left: sendsLeft,
        answered_at: z.string(),
      }),
    )
    .meta(words('For under_scene, one for each scene.', 'under_scene 按场景各一项。')),
})
export type Subscription = z.output<typeof subscriptionShape>

/** More answers than these are not looked at; an account's templates are fewer. */
const answers_max = 500

/** Everything that an account can ask a person for; the template that every account has comes first. */
export function listAskable(scope: Scope, { appid, follower }: Chosen): Subscription[] {
  const { db, world } = scope
  const { epoch } = world
  const at = { epoch, openid: follower?.openid ?? '', limit: answers_max }
  const rows = follower ? listSubscriptions(db, at) : []
  const answersTo = (template_id: string) =>
    rows.filter((row) => row.template_id === template_id).map(answerResponse)
  const fixed = fixedTemplateId(scope, appid)
  return [
    {
      template_id: fixed,
      title: fixed_title,
      kind: 'under_scene',
      content: '{{content.DATA}}',
      example: '',
      answers: answersTo(fixed),
    },
    ...listSubscriptionTemplates(db, { epoch, appid }).map((row) => {
      const { template_id, title, kind, content, example } = row
      return { template_id, title, kind, content, example, answers: answersTo(template_id) }
    }),
  ]
}

function answerResponse({ scene, answer, sends_left, answered_at }: SubscriptionRow) {
  const at = toIso(answered_at)
  return { scene: scene === '' ? null : Number(scene), answer, sends_left, answered_at: at }
}

/** What an account can ask a person for. */
export const phoneSubscriptions = endpoint({
  id: 'phone.subscriptions',
  methods: ['GET'],
  path: '/worlds/{world}/people/{person}/subscriptions',
  from: ['path', 'query'],
  summary: {
    en: "The templates that an account can request the person's permission for, and the answers",
    zh: '公众号可向此人请求订阅的模板，以及此人的回答',
  },
  input: z.strictObject(where),
  answer: z.object({
    person: z.string(),
    account: accountKey,
    appid: z.string(),
    subscriptions: z.array(subscriptionShape),
  }),
  refusals: [409],
  example: { input: { person: 'li', account: 'acme' } },
  handle(call) {
    const chosen = choose(call, call.input)
    if (isRefusal(chosen)) return chosen
    const { person, account, appid } = chosen
    const subscriptions = listAskable(call, chosen)
    return { person: person.person, account: account?.key ?? null, appid, subscriptions }
  },
})

/** The person answers the sheet that asks for notifications by a template. */
export const subscribePhone = endpoint({
  id: 'phone.subscribe',
  methods: ['POST'],
  path: '/worlds/{world}/people/{person}/subscribe',
  from: ['path', 'json'],
  summary: {
    en: 'The person allows or refuses a subscription notification of the account',
    zh: '此人同意或拒绝公众号按某模板发送订阅通知',
  },
  input: z.strictObject({
    ...where,
    template_id: z
      .string()
      .meta(words('As listed by phone.subscriptions.', '见 phone.subscriptions。')),
    accept: z.boolean(),
    by: z
      .enum(['sheet', 'settings'])
      .optional()
      .meta(
        words(
          'sheet (default): the account asks. settings: the person turns it on or off in the settings, which does not permit another send; only turning it off is pushed.',
          'sheet（默认）：公众号弹出的请求。settings：此人在设置里自行开关，不会增加一次性订阅的次数；其中只有关闭会推送事件。',
        ),
      ),
    scene: z
      .int()
      .min(0)
      .max(10_000)
      .optional()
      .meta(
        words(
          'For one-time subscription only. Default: 0.',
          '一次性订阅消息的场景值，不填为 0；其他模板不看。',
        ),
      ),
  }),
  answer: relation.extend({ template_id: z.string(), answer: answerField, sends_left: sendsLeft }),
  refusals: [409],
  example: {
    input: { person: 'li', account: 'acme', template_id: '{template_id}', accept: true },
    after: [
      {
        call: 'subscription_template.add',
        input: { tid: '1101', kidList: [1, 2, 3] },
        take: { template_id: 'priTmplId' },
      },
    ],
  },
  handle(call) {
    const chosen = choose(call, call.input)
    if (isRefusal(chosen)) return chosen
    const { template_id, accept, by = 'sheet', scene = 0 } = call.input
    const { account, appid } = chosen
    const all = listAskable(call, chosen)
    const wanted = all.find((one) => one.template_id === template_id)
    if (!wanted) {
      const reason = `${account?.key ?? appid} has no such template of subscription notifications`
      const fix = useOneOf(
        template_id,
        all.map((one) => one.template_id),
      )
      return unknownName(call, { field: 'template_id', reason, fix })
    }
    const at = { person: chosen.person.person, appid }
    // Who never followed can be asked too: the relation is made by the asking.
    const follower = chosen.follower ?? putFollower(call, at, 'never')
    const { person, openid, state } = follower
    call.concern({ appid, openid })
    const asked = {
      template_id,
      kind: wanted.kind,
      by,
      scene: wanted.kind === 'under_scene' ? String(scene) : '',
    }
    const { answer, sends_left } = answerSubscription(call, follower, asked, accept)
    const { official } = chosen
    if (official && wanted.kind !== 'under_scene') {
      if (by === 'sheet') pushAnswer(call, official, { openid, template_id, answer })
      else if (!accept) pushChange(call, official, { openid, template_id })
    }
    const of = { person, account: account?.key ?? null, appid, openid, state }
    return { ...of, template_id, answer, sends_left }
  },
})
