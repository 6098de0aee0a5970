import { z } from 'zod'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import type { Button } from '../../wechat/menu/button.ts'
import { nestedButton, putMenu, shownButtons, storedButtons } from '../../wechat/menu/menu.ts'
import { nestedShape } from '../../wechat/menu/shape.ts'
import { linkedMiniprograms } from '../../wechat/official-account.ts'
import { cleanText } from '../field.ts'
import { chooseOfficial } from './official-account.ts'

const appid = z.string().regex(/^wx[0-9a-f]{16}$/, 'wx and 16 hex digits')
const webUrl = z
  .string()
  .max(1024)
  .regex(/^https?:\/\/[^\s/?#]/i, 'an address that begins with http:// or https://')
const text = cleanText.max(1024)

/** Of at most so many bytes of UTF-8. */
function named(bytes_max: number) {
  const isShort = (name: string) => name !== '' && Buffer.byteLength(name) <= bytes_max
  return cleanText.refine(isShort, `1 to ${bytes_max} bytes of UTF-8`)
}

const article = z.strictObject({
  title: text.min(1),
  author: text.default(''),
  digest: text.default(''),
  show_cover: z.union([z.literal(0), z.literal(1)]).default(0),
  cover_url: text.default(''),
  content_url: text.default(''),
  source_url: text.default(''),
})

/** What a button can do that is made in the console. */
function leaves(name: z.ZodString | ReturnType<typeof named>) {
  const value = text.min(1).meta(words('A media_id.', '某素材的 media_id。'))
  return [
    z.strictObject({ type: z.literal('view'), name, url: webUrl }),
    z.strictObject({ type: z.literal('miniprogram'), name, url: webUrl, appid, pagepath: text }),
    z.strictObject({
      type: z.literal('text'),
      name,
      value: text.min(1).meta(words('What the account answers.', '公众号回复的文字。')),
    }),
    z.strictObject({ type: z.enum(['img', 'voice', 'video']), name, value }),
    z.strictObject({
      type: z.literal('news'),
      name,
      value,
      news_info: z.strictObject({ list: z.array(article).min(1).max(8) }),
    }),
  ] as const
}

const leaf = z.discriminatedUnion('type', leaves(named(60)))
const parent = z.strictObject({
  name: named(16),
  sub_button: z.strictObject({ list: z.array(leaf).min(1).max(5) }),
})

/** As `get_current_selfmenu_info` shows it. */
const menuField = z
  .array(z.union([...leaves(named(16)), parent], 'a button with a name and what its type needs'))
  .min(1)
  .max(3)
  .meta(
    words(
      'As get_current_selfmenu_info shows it: a leaf is view, miniprogram, text, img, voice, video or news; a parent has sub_button.list.',
      '与 get_current_selfmenu_info 的返回相同：叶子为 view、miniprogram、text、img、voice、video 或 news；父级有 sub_button.list。',
    ),
  )

/** A menu that somebody makes in WeChat's console, which calls can see by one way alone. */
export const publishOfficialAccountMenu = endpoint({
  id: 'official_account.publish_menu',
  methods: ['PUT'],
  path: '/worlds/{world}/official-accounts/{appid}/menu',
  from: ['path', 'json'],
  summary: {
    en: 'Create the menu in WeChat’s console, replacing the one created by a call',
    zh: '在微信公众平台后台设置菜单，替换用接口创建的菜单',
  },
  input: z.strictObject({ world: z.string(), appid: cleanText, button: menuField }),
  answer: z.object({ appid: z.string(), button: nestedShape }),
  example: {
    input: {
      appid: '{acme.appid}',
      button: [
        { type: 'text', name: '营业时间', value: '周一至周五 9:00–18:00' },
        {
          name: '入职',
          sub_button: { list: [{ type: 'view', name: '登记', url: 'https://hr.example.com/' }] },
        },
      ],
    },
  },
  handle(call) {
    const official = chooseOfficial(call, call.input.appid)
    if (isRefusal(official)) return official
    const { button } = call.input
    const no = refuseUnlinked(linkedMiniprograms(official), button)
    if (no) return no
    const buttons = button.map(flat)
    putMenu(call, official.appid, storedButtons(call, buttons), 'console')
    return { appid: official.appid, button: shownButtons(call, buttons).map(nestedButton) }
  },
})

type Given = z.output<typeof menuField>[number]

/** As buttons are kept. */
function flat(given: Given): Button {
  if (!('sub_button' in given)) return { ...given, sub_button: [] }
  return { name: given.name, sub_button: given.sub_button.list.map(flat) }
}

function refuseUnlinked(linked: readonly string[], buttons: readonly Given[]): Refusal | undefined {
  const all = buttons.flatMap((one) => ('sub_button' in one ? one.sub_button.list : [one]))
  const unlinked = all.find((one) => one.type === 'miniprogram' && !linked.includes(one.appid))
  if (unlinked?.type !== 'miniprogram') return undefined
  return problem('invalid_field', {
    field: 'button',
    reason: `the mini program ${unlinked.appid} is not linked to the account`,
    fix: 'link it by official_account.update with miniprograms',
  })
}
