import { z } from 'zod'
import type { FollowerRow, OfficialAccountRow, SceneCodeRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { endpoint } from '../core/control-endpoint.ts'
import type { EarlierCall, Outcome } from '../core/endpoint.ts'
import { type Localized, words } from '../core/field.ts'
import { problem } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { isCleanText } from '../core/request.ts'
import { noteInteraction } from '../wechat/custom/interaction.ts'
import { type FollowerState, followByCode, isFollowed, putFollower } from '../wechat/follower.ts'
import { allow, hasConsent, takeBack } from '../wechat/oauth/consent.ts'
import { permanentCode } from '../wechat/qrcode/code.ts'
import { choose, refuseStranger } from './choose.ts'
import { pushFollow, pushUnfollow } from './event.ts'
import { relation, where } from './field.ts'

interface Verb<V extends string = string> {
  readonly verb: V
  readonly summary: Localized
  /** Whose good call it is: Li's, who follows, unless told; and what comes before it. */
  readonly person?: string
  readonly after?: EarlierCall
  /** What each state becomes; a state that is left out is told to follow first. */
  readonly to: Partial<Readonly<Record<FollowerState, FollowerState>>>
}

const follow: Verb<'follow'> = {
  verb: 'follow',
  summary: { en: 'The person follows the official account', zh: '此人关注公众号' },
  person: 'han',
  to: all('following'),
}

const others: readonly Verb<'unfollow' | 'block' | 'unblock' | 'mute' | 'unmute'>[] = [
  {
    verb: 'unfollow',
    summary: { en: 'The person unfollows the official account', zh: '此人取消关注' },
    to: all('unfollowed'),
  },
  {
    verb: 'block',
    summary: {
      en: "The person blocks the account's messages: sends are accepted and fail later",
      zh: '此人屏蔽它的消息：发送会被受理，随后失败',
    },
    to: { following: 'blocking', blocking: 'blocking', muted: 'blocking' },
  },
  {
    verb: 'unblock',
    summary: { en: "The person unblocks the account's messages", zh: '此人解除屏蔽' },
    after: { call: 'phone.block', input: { person: 'li', account: 'acme' } },
    to: { following: 'following', blocking: 'following', muted: 'muted' },
  },
  {
    verb: 'mute',
    summary: {
      en: "The person turns off the account's notifications: sends are refused",
      zh: '此人关闭它的消息通知：发送会被拒绝',
    },
    to: { following: 'muted', blocking: 'muted', muted: 'muted' },
  },
  {
    verb: 'unmute',
    summary: {
      en: "The person turns the account's notifications on again",
      zh: '此人重新打开消息通知',
    },
    after: { call: 'phone.mute', input: { person: 'li', account: 'acme' } },
    to: { following: 'following', blocking: 'blocking', muted: 'following' },
  },
]

function all(state: FollowerState): Record<FollowerState, FollowerState> {
  return { never: state, following: state, unfollowed: state, blocking: state, muted: state }
}

/** Ways to come to follow → WeChat's words for them. Source: user/info's subscribe_scene. */
const scenes = {
  search: 'ADD_SCENE_SEARCH',
  qr_code: 'ADD_SCENE_QR_CODE',
  profile_card: 'ADD_SCENE_PROFILE_CARD',
  profile_link: 'ADD_SCENE_PROFILE_LINK',
  profile_item: 'ADD_SCENE_PROFILE_ITEM',
  paid: 'ADD_SCENE_PAID',
  advertisement: 'ADD_SCENE_WECHAT_ADVERTISEMENT',
  reprint: 'ADD_SCENE_REPRINT',
  livestream: 'ADD_SCENE_LIVESTREAM',
  channels: 'ADD_SCENE_CHANNELS',
  mini_program: 'ADD_SCENE_WXA',
  migration: 'ADD_SCENE_ACCOUNT_MIGRATION',
  others: 'ADD_SCENE_OTHERS',
} as const

type Way = keyof typeof scenes

const ways = Object.keys(scenes) as [Way, ...Way[]]

const relationInput = z.strictObject(where)

const followInput = relationInput.extend({
  by: z
    .enum(ways)
    .default('search')
    .meta(
      words(
        'How the person found the account, as user.info returns it.',
        '此人是怎么找到它的：user.info 会说明。',
      ),
    ),
  scene: z
    .string()
    .min(1)
    .max(64)
    .refine(isCleanText, 'text without NUL or half a surrogate pair')
    .optional()
    .meta(
      words(
        'Instead of `by`: with the permanent QR code of this scene, which is created if needed.',
        '扫描此场景值的永久二维码而关注，没有则生成；代替 `by`。',
      ),
    ),
})

/** What a person does to an official account, one endpoint a verb. The phone's buttons call the same. */
export const followEndpoints = [
  endpoint({
    ...described(follow),
    input: followInput,
    handle: (call) => change(call, follow.to, call.input),
  }),
  ...others.map((verb) =>
    endpoint({ ...described(verb), input: relationInput, handle: (call) => change(call, verb.to) }),
  ),
]

function described<V extends string>({ verb, summary, person = 'li', after }: Verb<V>) {
  return {
    id: `phone.${verb}`,
    methods: ['POST'],
    path: `/worlds/{world}/people/{person}/${verb}`,
    from: ['path', 'json'],
    summary,
    answer: relation,
    refusals: [409],
    example: { input: { person, account: 'acme' }, ...(after ? { after: [after] } : {}) },
  } as const
}

/** Puts the relation into the state to which the verb leads from where it is. */
function change(
  call: Call<unknown, { person: string; account?: string | undefined }>,
  to: Verb['to'],
  { by = 'search', scene }: { readonly by?: Way; readonly scene?: string | undefined } = {},
): Outcome {
  const chosen = choose(call, call.input)
  if (isRefusal(chosen)) return chosen
  const { person, account, appid, official, follower } = chosen
  const state = to[follower?.state ?? 'never']
  if (state === undefined) return refuseStranger(chosen)
  const at = { person: person.person, appid }
  const code = scene === undefined ? undefined : codeOf(call, official, scene)
  if (isRefusal(code)) return code
  const put = code
    ? followByCode(call, person.person, code)
    : putFollower(call, at, state, { scene: scenes[by] })
  const { openid } = put
  call.concern({ appid, openid })
  const was = isFollowed(follower?.state)
  if (!was && isFollowed(put.state)) {
    noteInteraction(call, put, 'follow')
    const event_key = code ? `qrscene_${code.scene}` : ''
    pushFollow(call, official, put, { event_key, ticket: code?.ticket ?? null })
  }
  if (was && put.state === 'unfollowed') pushUnfollow(call, official, put)
  return { person: person.person, account: account?.key ?? null, appid, openid, state }
}

/** The permanent code of a scene, at an account of our WeChat. */
function codeOf(
  call: Call,
  official: OfficialAccountRow | undefined,
  scene: string,
): SceneCodeRow | Refusal {
  const code = official && permanentCode(call, official, { action: 'QR_LIMIT_STR_SCENE', scene })
  if (code && !isRefusal(code)) return code
  return problem('conflict', {
    field: 'scene',
    reason: code ? code.text : 'the WeChat of the account is elsewhere',
    fix: 'leave it out',
  })
}

const consentShape = relation.extend({ consented: z.boolean() })

/** The person lets an account see nickname and avatar, as on the page that asks. */
export const allowPhone = endpoint({
  id: 'phone.allow',
  methods: ['POST'],
  path: '/worlds/{world}/people/{person}/allow',
  from: ['path', 'json'],
  summary: {
    en: 'The person allows the account to see nickname and avatar: web OAuth no longer asks',
    zh: '此人允许公众号获取昵称和头像：网页授权不再询问',
  },
  input: relationInput,
  answer: consentShape,
  refusals: [409],
  example: { input: { person: 'li', account: 'acme' } },
  handle: (call) => consent(call, allow),
})

/** The person does not, or no longer. */
export const denyPhone = endpoint({
  id: 'phone.deny',
  methods: ['POST'],
  path: '/worlds/{world}/people/{person}/deny',
  from: ['path', 'json'],
  summary: {
    en: 'The person withdraws this consent: web OAuth asks again',
    zh: '此人不允许或收回允许：网页授权会再次询问',
  },
  input: relationInput,
  answer: consentShape,
  refusals: [409],
  example: { input: { person: 'li', account: 'acme' } },
  handle: (call) => consent(call, takeBack),
})

function consent(
  call: Call<unknown, z.output<typeof relationInput>>,
  change: (call: Pick<Call, 'db' | 'world'>, follower: FollowerRow) => FollowerRow,
): Outcome {
  const chosen = choose(call, call.input)
  if (isRefusal(chosen)) return chosen
  const { account, appid } = chosen
  const at = { person: chosen.person.person, appid }
  // Who never followed can be asked too: the relation is made by the asking.
  const follower = change(call, chosen.follower ?? putFollower(call, at, 'never'))
  const { person, openid, state } = follower
  const consented = hasConsent(follower, call.world)
  return { person, account: account?.key ?? null, appid, openid, state, consented }
}
