import { z } from 'zod'
import { deleteMenu as deleteMenuRow } from '../../../db/menu.ts'
import { endpoint, ok, okShape, refuse } from '../endpoint.ts'
import { menu_refusals } from './button.ts'
import { menuidOf } from './conditional.ts'
import { conditionalResponse, conditionalShape } from './conditional-endpoints.ts'
import { apiMenuOf, menuOf, nestedButton, replaceMenu, shownButtons } from './menu.ts'
import { menuShape, nestedShape, refuseEscapes, sentShape } from './shape.ts'

/** Gives the account a menu, in place of the one that it had. */
export const createMenu = endpoint({
  id: 'menu.create',
  methods: ['POST'],
  path: '/cgi-bin/menu/create',
  from: ['json'],
  summary: { en: 'Create the menu', zh: '创建菜单' },
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
    return refuseEscapes(call) ?? replaceMenu(call, call.fields) ?? ok
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
  answer: z.object({
    menu: z.object({ button: menuShape, menuid: z.int().optional() }),
    conditionalmenu: z.array(conditionalShape).optional(),
  }),
  refusals: [46003],
  example: { input: {} },
  handle(call) {
    const { appid } = call.caller.account
    const buttons = apiMenuOf(call, appid)
    if (!buttons) {
      return refuse(46003, { rule: 'menu.there', actual: null, expected: 'a menu of this account' })
    }
    call.steps.push('menu.there')
    const button = shownButtons(call, buttons)
    const conditionalmenu = conditionalResponse(call, appid)
    if (conditionalmenu.length === 0) return { menu: { button } }
    return { menu: { button, menuid: menuidOf(call.world, appid, 0) }, conditionalmenu }
  },
})

/** Takes the menu away, with those for some followers alone; an account without one is content too. */
export const deleteMenu = endpoint({
  id: 'menu.delete',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/menu/delete',
  from: ['query'],
  summary: { en: 'Delete the menu', zh: '删除菜单' },
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
  summary: { en: 'The menu, and whether it is enabled', zh: '查询菜单以及是否有菜单' },
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
    const button = shownButtons(call, buttons).map(nestedButton)
    return { is_menu_open: 1, selfmenu_info: { button } }
  },
})
