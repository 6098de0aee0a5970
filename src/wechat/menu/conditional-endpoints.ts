import { z } from 'zod'
import {
  deleteConditionalMenu as deleteConditionalRow,
  listConditionalMenus,
} from '../../../db/menu.ts'
import { findPerson } from '../../../db/person.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { endpoint, ok, okShape, refuse } from '../endpoint.ts'
import { followerOf, isFollowed } from '../follower.ts'
import { type Button, menu_refusals } from './button.ts'
import {
  addConditionalMenu as addMenu,
  menuFor,
  readRule,
  refuseWithoutMenu,
} from './conditional.ts'
import { readButtons, shownButtons } from './menu.ts'
import { menuShape, refuseEscapes, sentShape } from './shape.ts'

/** A menu for some followers alone, as `menu/get` answers it. */
export const conditionalShape = z.object({
  button: menuShape,
  matchrule: z.object({
    group_id: z.int().optional().meta(words('The tag_id that was sent.', '即发送时的 tag_id。')),
    client_platform_type: z.int().optional(),
  }),
  menuid: z.int(),
})

/** All of an account's, the newest first. */
export function conditionalResponse(
  call: Call,
  appid: string,
): z.output<typeof conditionalShape>[] {
  const rows = listConditionalMenus(call.db, { epoch: call.world.epoch, appid })
  return rows.map(({ buttons, menuid, tag_id, client_platform_type }) => ({
    button: shownButtons(call, JSON.parse(buttons) as Button[]) as z.output<typeof menuShape>,
    matchrule: {
      ...(tag_id !== null && { group_id: Number(tag_id) }),
      ...(client_platform_type !== null && { client_platform_type: Number(client_platform_type) }),
    },
    menuid,
  }))
}

/** What must be there first. */
const for_all = {
  call: 'menu.create',
  input: { button: [{ type: 'click', name: '联系我们', key: 'contact' }] },
} as const

/** Gives those followers whom a rule fits a menu of their own. */
export const addConditionalMenu = endpoint({
  id: 'conditional_menu.add',
  methods: ['POST'],
  path: '/cgi-bin/menu/addconditional',
  from: ['json'],
  summary: { en: 'Add a conditional menu for some followers', zh: '创建个性化菜单' },
  source: {
    en: 'developers.weixin.qq.com: addConditionalMenu; the order of its checks is assumed',
    zh: 'developers.weixin.qq.com: addConditionalMenu；检查顺序为推测',
  },
  credential: 'access_token',
  permission: 'conditional menu',
  input: z.object({}),
  later: z.object({
    button: sentShape,
    matchrule: z
      .object({
        tag_id: z.string().optional(),
        client_platform_type: z
          .enum(['1', '2', '3'])
          .optional()
          .meta(words('1: iOS, 2: Android, 3: other.', '1：iOS，2：Android，3：其他。')),
      })
      .meta(words('At least one of the two.', '两者至少有其一。')),
  }),
  answer: z.object({ menuid: z.string() }),
  refusals: [65303, 40033, ...menu_refusals, 65320, 65304, 40035, 65305],
  example: {
    input: {
      button: [{ type: 'view', name: '入职登记', url: 'https://hr.example.com/register' }],
      matchrule: { client_platform_type: '2' },
    },
    after: [for_all],
  },
  handle(call) {
    const { account } = call.caller
    const no = refuseWithoutMenu(call, account.appid) ?? refuseEscapes(call)
    if (no) return no
    const buttons = readButtons(call, call.fields)
    if (isRefusal(buttons)) return buttons
    const rule = readRule(call.fields['matchrule'])
    if (isRefusal(rule)) return rule
    call.steps.push('menu.there', 'matchrule.given')
    const menu = addMenu(call, account, { buttons, rule })
    return isRefusal(menu) ? menu : { menuid: String(menu.menuid) }
  },
})

/** Takes one of them away. */
export const deleteConditionalMenu = endpoint({
  id: 'conditional_menu.delete',
  methods: ['POST'],
  path: '/cgi-bin/menu/delconditional',
  from: ['json'],
  summary: { en: 'Delete a conditional menu', zh: '删除个性化菜单' },
  source: 'developers.weixin.qq.com: deleteConditionalMenu',
  credential: 'access_token',
  permission: 'conditional menu',
  input: z.object({}),
  later: z.object({ menuid: z.string() }),
  answer: okShape,
  refusals: [65301],
  example: {
    input: { menuid: '{menuid}' },
    after: [
      for_all,
      {
        call: 'conditional_menu.add',
        input: {
          button: [{ type: 'click', name: '联系我们', key: 'contact' }],
          matchrule: { client_platform_type: '1' },
        },
        take: { menuid: 'menuid' },
      },
    ],
  },
  handle({ db, world, caller, fields, steps }) {
    // As it was answered, or as menu/get shows it.
    const menuid = /^\d{9}$/.test(String(fields['menuid'])) ? Number(fields['menuid']) : 0
    const at = { epoch: world.epoch, appid: caller.account.appid, menuid }
    if (!deleteConditionalRow(db, at)) {
      const expected = 'the menuid of a conditional menu of this account'
      const actual = fields['menuid'] ?? null
      return refuse(65301, { rule: 'menu.conditional', actual, expected })
    }
    steps.push('menu.conditional')
    return ok
  },
})

/** Which menu a follower sees. */
export const matchMenu = endpoint({
  id: 'menu.match',
  methods: ['POST'],
  path: '/cgi-bin/menu/trymatch',
  from: ['json'],
  summary: { en: 'The menu that a follower sees', zh: '测试个性化菜单匹配结果' },
  source: {
    en: 'developers.weixin.qq.com: tryMatchMenu; SDKs read the buttons at either place',
    zh: 'developers.weixin.qq.com: tryMatchMenu；各 SDK 从两处之一读取按钮',
  },
  credential: 'access_token',
  permission: 'conditional menu',
  input: z.object({}),
  later: z.object({
    user_id: z.string().meta(words('An openid of this account.', '本公众号的一个 openid。')),
  }),
  answer: z.object({ button: menuShape, menu: z.object({ button: menuShape }) }),
  refusals: [65302, 65315, 46003],
  example: { input: { user_id: '{li.openid}' } },
  handle(call) {
    const { db, world, caller, fields } = call
    const { appid } = caller.account
    const openid = typeof fields['user_id'] === 'string' ? fields['user_id'] : ''
    call.concern({ appid, openid })
    const follower = isCleanText(openid) ? followerOf(call, caller.account, openid) : undefined
    if (!follower || isRefusal(follower)) {
      const expected = 'an openid of this official account'
      const actual = fields['user_id'] ?? null
      return refuse(65302, { rule: 'follower.known', actual, expected })
    }
    const { state } = follower
    if (!isFollowed(state))
      return refuse(65315, { rule: 'follower.following', actual: state, expected: 'following' })
    const person = findPerson(db, world.epoch, follower.person)
    const buttons = person && menuFor(call, appid, { person, follower })
    if (!buttons)
      return refuse(46003, { rule: 'menu.there', actual: null, expected: 'a menu of this account' })
    call.steps.push('follower.known', 'follower.following', 'menu.there')
    const button = shownButtons(call, buttons)
    return { button, menu: { button } }
  },
})
