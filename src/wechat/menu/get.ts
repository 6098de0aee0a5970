import { z } from 'zod'
import { deleteMenu as deleteMenuRow } from '../../../db/menu.ts'
import { endpoint, ok, refuse } from '../endpoint.ts'
import type { Button } from './button.ts'
import { menuOf, shownButtons } from './menu.ts'
import { nestedShape, shownShape } from './shape.ts'

/** The account's menu as `menu/create` made it. */
export const getMenu = endpoint({
  id: 'menu.get',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/menu/get',
  from: ['query'],
  summary: { en: 'The menu', zh: '查询菜单' },
  source: 'developers.weixin.qq.com: getMenu',
  fidelity: 'documented',
  credential: 'access_token',
  permission: 'menu',
  input: z.object({}),
  answer: z.object({ menu: z.object({ button: shownShape }) }),
  refusals: [46003],
  example: { input: {} },
  async handle(call) {
    const buttons = await menuOf(call, call.caller.account.appid)
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
  fidelity: 'documented',
  credential: 'access_token',
  permission: 'menu',
  input: z.object({}),
  answer: z.object({ errcode: z.literal(0), errmsg: z.literal('ok') }),
  example: { input: {} },
  async handle({ db, world, caller }) {
    await deleteMenuRow(db, world.epoch, caller.account.appid)
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
  fidelity: 'documented',
  credential: 'access_token',
  permission: 'menu',
  input: z.object({}),
  answer: z.object({
    is_menu_open: z.int(),
    selfmenu_info: z.object({ button: nestedShape }).optional(),
  }),
  example: { input: {} },
  async handle(call) {
    const buttons = await menuOf(call, call.caller.account.appid)
    if (!buttons) return { is_menu_open: 0 }
    const button = shownButtons(call, buttons).map(nested)
    return { is_menu_open: 1, selfmenu_info: { button } }
  },
})

function nested({ sub_button, ...own }: Button): Record<string, unknown> {
  return sub_button.length === 0 ? own : { ...own, sub_button: { list: sub_button.map(nested) } }
}
