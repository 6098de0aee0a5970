import { z } from 'zod'
import type { Call } from '../../core/call.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { endpoint, ok, refuse, type WechatCaller } from '../endpoint.ts'
import { menu_refusals, readMenu } from './check.ts'
import { putMenu, storedButtons } from './menu.ts'
import { sentButtons } from './shape.ts'

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
  fidelity: 'documented',
  credential: 'access_token',
  permission: 'menu',
  input: z.object({}),
  later: z.object({ button: sentButtons }),
  answer: z.object({ errcode: z.literal(0), errmsg: z.literal('ok') }),
  refusals: [40033, ...menu_refusals],
  example: {
    input: {
      button: [
        { type: 'view', name: '入职登记', url: 'https://hr.example.com/register' },
        { name: '更多', sub_button: [{ type: 'click', name: '联系我们', key: 'contact' }] },
      ],
    },
  },
  async handle(call) {
    // Text must be sent as it is: menus with escaped Chinese were refused (field reports).
    if (numeric_escape.test(call.request.body.toString('latin1'))) {
      return refuse(40033, { rule: 'menu.unescaped', expected: 'UTF-8 without \\uXXXX' })
    }
    return (await replaceMenu(call, call.fields)) ?? ok
  },
})

/** Gives the caller's account the menu that the fields describe. Undefined: it has it. */
export async function replaceMenu(
  call: Call<WechatCaller, unknown>,
  fields: Call['fields'],
): Promise<Refusal | undefined> {
  const buttons = readMenu(fields)
  if (isRefusal(buttons)) return buttons
  call.steps.push('menu.buttons')
  await putMenu(call, call.caller.account.appid, storedButtons(call, buttons))
  return undefined
}
