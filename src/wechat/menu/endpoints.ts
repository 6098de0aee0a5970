import { z } from 'zod'
import { deleteMenu as deleteMenuRow } from '../../../db/menu.ts'
import { endpoint, ok, okShape, refuse } from '../endpoint.ts'
import {
  type Button,
  type ButtonField,
  type ButtonType,
  button_fields,
  menu_refusals,
} from './button.ts'
import { menuOf, replaceMenu, shownButtons } from './menu.ts'

const types = Object.keys(button_fields) as ButtonType[]

/** What a leaf has besides its name and type. */
const fields = {
  key: z.string().optional(),
  url: z.string().optional(),
  appid: z.string().optional(),
  pagepath: z.string().optional(),
  media_id: z.string().optional(),
  article_id: z.string().optional(),
} satisfies Record<ButtonField, z.ZodType>

const type = z.enum(types).optional()
const name = z.string()
/** A button as it is sent. */
const sent = z.object({ type, name, ...fields })

/** The buttons of a menu as they are sent. */
const sentShape = z
  .array(sent.extend({ sub_button: z.array(sent).max(5).optional() }))
  .min(1)
  .max(3)

const leaf = z.object({ type, name, ...fields, sub_button: z.array(z.never()) })
/** The buttons of a menu as `menu/get` answers them: `sub_button` is always there. */
const menuShape = z.array(leaf.extend({ sub_button: z.array(leaf) }))
const bare = z.object({ type, name, ...fields })

/** The same as `get_current_selfmenu_info` answers them: only parents have `sub_button`, with a list in it. */
const nestedShape = z.array(
  bare.extend({ sub_button: z.object({ list: z.array(bare) }).optional() }),
)

/** An escape of JSON that spells a character by its number; a backslash that is itself escaped begins none. */
const numeric_escape = /(?<!\\)(?:\\\\)*\\u/

/** Gives the account a menu, in place of the one that it had. */
export const createMenu = endpoint({
  id: 'menu.create',
  methods: ['POST'],
  path: '/cgi-bin/menu/create',
  from: ['json'],
  summary: { en: 'Make the menu', zh: '创建菜单' },
  source: {
    en: 'developers.weixin.qq.com: createCustomMenu; order of checks and codes from field reports',
    zh: 'developers.weixin.qq.com: createCustomMenu；检查顺序和错误码来自使用者的报告',
  },
  credential: 'access_token',
  permission: 'menu',
  input: z.object({}),
  later: z.object({ button: sentShape }),
  answer: okShape,
  refusals: [40033, ...menu_refusals],
  example: {
    input: {
      button: [
        { type: 'view', name: '入职登记', url: 'https://hr.example.com/register' },
        { name: '更多', sub_button: [{ type: 'click', name: '联系我们', key: 'contact' }] },
      ],
    },
  },
  handle(call) {
    // Text must be sent as it is: menus with escaped Chinese were refused (field reports).
    if (numeric_escape.test(call.request.body.toString('latin1'))) {
      return refuse(40033, { rule: 'menu.unescaped', expected: 'UTF-8 without \\uXXXX' })
    }
    return replaceMenu(call, call.fields) ?? ok
  },
})

/** The account's menu as `menu/create` made it. */
export const getMenu = endpoint({
  id: 'menu.get',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/menu/get',
  from: ['query'],
  summary: { en: 'The menu', zh: '查询菜单' },
  source: 'developers.weixin.qq.com: getMenu',
  credential: 'access_token',
  permission: 'menu',
  input: z.object({}),
  answer: z.object({ menu: z.object({ button: menuShape }) }),
  refusals: [46003],
  example: { input: {} },
  handle(call) {
    const buttons = menuOf(call, call.caller.account.appid)
    if (!buttons) {
      return refuse(46003, { rule: 'menu.there', actual: null, expected: 'a menu of this account' })
    }
    call.steps.push('menu.there')
    return { menu: { button: shownButtons(call, buttons) } }
  },
})

/** Takes the menu away; an account without one is content too. */
export const deleteMenu = endpoint({
  id: 'menu.delete',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/menu/delete',
  from: ['query'],
  summary: { en: 'Take the menu away', zh: '删除菜单' },
  source: 'developers.weixin.qq.com: deleteMenu',
  credential: 'access_token',
  permission: 'menu',
  input: z.object({}),
  answer: okShape,
  example: { input: {} },
  handle({ db, world, caller }) {
    deleteMenuRow(db, world.epoch, caller.account.appid)
    return ok
  },
})

/** The menu once more, in the shape that menus made in WeChat's console have too. */
export const getSelfmenu = endpoint({
  id: 'selfmenu.get',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/get_current_selfmenu_info',
  from: ['query'],
  summary: { en: 'The menu and whether there is one', zh: '查询菜单以及是否有菜单' },
  source: 'developers.weixin.qq.com: getCurrentSelfmenuInfo',
  credential: 'access_token',
  permission: 'menu',
  input: z.object({}),
  answer: z.object({
    is_menu_open: z.int(),
    selfmenu_info: z.object({ button: nestedShape }).optional(),
  }),
  example: { input: {} },
  handle(call) {
    const buttons = menuOf(call, call.caller.account.appid)
    if (!buttons) return { is_menu_open: 0 }
    const button = shownButtons(call, buttons).map(nested)
    return { is_menu_open: 1, selfmenu_info: { button } }
  },
})

function nested({ sub_button, ...own }: Button): Record<string, unknown> {
  return sub_button.length === 0 ? own : { ...own, sub_button: { list: sub_button.map(nested) } }
}
