import { z } from 'zod'
import type { Call } from '../core/call.ts'
import { endpoint } from '../core/control-endpoint.ts'
import { words } from '../core/field.ts'
import { problem } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { isFollowed } from '../wechat/follower.ts'
import type { Button } from '../wechat/menu/button.ts'
import { menuOf, shownButtons } from '../wechat/menu/menu.ts'
import { type Chosen, choose, refuseStranger } from './choose.ts'
import { accountKey, where } from './field.ts'
import { linkFor } from './link.ts'
import { eventOf, listButtons, need, needOf, type Placed } from './menu.ts'

/** What became of a tap. */
export const tapped = z.object({
  person: z.string(),
  account: accountKey,
  appid: z.string(),
  button: z.string(),
  position: z.string(),
  type: z
    .string()
    .nullable()
    .meta(words('Null: it only opens the buttons below it.', 'null：只用来展开子按钮。')),
  url: z
    .string()
    .nullable()
    .meta(
      words('The page that it opens, as this person sees it.', '打开的页面，即此人所见的地址。'),
    ),
  pushed: z
    .object({ event: z.string(), event_key: z.string() })
    .nullable()
    .meta(words('The event that WeChat has for the account.', '微信要推送给公众号的事件。')),
  needs: need
    .nullable()
    .meta(
      words(
        'What a real phone would ask for, and this one has not.',
        '真手机会要求、而这里没有的东西。',
      ),
    ),
  buttons: z.array(z.object({ position: z.string(), name: z.string() })),
})
export type Tapped = z.output<typeof tapped>

/** A tap on a button of an account's menu: what it opens, or what WeChat tells the account. */
export const tapPhone = endpoint({
  id: 'phone.tap',
  methods: ['POST'],
  path: '/worlds/{world}/people/{person}/tap',
  from: ['path', 'json'],
  summary: { en: "The person taps a button of the account's menu", zh: '此人点公众号菜单上的按钮' },
  input: z.strictObject({
    ...where,
    button: z
      .string()
      .meta(
        words(
          'Its name, or its position: "0", below it "0.1".',
          '按钮的名称或位置："0"，其下为 "0.1"。',
        ),
      ),
  }),
  answer: tapped,
  refusals: [409],
  example: { input: { person: 'li', account: 'acme', button: '入职登记' } },
  async handle(call) {
    const chosen = await choose(call, call.input)
    if (isRefusal(chosen)) return chosen
    if (!isFollowed(chosen.follower?.state)) return refuseStranger(chosen)
    const placed = await findButton(call, chosen, call.input.button)
    return isRefusal(placed) ? placed : tap(call, chosen, placed)
  },
})

async function findButton(
  call: Call,
  { account, appid }: Chosen,
  wanted: string,
): Promise<Placed | Refusal> {
  const menu = await menuOf(call, appid)
  if (!menu) {
    return problem('conflict', {
      field: 'button',
      reason: `${account?.key ?? appid} has no menu`,
      fix: 'make one with menu.create',
    })
  }
  const all = listButtons(menu)
  const found =
    all.find(({ button }) => button.name === wanted) ??
    all.find(({ position }) => position === wanted)
  if (found) return found
  return problem('not_found', {
    field: 'button',
    reason: `the menu has no button ${wanted}`,
    fix: `use one of: ${all.map(({ button }) => button.name).join(', ')}`,
  })
}

function tap(call: Call, { person, account, appid }: Chosen, { button, position }: Placed) {
  const { name, type, url, sub_button } = button
  const [absolute] = shownButtons(call, [button])
  const pushed = eventOf(absolute ?? button)
  if (pushed) call.steps.push({ rule: 'menu.pushed', row: { ...pushed } })
  return {
    person: person.person,
    account: account?.key ?? null,
    appid,
    button: name,
    position,
    type: type ?? null,
    url: url === undefined ? null : (linkFor(call, person, url) ?? null),
    pushed,
    needs: needOf(button),
    buttons: sub_button.map((below: Button, i) => ({
      position: `${position}.${i}`,
      name: below.name,
    })),
  }
}
